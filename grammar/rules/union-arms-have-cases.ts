import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { memberName } from "./member.ts";

/** A union that is sent has arms (MIDL2235), each with [case] or [default] (MIDL2161; encapsulated: 2340), and one default at most (MIDL2232). */
export function unionArmsHaveCases(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "union" || type.incomplete) return;
  if (type.arms.length === 0) reporter.report("union-without-arms", type.span, { type: type.name });
  for (const arm of type.arms) {
    if (arm.cases.length > 0 || arm.isDefault || arm.attributes.has("case")) continue;
    reporter.report(type.encapsulated === undefined ? "arm-without-case" : "encapsulated-without-case", arm.span, {
      arm: memberName(arm),
      type: type.name,
    });
  }
  const [, second] = type.arms.filter((arm) => arm.isDefault);
  if (second !== undefined) reporter.report("too-many-defaults", second.span, { type: type.name });
}
