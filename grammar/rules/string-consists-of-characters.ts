import type { Reporter } from "../diagnostics/reporter.ts";
import type { Type } from "../model.ts";
import { behindNames, memberName, transmittedType, type Member } from "./member.ts";

/**
 * A [string] consists of char, wchar_t or byte (MIDL2082). DCE's structs of bytes are told from other structs (MIDL2293), but Microsoft RPC
 * does not have their strings (MIDL2191), whether the member or its type says so.
 */
export function stringConsistsOfCharacters(member: Member, reporter: Reporter): void {
  const use = member.attributes.get("string");
  if (member.type === undefined) return;
  let type = transmittedType(member.type);
  let derived = false;
  let isString = use !== undefined;
  while (type.kind === "pointer" || type.kind === "array") {
    derived = true;
    isString ||= type.kind === "array" && type.string;
    type = transmittedType(type.kind === "pointer" ? type.pointee : type.element);
  }
  const { span } = use ?? member;
  const name = memberName(member);
  if (!isString) return;
  if (derived && type.kind === "struct")
    reporter.report(isCharacter(type) ? "stringable-struct" : "stringable-field", span, { name });
  else if (!derived || !isCharacter(type)) reporter.report("string-element", span, { name });
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
