import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/**
 * The strings of an array have a fixed bound: MIDL knows no arrays of what is conformant itself, and a string with a size of its own is
 * behind a pointer (RPC "Multidimensional Arrays": a conformant array of strings). MIDL2104.
 */
export function arrayOfStringsIsBounded(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  let type = behindNames(member.type);
  while (type.kind === "pointer" || type.kind === "array") {
    const inner = behindNames(type.kind === "pointer" ? type.pointee : type.element);
    const isElement = type.kind === "array" && !type.string;
    if (isElement && inner.kind === "array" && inner.string && inner.size.kind === "conformant") {
      reporter.report("array-of-conformant", member.span, { name: memberName(member) });
      return;
    }
    type = inner;
  }
}
