/** Members of structs and unions in C. */
import { layoutOf, type Field, type StructType, type UnionType } from "../../grammar/index.ts";
import { declarationOf } from "./c-declarations.ts";
import { documentationLines } from "./c-documentation.ts";
import { memberName, type TypeNames } from "./c-names.ts";
import { namelessType } from "./needed-declarations.ts";

const placeholder = "char midl_nothing;";

/** The fields of a struct, one a line; C has no struct without any. */
export function fieldLines(type: StructType, names: TypeNames, indent: string): readonly string[] {
  if (type.fields.length === 0) return [`${indent}${placeholder}`];
  return type.fields.flatMap((field, index) =>
    field.bitWidth === undefined ? fieldLine(field, names, indent) : bitFieldLine(type.fields, index, names, indent),
  );
}

/** The arms of a union that have a type. */
export function armLines({ arms }: UnionType, names: TypeNames, indent: string): readonly string[] {
  const lines = arms.flatMap(({ name, type, documentation }) => {
    if (name === undefined || type === undefined) return [];
    return [...documentationLines(documentation, indent), `${indent}${declarationOf(type, memberName(name), names)};`];
  });
  return lines.length === 0 ? [`${indent}${placeholder}`] : lines;
}

function fieldLine(field: Field, names: TypeNames, indent: string): readonly string[] {
  const comment = documentationLines(field.documentation, indent);
  const inner = namelessType(field);
  if (inner === undefined) return [...comment, `${indent}${declarationOf(field.type, memberName(field.name), names)};`];
  const deeper = `${indent}    `;
  const lines = inner.kind === "struct" ? fieldLines(inner, names, deeper) : armLines(inner, names, deeper);
  return [...comment, `${indent}${inner.kind}`, `${indent}{`, ...lines, `${indent}};`];
}

/**
 * A bit-field. One of no width closes the integer that others share: it is written as the bits that are left there, because compilers
 * differ in what a width of 0 does to the alignment of a packed struct.
 */
function bitFieldLine(fields: readonly Field[], index: number, names: TypeNames, indent: string): readonly string[] {
  const [field] = fields.slice(index, index + 1);
  if (field?.bitWidth === undefined) return [];
  const comment = documentationLines(field.documentation, indent);
  const line = (declared: Field, name: string, width: number): string =>
    `${indent}${declarationOf(declared.type, name, names)} : ${width};`;
  if (field.bitWidth > 0)
    return [...comment, line(field, field.anonymous ? "" : memberName(field.name), field.bitWidth)];
  const [before] = fields.slice(Math.max(0, index - 1), index);
  const left = bitsLeft(fields.slice(0, index));
  return before === undefined || left === 0 ? [] : [line(before, "", left)];
}

/** The bits that are free in the integer of the last of some fields. */
function bitsLeft(fields: readonly Field[]): number {
  let unit = { size: 0, free: 0 };
  for (const { type, bitWidth } of fields) {
    // The size of no integer depends on the environment here: what does is no bit-field.
    const { size } = layoutOf(type, "win32");
    if (bitWidth === undefined || bitWidth === 0) unit = { size: 0, free: 0 };
    else if (unit.size === size && bitWidth <= unit.free) unit = { size, free: unit.free - bitWidth };
    else unit = { size, free: size * 8 - bitWidth };
  }
  return unit.free;
}
