import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { behindNames, isConformant, isOpenStruct, memberName, transmittedType } from "./member.ts";

/**
 * An arm of a union is no union without its own discriminant (MIDL2221) and no array whose size is sent, nor a structure that ends in one
 * (MIDL2171; the DCE IDL compiler: "Conformant array or structure is invalid within a union"): it has no place for the maximum count.
 */
export function unionArmIsComplete(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "union") return;
  for (const arm of type.arms) {
    if (arm.type === undefined) continue;
    const target = behindNames(arm.type);
    const values = { arm: memberName(arm), type: type.name };
    if (target.kind === "union" && target.encapsulated === undefined)
      reporter.report("union-of-unions", arm.span, values);
    const sent = transmittedType(arm.type);
    if (isConformant(sent) || isOpenStruct(sent)) reporter.report("union-conformant-arm", arm.span, values);
  }
}

/** A union that is sent says what happens with values that no case names. MIDL2057. */
export function unionHasDefault(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "union" || type.incomplete || type.arms.length === 0) return;
  if (type.arms.some((arm) => arm.isDefault || (arm.cases.length === 0 && !arm.attributes.has("case")))) return;
  reporter.report("no-default-arm", type.span, { type: type.name });
}
