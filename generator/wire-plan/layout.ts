import type { BySyntax, ScalarMethod, WireLayout } from "./plan.ts";

/** The same number in NDR and NDR64. */
export function both(value: number): BySyntax<number> {
  return { ndr: value, ndr64: value };
}

export function bySyntax<T>(make: (syntax: "ndr" | "ndr64") => T): BySyntax<T> {
  return { ndr: make("ndr"), ndr64: make("ndr64") };
}

export function alignUp(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

/** Size, which is also the alignment, of each scalar (C706 14.2; MS-RPCE 2.2.4.1, 2.2.5.3). */
const SCALAR_SIZES: Readonly<Record<ScalarMethod, BySyntax<number>>> = {
  boolean: both(1),
  int8: both(1),
  uint8: both(1),
  int16: both(2),
  uint16: both(2),
  int32: both(4),
  uint32: both(4),
  int64: both(8),
  uint64: both(8),
  float: both(4),
  double: both(8),
  enum16: { ndr: 2, ndr64: 4 },
  int3264: { ndr: 4, ndr64: 8 },
  uint3264: { ndr: 4, ndr64: 8 },
};

/** A layout whose start and contribution agree. */
export function layout(alignment: BySyntax<number>, size: BySyntax<number> | undefined): WireLayout {
  return { start: alignment, alignment, size };
}

export function scalarLayout(method: ScalarMethod): WireLayout {
  return layout(SCALAR_SIZES[method], SCALAR_SIZES[method]);
}

/** A referent identifier, a maximum count, an offset, an actual count. */
export const POINTER_LAYOUT: WireLayout = layout({ ndr: 4, ndr64: 8 }, { ndr: 4, ndr64: 8 });

/** Octets from one element of an array to the next. */
export function strideOf(element: WireLayout): BySyntax<number> | undefined {
  const { size, alignment } = element;
  return size === undefined ? undefined : bySyntax((syntax) => alignUp(size[syntax], alignment[syntax]));
}
