/**
 * Arrays of several dimensions of which one or more are conformant or varying: the maximum counts of all dimensions, then an offset and an
 * actual count for each, then the elements in the order of C (C706 14.3.3.5 to 14.3.3.9; NDR64: MS-RPCE 2.2.5.3.2.4).
 */
import type { NumberArray } from "../memory/array-node.ts";
import type { ArrayLevel } from "../memory/array-levels.ts";
import { elementsOf, sizeElements, skipElements } from "./arrays.ts";
import { marshalNumbers, type NumberArrayType } from "./number-arrays.ts";
import type { NdrReader } from "./reader.ts";
import { appendVariance, marshalVariance, takeVariance, varyingLength, varyingRun, type Variance } from "./variance.ts";
import type { NdrWriter } from "./writer.ts";

/** What first_is and length_is say of a dimension; an undefined length is not known yet. */
export interface ExpectedRun {
  readonly first: number;
  readonly length: number | undefined;
}

/** Which elements of each dimension were sent, the outermost first. */
export type Runs = readonly Variance[];

/** Runs of an array inside a struct, and where its elements lie. */
export interface RunsAt {
  readonly runs: Runs;
  readonly at: number;
}

/**
 * Takes the maximum counts at the cursor.
 *
 * @param sizes values of the size expressions and fixed bounds; undefined where one is not known yet
 * @throws RpcError RPC_X_BAD_STUB_DATA when one differs
 */
export function takeMaximumCounts(r: NdrReader, sizes: readonly (number | undefined)[], path: string): number[] {
  return sizes.map((size) => r.takeMaximumCount(size, path));
}

/**
 * Takes the offsets and actual counts at the cursor.
 *
 * @param expected of each dimension; undefined for one that is sent whole
 */
export function takeRuns(
  r: NdrReader,
  counts: readonly number[],
  expected: readonly (ExpectedRun | undefined)[],
  path: string,
): Runs {
  return counts.map((count, index) => {
    const { first, length } = expected[index] ?? { first: 0, length: count };
    return takeVariance(r, count, first, length, path);
  });
}

/** The same inside a struct, at `at` in a run that was taken. */
export function runsAt(
  r: NdrReader,
  at: number,
  counts: readonly number[],
  expected: readonly (ExpectedRun | undefined)[],
  alignment: number,
  path: string,
): RunsAt {
  let end = at;
  const runs = counts.map((count, index) => {
    const { first, length } = expected[index] ?? { first: 0, length: count };
    const run = varyingRun(r, end, count, first, length, 1, path);
    end = run.at;
    return run;
  });
  return { runs, at: r.align(end, alignment) };
}

/** All elements of every dimension: an array that is not varying. */
export function wholeRuns(counts: readonly number[]): Runs {
  return counts.map((count) => ({ first: 0, count }));
}

/** Elements that are sent. */
export function elementCount(runs: Runs): number {
  return runs.reduce((product, { count }) => product * count, 1);
}

/** The length of a dimension: up to the last element that was sent, or its fixed bound. */
export function lengthOf(runs: Runs, dimension: number, fixed?: number): number {
  const run = runs[dimension];
  return fixed ?? (run === undefined ? 0 : run.first + run.count);
}

/** The run of a dimension. */
export function runOf(runs: Runs, dimension: number): Variance {
  return runs[dimension] ?? { first: 0, count: 0 };
}

/** The part of an array that was sent. */
export function sentRows<A>(array: readonly A[], runs: Runs, dimension: number): readonly A[] {
  const { first, count } = runOf(runs, dimension);
  return array.slice(first, first + count);
}

/** Octets of storage that an octet of stub data pays for. */
const PAID_BY_AN_OCTET = 64;

/** Octets that an array takes besides its elements. */
const ARRAY_OCTETS = 128;

/**
 * Storage for the whole array: existing storage, otherwise one node from the pair.
 *
 * @param taken octets of stub data that the elements took
 * @throws RpcError RPC_S_OUT_OF_MEMORY when bounds without elements ask for more than the limit
 */
export function storageOfRows<A extends object>(
  r: NdrReader,
  existing: A | null | undefined,
  level: ArrayLevel<A>,
  taken: number,
  path: string,
): A {
  const unpaid = level.octets + ARRAY_OCTETS * level.arrays - PAID_BY_AN_OCTET * taken;
  if (unpaid > 0) r.capacity(unpaid, 1, path);
  const storage = existing ?? r.allocate(level.node, level.octets);
  if (!level.fit(storage)) throw r.bad("an array of the existing storage is too short", path);
  return storage;
}

