/** The counts of an array, from its bounds and its attributes (C706 chapter 4, 14.3.3: what travels counts from the lower bound). */
import type { ArrayType, Expression } from "../model.ts";
import type { SourceSpan } from "../source.ts";
import { arithmetic, int32 } from "./fold.ts";
import type { Bounds } from "./raw-type.ts";
import type { Dimension } from "./shape.ts";

/** What the bounds and attributes of one dimension come to. */
export type Extent = Pick<ArrayType, "size" | "varying" | "lower">;

/** The extent of what a sized pointer points to. */
export function pointerExtent(dimension: Dimension | undefined): Extent {
  return openExtent({ minimum: undefined, maximum: undefined }, dimension);
}

/** The extent of an array. */
export function arrayExtent({ lower, upper }: Bounds, dimension: Dimension | undefined, span: SourceSpan): Extent {
  const minimum = lower === undefined ? dimension?.minIs : constant(lower, span);
  // A lower bound that nothing gives leaves the array without a size, which is MIDL2105.
  if (minimum === undefined) return { size: { kind: "conformant", sizeIs: undefined }, varying: undefined };
  const first = lower === 0n ? undefined : minimum;
  if (lower === undefined || upper === undefined) {
    const maximum = upper === undefined ? undefined : constant(upper, span);
    return openExtent({ minimum: first, maximum }, dimension);
  }
  const count = upper - lower + 1n;
  const varying = varyingOf(dimension, first, constant(count, span));
  return withLower({ size: { kind: "fixed", count: Number(count) }, varying }, first);
}

function openExtent(
  { minimum, maximum }: { readonly minimum: Expression | undefined; readonly maximum: Expression | undefined },
  dimension: Dimension | undefined,
): Extent {
  const sizeIs = dimension?.sizeIs ?? countUpTo(dimension?.maxIs ?? maximum, minimum);
  const varying = varyingOf(dimension, minimum, sizeIs);
  return withLower({ size: { kind: "conformant", sizeIs }, varying }, minimum);
}

function withLower(extent: Extent, lower: Expression | undefined): Extent {
  return lower === undefined ? extent : { ...extent, lower };
}

/** What is sent of an array of `count` elements: all from the first on when there is no length (MIDL "first_is"). */
function varyingOf(
  dimension: Dimension | undefined,
  lower: Expression | undefined,
  count: Expression | undefined,
): Extent["varying"] {
  const { firstIs: first, lastIs, lengthIs } = dimension ?? {};
  if (first === undefined && lastIs === undefined && lengthIs === undefined) return undefined;
  const firstIs = difference(first, lower);
  const rest = count === undefined ? undefined : difference(count, firstIs);
  return { firstIs, lengthIs: lengthIs ?? countUpTo(lastIs, first ?? lower) ?? rest };
}

/** `last + 1 - first`: how many elements from `first` (0 when absent) to `last`. */
function countUpTo(last: Expression | undefined, first: Expression | undefined): Expression | undefined {
  if (last === undefined) return undefined;
  return difference(arithmetic("+", last, constant(1n, last.span), last.span), first);
}

function difference(value: Expression | undefined, from: Expression | undefined): Expression | undefined {
  return value === undefined || from === undefined ? value : arithmetic("-", value, from, value.span);
}

function constant(value: bigint, span: SourceSpan): Expression {
  return { kind: "constant", value: Number(value), type: int32, span };
}
