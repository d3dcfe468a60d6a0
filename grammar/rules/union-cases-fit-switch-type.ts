import { integerTypeOf } from "../binder/fold.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";

/** The discriminant of a union is an integer of at most 32 bits, char, boolean or enum (MIDL2192), and can have the value of every case (MIDL2206). */
export function unionCasesFitSwitchType(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "union" || type.switchType === undefined) return;
  const integer = integerTypeOf(type.switchType);
  if (integer === undefined) {
    reporter.report("switch-type-not-integral", type.attributes.get("switch_type")?.span ?? type.span, {
      type: type.name,
    });
    return;
  }
  const low = -(2 ** (integer.bits - 1));
  const high = 2 ** integer.bits - 1;
  for (const arm of type.arms) {
    for (const { value } of arm.cases) {
      if (value >= low && value <= high) continue;
      reporter.report("case-out-of-range", arm.span, { value, type: type.name });
    }
  }
}