/** Elements up to the last one sent of an array that lies at `at` inside a run: what storage for it must hold. */
export function storedElements(
  r: NdrReader,
  at: number,
  counts: readonly number[],
  isVarying: boolean,
  path: string,
): number {
  const lengths = isVarying
    ? counts.map((count, index) =>
        varyingLength(r, r.align(at, r.ndr64 ? 8 : 4) + index * (r.ndr64 ? 16 : 8), count, path),
      )
    : counts;
  return lengths.reduce((product, length) => product * length, 1);
}

/** The end of an array that lies at `at` inside a run. */
export function skipRows(
  r: NdrReader,
  at: number,
  counts: readonly number[],
  isVarying: boolean,
  size: number,
  stride: number,
  alignment: number,
): number {
  const { runs, at: start } = isVarying ? runsWithin(r, at, counts.length) : { runs: wholeRuns(counts), at };
  return r.elementsEnd(start, elementCount(runs), size, stride, alignment);
}

/** The same for elements of varying size. */
export function skipRowElements(
  r: NdrReader,
  at: number,
  counts: readonly number[],
  isVarying: boolean,
  skip: (at: number) => number,
): number {
  const { runs, at: start } = isVarying ? runsWithin(r, at, counts.length) : { runs: wholeRuns(counts), at };
  return skipElements(start, elementCount(runs), skip);
}

function runsWithin(r: NdrReader, at: number, dimensions: number): RunsAt {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const end = r.within(start, 2 * step * dimensions);
  const runs = Array.from({ length: dimensions }, (_, index) => {
    const place = start + 2 * step * index;
    return { first: r.count(place), count: r.count(place + step) };
  });
  return { runs, at: end };
}

/** Appends the maximum counts at the cursor. */
export function appendMaximumCounts(w: NdrWriter, counts: readonly number[], path: string): void {
  for (const count of counts) w.appendCount(count, path);
}

/** Appends the offsets and actual counts at the cursor. */
export function appendRuns(w: NdrWriter, counts: readonly number[], runs: Runs, path: string): void {
  runs.forEach(({ first, count }, index) => {
    appendVariance(w, counts[index] ?? 0, first, count, path);
  });
}

/** Writes offsets and actual counts into a run at `at`; returns where the elements go. */
export function marshalRuns(
  w: NdrWriter,
  at: number,
  counts: readonly number[],
  runs: Runs,
  alignment: number,
  path: string,
): number {
  let end = at;
  runs.forEach(({ first, count }, index) => {
    end = marshalVariance(w, end, { length: first + count }, counts[index] ?? 0, first, count, 1, path).at;
  });
  return w.align(end, alignment);
}

/** The end of an array written at `at`. */
export function sizeRows(
  w: NdrWriter,
  at: number,
  runs: Runs,
  isVarying: boolean,
  size: number,
  stride: number,
  alignment: number,
): number {
  const step = w.ndr64 ? 8 : 4;
  const start = isVarying ? w.align(at, step) + 2 * step * runs.length : at;
  return w.elementsEnd(start, elementCount(runs), size, stride, alignment);
}

/**
 * The same for elements of varying size.
 *
 * @param sent the elements that are sent, of all rows
 */
export function sizeRowElements<E>(
  w: NdrWriter,
  at: number,
  runs: Runs,
  isVarying: boolean,
  sent: (runs: Runs) => readonly E[],
  size: (at: number, item: E) => number,
): number {
  const step = w.ndr64 ? 8 : 4;
  const start = isVarying ? w.align(at, step) + 2 * step * runs.length : at;
  return sizeElements(start, sent(runs), size);
}

/** The elements of a dimension that are sent: exactly as many where the dimension is not varying. */
export function rowsToSend<A>(
  w: NdrWriter,
  array: readonly A[],
  runs: Runs,
  dimension: number,
  isVarying: boolean,
  path: string,
): readonly A[] {
  const { first, count } = runOf(runs, dimension);
  return isVarying ? elementsOf(w, array, count, path, first) : elementsOf(w, array, count, path);
}

/** Writes a row of numbers at `at`; returns its end. */
export function marshalNumberRow<A extends NumberArray>(
  w: NdrWriter,
  at: number,
  row: A,
  type: NumberArrayType<A>,
  runs: Runs,
  isVarying: boolean,
  path: string,
): number {
  const { first, count } = runOf(runs, runs.length - 1);
  if (!(row instanceof type)) throw w.bad(`not a ${type.name}`, path);
  if (isVarying ? row.length < first + count : row.length !== count)
    throw w.bad(`a row of ${row.length} elements where ${first + count} are to be sent`, path);
  marshalNumbers(w, at, row, count, first);
  return at + count * row.BYTES_PER_ELEMENT;
}

/**
 * Compares the maximum counts of a struct's array with what its members say.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA
 */
export function agreeCounts(r: NdrReader, counts: readonly number[], expected: readonly number[], path: string): void {
  expected.forEach((count, index) => r.agree(counts[index] ?? 0, count, "maximum count", path));
}
