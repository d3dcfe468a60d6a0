/** What the attributes of a declaration say about the shape of its type. */
import type { AttributeUse, Attributes, Expression, PointerKind, Range, Type } from "../model.ts";

/** Size and length attributes of one dimension, as written. */
export interface Dimension {
  readonly sizeIs: Expression | undefined;
  readonly maxIs: Expression | undefined;
  readonly minIs: Expression | undefined;
  readonly lengthIs: Expression | undefined;
  readonly lastIs: Expression | undefined;
  readonly firstIs: Expression | undefined;
}

/** What a declaration's attributes ask of its type. */
export interface DeclaredShape {
  readonly pointer: PointerKind | undefined;
  readonly string: boolean;
  readonly contextHandle: AttributeUse | undefined;
  readonly dimensions: readonly (Dimension | undefined)[];
  readonly range: Range | undefined;
  readonly iidIs: Expression | undefined;
}

/** Reads the shape from bound attributes. */
export function shapeOf(attributes: Attributes): DeclaredShape {
  return {
    pointer: pointerKindOf(attributes),
    string: attributes.has("string") || attributes.has("bstring"),
    contextHandle: contextHandleOf(attributes),
    dimensions: dimensionsOf(attributes),
    range: rangeOf(attributes),
    iidIs: attributes.get("iid_is")?.arguments[0],
  };
}

/** The pointer attribute among attributes. */
export function pointerKindOf(attributes: Attributes): PointerKind | undefined {
  if (attributes.has("ref")) return "ref";
  if (attributes.has("unique")) return "unique";
  return attributes.has("ptr") ? "ptr" : undefined;
}

const contextHandleNames = ["context_handle", "context_handle_serialize", "context_handle_noserialize"];

function contextHandleOf(attributes: Attributes): AttributeUse | undefined {
  for (const name of contextHandleNames) {
    const use = attributes.get(name);
    if (use !== undefined) return use;
  }
  return undefined;
}

function rangeOf(attributes: Attributes): Range | undefined {
  const [low, high] = attributes.get("range")?.arguments ?? [];
  if (low?.kind !== "constant" || high?.kind !== "constant") return undefined;
  if (!isInteger(low.value) || !isInteger(high.value)) return undefined;
  return { low: low.value, high: high.value };
}

function isInteger(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** The slots of size_is, max_is, min_is, length_is, last_is and first_is, put together by dimension. */
function dimensionsOf(attributes: Attributes): (Dimension | undefined)[] {
  const slots = (name: string): readonly (Expression | undefined)[] => attributes.get(name)?.arguments ?? [];
  const [sizes, maxima, minima] = [slots("size_is"), slots("max_is"), slots("min_is")];
  const [lengths, lasts, firsts] = [slots("length_is"), slots("last_is"), slots("first_is")];
  const count = Math.max(sizes.length, maxima.length, minima.length, lengths.length, lasts.length, firsts.length);
  return Array.from({ length: count }, (_, index) => {
    const [sizeIs, maxIs, minIs] = [sizes[index], maxima[index], minima[index]];
    const [lengthIs, lastIs, firstIs] = [lengths[index], lasts[index], firsts[index]];
    const all = [sizeIs, maxIs, minIs, lengthIs, lastIs, firstIs];
    if (all.every((slot) => slot === undefined)) return undefined;
    return { sizeIs, maxIs, minIs, lengthIs, lastIs, firstIs };
  });
}
/** The [range] that the typedefs of an integer, or of a sized pointer, say. */
export function rangeThrough(type: Type): Range | undefined {
  for (let current = type; ;) {
    if (current.kind === "alias") {
      const range = rangeOf(current.attributes);
      if (range !== undefined) return range;
      current = current.target;
    } else if (current.kind === "array") return current.range;
    else if (current.kind === "pointer" && current.pointee.kind === "array") return current.pointee.range;
    else return undefined;
  }
}
