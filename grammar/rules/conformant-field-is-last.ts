import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { behindNames, isConformant, isOpenStruct, transmittedType } from "./member.ts";

/** A conformant array, or a structure that ends in one, is the last field, as it travels: also by [transmit_as]. MIDL2055. */
export function conformantFieldIsLast(type: StructType | UnionType, reporter: Reporter): void {
  if (type.kind !== "struct") return;
  for (const field of type.fields.slice(0, -1)) {
    const sent = transmittedType(field.type);
    if (!isConformant(sent) && !isOpenStruct(sent)) continue;
    reporter.report("open-field-not-last", field.span, { field: field.name, type: type.name });
  }
}

/**
 * Nor is the last field converted to what is conformant: its maximum count would come before the structure (C706 14.3.7.1), when the object
 * that has it is not there yet. The DCE IDL compiler refuses the same; the MIDL reference is silent. MIDL9127.
 */
export function fieldIsNotConvertedToConformant(type: StructType | UnionType, reporter: Reporter): void {
  const last = type.kind === "struct" ? type.fields.at(-1) : undefined;
  if (last === undefined) return;
  const sent = transmittedType(last.type);
  if (sent === behindNames(last.type) || !(isConformant(sent) || isOpenStruct(sent))) return;
  reporter.report("field-converted-to-conformant", last.span, { field: last.name, type: type.name });
}
