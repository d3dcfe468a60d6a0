/** Where the boxes of a picture lie: side by side on a wide page, one below the other on a narrow one. */
import type { Box } from "./boxes.ts";

/** Measures in pixels. */
export const measures = {
  boxWidth: 284,
  rootWidth: 190,
  header: 30,
  row: 20,
  owners: 62,
  /** Room above a box for the path that leads to it. */
  label: 20,
  columnGap: 66,
  rowGap: 14,
  indent: 12,
  margin: 4,
} as const;

/** A box in its place. */
export interface PlacedBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A picture's boxes and its size. */
export interface Layout {
  readonly boxes: readonly PlacedBox[];
  readonly width: number;
  readonly height: number;
}

/** Width of a box. */
export function widthOf({ pointer }: Box): number {
  return pointer === undefined ? measures.rootWidth : measures.boxWidth;
}

/** The only pointer of most parameters begins beside the name, without a row. */
export function rowsShown({ rows, pointer }: Box): Box["rows"] {
  return pointer === undefined && rows.length === 1 ? [] : rows;
}

/** Height of a box without the label above it. */
export function heightOf(box: Box): number {
  const { pointer } = box;
  const rows = rowsShown(box);
  return (
    measures.header +
    rows.length * measures.row +
    (rows.length > 0 ? 8 : 0) +
    (pointer === undefined ? 0 : measures.owners)
  );
}

/** Parameters to the left, each node to the right of the one that points to it. */
export function wideLayout(boxes: readonly Box[]): Layout {
  const { label, rowGap, margin, rootWidth, boxWidth, columnGap } = measures;
  const slot = (box: Box): number => label + heightOf(box) + rowGap;
  // A node has a greater number than what holds it, so that from behind every subtree is known before its root.
  const below = new Map<number, number>();
  const heights = new Map<number, number>();
  for (const box of [...boxes].reverse()) {
    const height = Math.max(slot(box), below.get(box.id) ?? 0);
    heights.set(box.id, height);
    if (box.holder !== undefined) below.set(box.holder, (below.get(box.holder) ?? 0) + height);
  }
  const next = new Map<number | undefined, number>([[undefined, margin]]);
  const placed = boxes.map((box): PlacedBox => {
    const top = next.get(box.holder) ?? margin;
    next.set(box.holder, top + (heights.get(box.id) ?? 0));
    next.set(box.id, top);
    const x = box.depth === 0 ? margin : margin + rootWidth + columnGap + (box.depth - 1) * (boxWidth + columnGap);
    return { box, x, y: top + label, height: heightOf(box) };
  });
  return { boxes: placed, ...extent(placed) };
}

/** Every box below the one before, those behind a pointer further in. */
export function narrowLayout(boxes: readonly Box[]): Layout {
  const { label, rowGap, margin, indent } = measures;
  let y = margin;
  const placed = boxes.map((box): PlacedBox => {
    const height = heightOf(box);
    const top = y + (box.pointer === undefined ? 0 : label);
    y = top + height + rowGap;
    return { box, x: margin + Math.min(box.depth, 12) * indent, y: top, height };
  });
  return { boxes: placed, ...extent(placed) };
}

function extent(placed: readonly PlacedBox[]): { readonly width: number; readonly height: number } {
  const { margin } = measures;
  // Loops of a list go around the right side of its box.
  const right = placed.map(({ box, x }) => x + widthOf(box) + 20);
  const bottom = placed.map(({ y, height }) => y + height);
  return { width: maximum(right) + margin, height: maximum(bottom) + margin };
}

function maximum(numbers: readonly number[]): number {
  return numbers.reduce((most, each) => Math.max(most, each), 0);
}
