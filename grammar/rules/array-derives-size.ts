import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, isString, memberName, type Member } from "./member.ts";

/** A conformant array has size_is, max_is or [string]. MIDL2105. */
export function arrayDerivesSize(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  let type = behindNames(member.type);
  if (member.kind === "arm" && type.kind === "array") return;
  while (type.kind === "pointer" || type.kind === "array") {
    if (type.kind === "array" && type.size.kind === "conformant" && type.size.sizeIs === undefined && !isString(type)) {
      reporter.report("no-size", member.span, { name: memberName(member) });
      return;
    }
    type = behindNames(type.kind === "pointer" ? type.pointee : type.element);
  }
}
