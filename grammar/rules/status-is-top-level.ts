import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/** An error_status_t is no element of an array. MIDL2226. */
export function statusIsTopLevel(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const outer = behindNames(member.type);
  if (outer.kind !== "array") return;
  const element = behindNames(outer.element);
  if (element.kind !== "base" || element.base !== "error_status_t") return;
  reporter.report("error-status-element", member.span, { name: memberName(member) });
}
