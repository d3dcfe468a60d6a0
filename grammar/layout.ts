/**
 * C layout as MIDL and MSVC lay types out (MIDL "/Zp", "/env"): sizes and offsets in octets. A conformant array at the
 * end of a struct contributes its alignment and no size.
 */
import type { AliasType, Arm, BaseTypeName, Field, StructType, Type, UnionType } from "./model.ts";

/** Pointers have 4 octets in win32 and 8 in win64. */
export type Environment = "win32" | "win64";

/** C has no struct or union without a member: one octet stands for it, as in C++. */
const EMPTY_SIZE = 1;

/** Size and alignment in octets. */
export interface Layout {
  readonly size: number;
  readonly alignment: number;
}

/** The layout of a struct, with the offset of each field. */
export interface StructLayout extends Layout {
  readonly offsets: readonly number[];
}

const baseSizes: Readonly<Record<Exclude<BaseTypeName, "int3264" | "uint3264">, number>> = {
  boolean: 1,
  byte: 1,
  char: 1,
  int8: 1,
  uint8: 1,
  wchar_t: 2,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float: 4,
  error_status_t: 4,
  int64: 8,
  uint64: 8,
  double: 8,
};

/** The layout of a type. */
export function layoutOf(type: Type, environment: Environment): Layout {
  const pointerSize = environment === "win64" ? 8 : 4;
  switch (type.kind) {
    case "base": {
      const size = type.base === "int3264" || type.base === "uint3264" ? pointerSize : baseSizes[type.base];
      return { size, alignment: size };
    }
    case "void":
    case "function":
      return { size: 0, alignment: 1 };
    case "enum":
      return { size: 4, alignment: 4 };
    case "pointer":
    case "context-handle":
    case "binding-handle":
    case "interface":
      return { size: pointerSize, alignment: pointerSize };
    case "pipe":
      return { size: 4 * pointerSize, alignment: pointerSize };
    case "alias":
      return layoutOf(representedBy(type) ?? type.target, environment);
    case "array": {
      const element = layoutOf(type.element, environment);
      const count = type.size.kind === "fixed" ? type.size.count : 0;
      return { size: element.size * count, alignment: element.alignment };
    }
    case "struct":
      return structLayout(type, environment);
    case "union":
      return withoutOffsets(unionLayout(type, environment));
    default:
      return type satisfies never;
  }
}

function withoutOffsets({ size, alignment }: StructLayout): Layout {
  return { size, alignment };
}

/** The layout of a struct: each field at a multiple of its alignment, which packing limits; the size a multiple of the alignment. */
export function structLayout(type: StructType, environment: Environment): StructLayout {
  const known = structLayouts[environment].get(type.fields);
  if (known !== undefined) return known;
  structLayouts[environment].set(type.fields, { size: 0, alignment: 1, offsets: [] });
  const offsets: number[] = [];
  let end = 0;
  let alignment = 1;
  let unit: BitUnit | undefined;
  for (const field of type.fields) {
    const layout = layoutOf(field.type, environment);
    const fieldAlignment = Math.min(layout.alignment, type.packing);
    const bits = field.bitWidth;
    if (bits !== undefined && unit?.size === layout.size && bits > 0 && bits <= unit.free) {
      offsets.push(unit.offset);
      unit.free -= bits;
      continue;
    }
    if (bits === 0) {
      offsets.push(end);
      unit = undefined;
      continue;
    }
    const offset = roundUp(end, fieldAlignment);
    offsets.push(offset);
    unit = bits === undefined ? undefined : { offset, size: layout.size, free: layout.size * 8 - bits };
    end = offset + layout.size;
    alignment = Math.max(alignment, fieldAlignment);
  }
  const size = type.fields.length === 0 && !type.incomplete ? EMPTY_SIZE : roundUp(end, alignment);
  const result = { size, alignment, offsets };
  structLayouts[environment].set(type.fields, result);
  return result;
}

/** The integer that adjacent bit-fields of types of one size share. */
interface BitUnit {
  readonly offset: number;
  readonly size: number;
  free: number;
}

/**
 * Layouts by the list of fields, which is made once a struct is complete: nested structs are not laid out again and again, and one
 * that contains itself, which is a mistake, comes to an end.
 */
const structLayouts: Readonly<Record<Environment, WeakMap<readonly Field[], StructLayout>>> = {
  win32: new WeakMap(),
  win64: new WeakMap(),
};

/** The layout of a union; an encapsulated one is a struct of its discriminant and the union, whose offsets are given. */
export function unionLayout(type: UnionType, environment: Environment): StructLayout {
  const known = unionLayouts[environment].get(type.arms);
  if (known !== undefined) return known;
  unionLayouts[environment].set(type.arms, { size: 0, alignment: 1, offsets: [] });
  const result = layOutUnion(type, environment);
  unionLayouts[environment].set(type.arms, result);
  return result;
}

/** The same for unions. */
const unionLayouts: Readonly<Record<Environment, WeakMap<readonly Arm[], StructLayout>>> = {
  win32: new WeakMap(),
  win64: new WeakMap(),
};

function layOutUnion(type: UnionType, environment: Environment): StructLayout {
  let size = 0;
  let alignment = 1;
  for (const arm of type.arms) {
    if (arm.type === undefined) continue;
    const layout = layoutOf(arm.type, environment);
    size = Math.max(size, layout.size);
    alignment = Math.max(alignment, Math.min(layout.alignment, type.packing));
  }
  const isEmpty = type.arms.every((arm) => arm.type === undefined);
  size = isEmpty && !type.incomplete ? EMPTY_SIZE : roundUp(size, alignment);
  if (type.encapsulated === undefined || type.switchType === undefined) return { size, alignment, offsets: [] };
  const discriminant = layoutOf(type.switchType, environment);
  const outer = Math.max(alignment, Math.min(discriminant.alignment, type.packing));
  const offset = roundUp(discriminant.size, alignment);
  return { size: roundUp(offset + size, outer), alignment: outer, offsets: [0, offset] };
}

function roundUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

/** What the application has in place of a type with [represent_as] or [user_marshal], when the .idl declares it. */
function representedBy({ attributes }: AliasType): Type | undefined {
  return attributes.get("user_marshal")?.type ?? attributes.get("represent_as")?.type;
}
