import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { isConformant, isOpenStruct, transmittedType } from "./member.ts";

/** A conformant array, or a structure that ends in one, is the last field, as it travels: also by [transmit_as]. MIDL2055. */
export function conformantFieldIsLast(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "struct") return;
  for (const field of type.fields.slice(0, -1)) {
    const sent = transmittedType(field.type);
    if (!isConformant(sent) && !isOpenStruct(sent)) continue;
    reporter.report("open-field-not-last", field.span, { field: field.name, type: type.name });
  }
}
