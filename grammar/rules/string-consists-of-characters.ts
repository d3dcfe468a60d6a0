import type { Reporter } from "../diagnostics/reporter.ts";
import type { Type } from "../model.ts";
import { behindNames, isString, memberName, transmittedType, type Member } from "./member.ts";

/**
 * A [string] consists of char, wchar_t or byte (MIDL2082), or of structs whose fields are all of type byte (MIDL "string"; MIDL2293).
 */
export function stringConsistsOfCharacters(member: Member, reporter: Reporter): void {
  const use = member.attributes.get("string");
  if (member.type === undefined) return;
  let type = transmittedType(member.type);
  let derived = false;
  let hasString = use !== undefined;
  while (type.kind === "pointer" || type.kind === "array") {
    derived = true;
    hasString ||= type.kind === "array" && isString(type);
    type = transmittedType(type.kind === "pointer" ? type.pointee : type.element);
  }
  const { span } = use ?? member;
  const name = memberName(member);
  if (!hasString || (derived && isCharacter(type))) return;
  reporter.report(derived && type.kind === "struct" ? "stringable-field" : "string-element", span, { name });
}

const characters: ReadonlySet<string> = new Set(["char", "wchar_t", "byte", "int8", "uint8", "uint16"]);

function isCharacter(type: Type): boolean {
  if (type.kind === "struct") return type.fields.every((field) => isByte(field.type));
  return type.kind === "base" && characters.has(type.base);
}

function isByte(type: Type): boolean {
  const target = behindNames(type);
  return target.kind === "base" && target.base === "byte";
}
