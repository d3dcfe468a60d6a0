import type { NumberArray } from "../memory/array-node.ts";
import type { ArrayNodeType } from "../memory/node-type.ts";
import { marshalNumbers, unmarshalNumbers, type NumberArrayType } from "../ndr/number-arrays.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";

/** How the elements of a chunk lie on the wire: octets of one, octets from one to the next, alignment. */
export interface ElementLayout {
  readonly size: number;
  readonly stride: number;
  readonly alignment: number;
}

/**
 * What the stubs know of a pipe. Elements have one size and hold no pointers (MIDL "pipe"), so chunks are plain values and no nodes of the
 * pair.
 */
export interface PipeType<Chunk> {
  /** The IDL name. */
  readonly name: string;
  layout(ndr64: boolean): ElementLayout;
  /** Number of elements. */
  count(chunk: Chunk): number;
  /** Elements `start` up to `end`. */
  part(chunk: Chunk, start: number, end: number): Chunk;
  /** Reads `count` elements from `at` on, in a run that was taken. */
  unmarshal(r: NdrReader, at: number, count: number): Chunk;
  /** Appends the elements at the cursor. */
  marshal(w: NdrWriter, chunk: Chunk, path: string): void;
}

/** Limits of the number of elements in a chunk (MS-RPCE 2.2.4.14.1, [range] on a pipe). */
export interface ChunkRange {
  readonly low: number;
  readonly high: number;
}

/** A pipe of numbers: its chunks are typed arrays. */
export function numberPipe<A extends NumberArray>(
  name: string,
  node: ArrayNodeType<never, A>,
  type: NumberArrayType<A>,
): PipeType<A> {
  const { elementSize: width, view } = node;
  if (view === undefined) throw new TypeError(`${node.name} is no array of numbers`);
  const layout = { size: width, stride: width, alignment: width };
  return {
    name,
    layout: () => layout,
    count: (chunk) => chunk.length,
    part: (chunk, start, end) =>
      view(chunk.buffer, chunk.byteOffset + start * width, Math.min(end, chunk.length) - start),
    unmarshal: (r, at, count) => unmarshalNumbers(r, at, node.create(count * width), count),
    marshal(w, chunk, path) {
      if (!(chunk instanceof type)) throw w.bad(`a chunk of ${name} is not a ${type.name}`, path);
      marshalNumbers(w, w.reserve(chunk.length * width, width), chunk);
    },
  };
}

/** What generated code says of the elements of another pipe. */
export interface PipeElement<E> {
  readonly ndr: ElementLayout;
  readonly ndr64: ElementLayout;
  readonly node: ArrayNodeType<E, E[]>;
  /** Fills the elements of `chunk` from `at` on. */
  readonly unmarshal: (r: NdrReader, at: number, chunk: E[], path: string) => void;
  /** Writes them from `at` on, in a run that was reserved and zeroed. */
  readonly marshal: (w: NdrWriter, at: number, chunk: readonly E[], path: string) => void;
}

/** A pipe of anything else: its chunks are arrays. */
export function elementPipe<E>(name: string, element: PipeElement<E>): PipeType<E[]> {
  return {
    name,
    layout: (ndr64) => (ndr64 ? element.ndr64 : element.ndr),
    count: (chunk) => chunk.length,
    part: (chunk, start, end) => chunk.slice(start, end),
    unmarshal(r, at, count) {
      const chunk = element.node.create(count * element.node.elementSize);
      element.unmarshal(r, at, chunk, name);
      return chunk;
    },
    marshal(w, chunk, path) {
      const { size, stride, alignment } = w.ndr64 ? element.ndr64 : element.ndr;
      element.marshal(w, w.reserveClearedArray(chunk.length, size, stride, alignment), chunk, path);
    },
  };
}

/** Octets of a chunk that travel at once; a larger one is cut. */
export const PIECE_OCTETS = 64 * 1024;

/** How many elements of a pipe travel at once. */
export function elementsPerPiece({ stride }: ElementLayout): number {
  return Math.max(1, Math.floor(PIECE_OCTETS / stride));
}

/** NDR counts the elements of a chunk in 32 bits, NDR64 allows 31 (C706 14.3.9, MS-RPCE 2.2.5.3.4.5). */
export function largestChunk(ndr64: boolean): number {
  return ndr64 ? 0x7fff_ffff : 0xffff_ffff;
}
