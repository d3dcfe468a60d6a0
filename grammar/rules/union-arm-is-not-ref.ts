import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { behindNames, memberName } from "./member.ts";

/** An arm is no [ref] pointer. MIDL2249. */
export function unionArmIsNotRef(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "union") return;
  for (const arm of type.arms) {
    const target = arm.type === undefined ? undefined : behindNames(arm.type);
    if (target?.kind !== "pointer" || target.pointer !== "ref") continue;
    reporter.report("ref-union-arm", arm.span, { arm: memberName(arm), type: type.name });
  }
}
