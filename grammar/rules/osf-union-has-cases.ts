import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";

/** /osf: every union has a discriminant, sent or not. MIDL2137. */
export function osfUnionHasCases(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "union" || type.incomplete || type.encapsulated !== undefined) return;
  if (type.arms.some((arm) => arm.cases.length > 0 || arm.isDefault)) return;
  reporter.report("osf-union", type.span, { name: type.name });
}
