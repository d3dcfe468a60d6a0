/** Arrays of numbers: one copy where the byte order agrees, element by element where it does not. */
import type { NumberArray } from "../memory/array-node.ts";
import { presentArray } from "../memory/linear-node.ts";
import type { ArrayNodeType } from "../memory/node-type.ts";
import { midl_user_allocate } from "./allocate.ts";
import { HOST_LITTLE_ENDIAN } from "./host.ts";
import type { NdrReader } from "./reader.ts";
import { appendVariance, takeVariance } from "./variance.ts";
import type { NdrWriter } from "./writer.ts";

/** The constructor of a typed array, as stubs hand it over. */
export interface NumberArrayType<A extends NumberArray> {
  new (length: number): A;
  readonly name: string;
}

/**
 * Fills elements `first` up to `first + count` of `target` from the elements at `at`, a run that was taken.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when `target` is shorter
 */
export function unmarshalNumbers<A extends NumberArray>(
  r: NdrReader,
  at: number,
  target: A,
  count = target.length,
  first = 0,
): A {
  if (target.length < first + count)
    throw r.bad(`${first + count} elements do not fit into the ${target.length} of the existing storage`, "");
  if (count === 0) return target;
  const width = target.BYTES_PER_ELEMENT;
  const octets = octetsOf(target).subarray(first * width, (first + count) * width);
  r.octets.copy(octets, 0, at, at + octets.length);
  if (width > 1 && r.littleEndian !== HOST_LITTLE_ENDIAN) swap(octets, width);
  return target;
}

/**
 * Unmarshals a conformant array of numbers at the cursor: into existing storage, otherwise as a view of the stub data on a server where
 * wire and storage form agree (MIDL "Server Stub Memory Management", buffer reuse), otherwise into a node from the pair.
 *
 * @param expected value of the size expression
 */
export function unmarshalNumberArray<A extends NumberArray>(
  r: NdrReader,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  path: string,
  expected: number | undefined,
): A {
  const count = r.takeMaximumCount(expected, path);
  const at = r.takeElements(count, type.elementSize, type.elementSize);
  return (
    viewOf(r, at, existing, type, count) ?? unmarshalNumbers(r, at, storage(r, existing, type, count, path), count)
  );
}

/** A view of the stub data, undefined where there must be a copy: existing storage, another byte order, a misaligned place, no octets. */
function viewOf<A extends NumberArray>(
  r: NdrReader,
  at: number,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  count: number,
): A | undefined {
  if (!r.reusesBuffer || type.view === undefined || count === 0 || (existing !== null && existing !== undefined))
    return undefined;
  const width = type.elementSize;
  const place = r.octets.byteOffset + at;
  if (place % width !== 0 || (width > 1 && r.littleEndian !== HOST_LITTLE_ENDIAN)) return undefined;
  return r.addView(type.view(r.octets.buffer, place, count));
}

/**
 * The same where the storage has to be a node of its own: [force_allocate].
 */
export function unmarshalOwnNumberArray<A extends NumberArray>(
  r: NdrReader,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  path: string,
  expected: number | undefined,
): A {
  const count = r.takeMaximumCount(expected, path);
  const at = r.takeElements(count, type.elementSize, type.elementSize);
  return unmarshalNumbers(r, at, storage(r, existing, type, count, path), count);
}

/** Unmarshals a conformant varying array of numbers at the cursor. */
export function unmarshalVaryingNumberArray<A extends NumberArray>(
  r: NdrReader,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  path: string,
  expected: number | undefined,
  first: number,
  length: number | undefined,
): A {
  const run = takeVariance(r, r.takeMaximumCount(expected, path), first, length, path);
  const at = r.takeElements(run.count, type.elementSize, type.elementSize);
  return unmarshalNumbers(r, at, storage(r, existing, type, run.first + run.count, path), run.count, run.first);
}

/** Unmarshals a fixed array of numbers at the cursor, as a view where that may be (see unmarshalNumberArray). */
export function unmarshalFixedNumberArray<A extends NumberArray>(
  r: NdrReader,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  count: number,
  path: string,
): A {
  const at = r.takeElements(count, type.elementSize, type.elementSize);
  return (
    viewOf(r, at, existing, type, count) ?? unmarshalNumbers(r, at, storage(r, existing, type, count, path), count)
  );
}

