import type { Reporter } from "../diagnostics/reporter.ts";
import { memberName, type Member } from "./member.ts";

/** The low end of a [range] is not above the high end. MIDL2371. */
export function rangeIsOrdered(member: Member, reporter: Reporter): void {
  const use = member.attributes.get("range");
  if (use === undefined || member.range === undefined || member.range.low <= member.range.high) return;
  reporter.report("range-incorrect", use.span, { name: memberName(member) });
}
