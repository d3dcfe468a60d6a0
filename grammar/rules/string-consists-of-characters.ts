import type { Reporter } from "../diagnostics/reporter.ts";
import type { Type } from "../model.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/** A [string] consists of char, wchar_t, byte, or structs of bytes. MIDL2082, 2293. */
export function stringConsistsOfCharacters(member: Member, reporter: Reporter): void {
  const use = member.attributes.get("string");
  if (use === undefined || member.type === undefined) return;
  let type = behindNames(member.type);
  let derived = false;
  while (type.kind === "pointer" || type.kind === "array") {
    derived = true;
    type = behindNames(type.kind === "pointer" ? type.pointee : type.element);
  }
  if (derived && type.kind === "struct" && !isCharacter(type))
    reporter.report("stringable-field", use.span, { name: memberName(member) });
  else if (!derived || !isCharacter(type)) reporter.report("string-element", use.span, { name: memberName(member) });
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
