import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation, StructType, Type, UnionType } from "../model.ts";
import { memberName, membersOf, ultimateTransmitted } from "./member.ts";

/** Nothing that travels contains bit-fields: no parameter (MIDL2140) and no return value (MIDL2146). */
export function operationHasNoBitFields(operation: Operation, reporter: Reporter): void {
  for (const { type, name, span } of operation.parameters) {
    if (hasBitFields(type))
      reporter.report("bit-field-parameter", span, { parameter: name, operation: operation.name });
  }
  if (hasBitFields(operation.returnType)) {
    reporter.report("bit-field-return", operation.span, { operation: operation.name });
  }
}

/** Nor does a field of what travels. MIDL2242. */
export function fieldHasNoBitFields(type: StructType | UnionType, reporter: Reporter): void {
  for (const member of membersOf(type)) {
    if (member.type === undefined || !hasBitFields(member.type)) continue;
    reporter.report("bit-field-field", member.span, { field: memberName(member), type: type.name });
  }
}

function hasBitFields(type: Type): boolean {
  const target = ultimateTransmitted(type);
  return target.kind === "struct" && target.fields.some((field) => field.bitWidth !== undefined);
}
