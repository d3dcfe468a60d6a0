/** Varying arrays: an offset and an actual count, then the elements that are sent (C706 14.3.3.3, MS-RPCE 2.2.5.3.2.1.2). */
import { sizeElements, skipElements } from "./arrays.ts";
import type { NdrReader } from "./reader.ts";
import type { NdrWriter } from "./writer.ts";

/** Which elements of a varying array were sent. */
export interface Variance {
  readonly first: number;
  readonly count: number;
}

/** The same with the place of the first of them. */
export interface VaryingRun extends Variance {
  readonly at: number;
}

/**
 * Takes the offset and the actual count at the cursor.
 *
 * @param maximum number of elements of the whole array
 * @param first value of first_is, 0 without it
 * @param length value of length_is, undefined where it is not known yet
 * @throws RpcError RPC_X_BAD_STUB_DATA when they disagree with each other or with what is given
 */
export function takeVariance(
  r: NdrReader,
  maximum: number,
  first: number,
  length: number | undefined,
  path: string,
): Variance {
  const offset = r.takeCount();
  const count = r.takeCount();
  return checked(r, offset, count, maximum, first, length, path);
}

/** The same for an array inside a run that was taken. */
export function varyingRun(
  r: NdrReader,
  at: number,
  maximum: number,
  first: number,
  length: number | undefined,
  alignment: number,
  path: string,
): VaryingRun {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const variance = checked(r, r.count(start), r.count(start + step), maximum, first, length, path);
  return { ...variance, at: r.align(start + 2 * step, alignment) };
}

/** How many elements, up to the last one sent, a varying array at `at` in a run has: what storage for it must hold. */
export function varyingLength(r: NdrReader, at: number, maximum: number, path: string): number {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const { first, count } = checked(r, r.count(start), r.count(start + step), maximum, undefined, undefined, path);
  return first + count;
}

/** Elements before the first one sent are storage that no octet pays for. */
const MAXIMUM_OFFSET = 0x1_0000;

function checked(
  r: NdrReader,
  offset: number,
  count: number,
  maximum: number,
  first: number | undefined,
  length: number | undefined,
  path: string,
): Variance {
  if (offset > MAXIMUM_OFFSET) throw r.bad(`offset ${offset} exceeds ${MAXIMUM_OFFSET}`, path);
  if (offset + count > maximum)
    throw r.bad(`offset ${offset} and actual count ${count} exceed the maximum count ${maximum}`, path);
  if (first !== undefined) r.agree(offset, first, "offset", path);
  if (length !== undefined) r.agree(count, length, "actual count", path);
  return { first: offset, count };
}

/** The end of a varying array that lies at `at` inside a run. */
export function skipVaryingArray(r: NdrReader, at: number, size: number, stride: number, alignment: number): number {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const end = r.within(start, 2 * step);
  return r.elementsEnd(end, r.count(start + step), size, stride, alignment);
}

/** The same for elements of varying size. */
export function skipVaryingElements(r: NdrReader, at: number, skip: (at: number) => number): number {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const end = r.within(start, 2 * step);
  return skipElements(end, r.count(start + step), skip);
}

/** The end of a varying array written at `at`. */
export function sizeVaryingArray(
  w: NdrWriter,
  at: number,
  count: number,
  size: number,
  stride: number,
  alignment: number,
): number {
  const step = w.ndr64 ? 8 : 4;
  return w.elementsEnd(w.align(at, step) + 2 * step, count, size, stride, alignment);
}

/** The same for elements of varying size. */
export function sizeVaryingElements<E>(
  w: NdrWriter,
  at: number,
  items: readonly E[],
  first: number,
  count: number,
  size: (at: number, item: E) => number,
): number {
  const step = w.ndr64 ? 8 : 4;
  return sizeElements(w.align(at, step) + 2 * step, items.slice(first, first + count), size);
}

/** Appends offset and actual count at the cursor. */
export function appendVariance(w: NdrWriter, maximum: number, first: number, length: number, path: string): void {
  if (first + length > maximum) throw w.bad(`${length} elements from ${first} on exceed the size ${maximum}`, path);
  w.appendCount(first, path);
  w.appendCount(length, path);
}

/** Writes offset and actual count into a run at `at`; returns where the elements go. */
export function marshalVariance(
  w: NdrWriter,
  at: number,
  value: ArrayLike<unknown>,
  maximum: number,
  first: number,
  length: number,
  alignment: number,
  path: string,
): VaryingRun {
  if (first + length > maximum) throw w.bad(`${length} elements from ${first} on exceed the size ${maximum}`, path);
  if (value.length < first + length)
    throw w.bad(`${first + length} elements are to be sent of an array of ${value.length}`, path);
  const step = w.ndr64 ? 8 : 4;
  const start = w.align(at, step);
  w.count(start, first, path);
  w.count(start + step, length, path);
  return { first, count: length, at: w.align(start + 2 * step, alignment) };
}
