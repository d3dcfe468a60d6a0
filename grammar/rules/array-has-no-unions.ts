import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/** An array, or what a pointer with a size refers to, does not consist of unions that have no discriminant of their own. MIDL2159. */
export function arrayHasNoUnions(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  for (let type = behindNames(member.type); type.kind === "pointer" || type.kind === "array";) {
    const inner = behindNames(type.kind === "pointer" ? type.pointee : type.element);
    if (type.kind === "array" && inner.kind === "union" && inner.encapsulated === undefined)
      reporter.report("array-of-unions", member.span, { name: memberName(member) });
    type = inner;
  }
}
