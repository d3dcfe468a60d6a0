import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, referencesIn, type Member } from "./member.ts";

/** [ignore] stands on pointers (MIDL2072), and what is ignored is no discriminant (MIDL2229). */
export function ignoredFieldIsPointer(member: Member, reporter: Reporter): void {
  const name = memberName(member);
  const ignore = member.attributes.get("ignore");
  if (ignore !== undefined && member.type !== undefined && behindNames(member.type).kind !== "pointer")
    reporter.report("ignore-not-pointer", ignore.span, { name });
  if (member.switchIs === undefined) return;
  if (referencesIn(member.switchIs).some((target) => target.attributes.has("ignore")))
    reporter.report("discriminant-ignored", member.switchIs.span, { name });
}
