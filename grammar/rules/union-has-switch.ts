import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, ultimateTransmitted, type Member } from "./member.ts";

/** A non-encapsulated union stands beside a [switch_is] (MIDL2078), and nothing else does (MIDL2190). */
export function unionHasSwitch(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const target = ultimateTransmitted(member.type);
  const union = target.kind === "union" && target.encapsulated === undefined;
  const name = memberName(member);
  if (union && member.kind === "arm" && behindNames(member.type).kind === "union") return;
  if (union && member.switchIs === undefined && !member.attributes.has("switch_is")) {
    reporter.report("switch-missing", member.span, { name });
  }
  if (!union && member.switchIs !== undefined) {
    reporter.report("switch-without-union", member.attributes.get("switch_is")?.span ?? member.span, { name });
  }
}