/** Unmarshals a varying array of numbers at the cursor. */
export function unmarshalFixedVaryingNumberArray<A extends NumberArray>(
  r: NdrReader,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  capacity: number,
  path: string,
  first: number,
  length: number | undefined,
): A {
  const run = takeVariance(r, capacity, first, length, path);
  const at = r.takeElements(run.count, type.elementSize, type.elementSize);
  return unmarshalNumbers(r, at, storage(r, existing, type, capacity, path), run.count, run.first);
}

function storage<A extends NumberArray>(
  r: NdrReader,
  existing: A | null | undefined,
  type: ArrayNodeType<never, A>,
  count: number,
  path: string,
): A {
  if (existing === null || existing === undefined) return midl_user_allocate(r, count * type.elementSize, type);
  if (existing.length >= count) return existing;
  const present = presentArray(existing);
  if (present.length < count)
    throw r.bad(`${count} elements do not fit into the ${present.length} of the existing storage`, path);
  return present;
}

/** Writes elements `first` up to `first + count` at `at`, in a run that was reserved. */
export function marshalNumbers(w: NdrWriter, at: number, source: NumberArray, count = source.length, first = 0): void {
  const width = source.BYTES_PER_ELEMENT;
  w.buffer.set(octetsOf(source).subarray(first * width, (first + count) * width), at);
  if (width > 1 && !HOST_LITTLE_ENDIAN) swap(w.buffer.subarray(at, at + count * width), width);
}

/** Writes an array that must have exactly `count` elements at `at`, in a run that was reserved. */
export function marshalFixedNumbers<A extends NumberArray>(
  w: NdrWriter,
  at: number,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  count: number,
  path: string,
): void {
  marshalNumbers(w, at, exactly(w, value, type, count, path), count);
}

/** Marshals a fixed array of numbers at the cursor. */
export function appendFixedNumbers<A extends NumberArray>(
  w: NdrWriter,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  count: number,
  path: string,
): void {
  const array = exactly(w, value, type, count, path);
  marshalNumbers(w, reserveNumbers(w, array, count), array, count);
}

/** Marshals a conformant array of numbers at the cursor. */
export function marshalNumberArray<A extends NumberArray>(
  w: NdrWriter,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  path: string,
  count: number,
): void {
  const array = exactly(w, value, type, count, path);
  w.appendCount(count, path);
  marshalNumbers(w, reserveNumbers(w, array, count), array, count);
}

/** Marshals a conformant varying array of numbers at the cursor. */
export function marshalVaryingNumberArray<A extends NumberArray>(
  w: NdrWriter,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  path: string,
  count: number,
  first: number,
  length: number,
): void {
  w.appendCount(count, path);
  appendVaryingNumbers(w, value, type, count, path, first, length);
}

/** Marshals a varying array of numbers at the cursor. */
export function appendVaryingNumbers<A extends NumberArray>(
  w: NdrWriter,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  capacity: number,
  path: string,
  first: number,
  length: number,
): void {
  const array = numbers(w, value, type, path);
  if (array.length < first + length)
    throw w.bad(`${first + length} elements are to be sent of an array of ${array.length}`, path);
  appendVariance(w, capacity, first, length, path);
  marshalNumbers(w, reserveNumbers(w, array, length), array, length, first);
}

function reserveNumbers(w: NdrWriter, array: NumberArray, count: number): number {
  return w.reserve(count * array.BYTES_PER_ELEMENT, count === 0 ? 1 : array.BYTES_PER_ELEMENT);
}

function exactly<A extends NumberArray>(
  w: NdrWriter,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  count: number,
  path: string,
): A {
  const array = numbers(w, value, type, path);
  if (array.length === count || (array.length > count && w.sendsFewer)) return array;
  throw w.bad(`an array of ${array.length} elements where the size is ${count}`, path);
}

function numbers<A extends NumberArray>(
  w: NdrWriter,
  value: A | null | undefined,
  type: NumberArrayType<A>,
  path: string,
): A {
  const given = w.required(value, path);
  const array = given.length === 0 ? presentArray(given) : given;
  if (!(array instanceof type)) throw w.bad(`not a ${type.name}`, path);
  return array;
}

function octetsOf(array: NumberArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function swap(octets: Uint8Array, width: number): void {
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  if (width === 2) buffer.swap16();
  else if (width === 4) buffer.swap32();
  else buffer.swap64();
}
