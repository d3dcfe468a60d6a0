/** What stubs need for arrays of structs, strings and pointers. */
import { linearNodeOf } from "../memory/linear-node.ts";
import type { ArrayNodeType } from "../memory/node-type.ts";
import { RpcError } from "../rpc-error.ts";
import type { NdrReader } from "./reader.ts";
import { tagOf } from "./writer.ts";
import type { NdrWriter, Tagged } from "./writer.ts";

/**
 * Gives existing storage the length that came back (an ordinary array has no length of its own), within its capacity (M15). One in
 * linear memory has the capacity of its block.
 *
 * @param capacity what the size expression gave before the call; the length of the array where that is all that is known
 * @throws RpcError RPC_X_BAD_STUB_DATA when more came back; the array is as it was
 */
export function existingArray<E>(
  r: NdrReader,
  existing: E[],
  type: ArrayNodeType<E, E[]>,
  count: number,
  path: string,
  capacity = existing.length,
): E[] {
  if (count > existing.length && count > capacity)
    throw r.bad(`${count} elements do not fit into the ${capacity} of the existing storage`, path);
  if (existing.length < count) requireCapacity(existing, type.name, count);
  if (existing.length > count) existing.length = count;
  while (type.createElement !== undefined && existing.length < count) existing.push(type.createElement());
  return existing;
}

function requireCapacity(existing: object, name: string, count: number): void {
  const capacity = linearNodeOf(existing)?.capacity;
  if (capacity !== undefined && capacity < count)
    throw new RpcError(
      "RPC_X_BAD_STUB_DATA",
      `${name}: ${count} elements do not fit into the ${capacity} of the existing storage`,
    );
}

/** End of `count` elements of varying size. */
export function skipElements(at: number, count: number, skip: (at: number) => number): number {
  let end = at;
  for (let index = 0; index < count; index++) end = skip(end);
  return end;
}

/** End of elements of varying size written from `at` on. */
export function sizeElements<E>(at: number, items: readonly E[], size: (at: number, item: E) => number): number {
  let end = at;
  for (const item of items) end = size(end, item);
  return end;
}

/**
 * The elements that are sent of an array: exactly `count`, or `count` from `first` on.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when the array has not as many, or more where that is not for the server to decide
 */
export function elementsOf<E>(
  w: NdrWriter,
  value: readonly E[],
  count: number,
  path: string,
  first?: number,
): readonly E[] {
  if (first === undefined) {
    if (value.length === count) return value;
    if (value.length > count && w.sendsFewer) return value.slice(0, count);
    throw w.bad(`an array of ${value.length} elements where the size is ${count}`, path);
  }
  if (value.length < first + count)
    throw w.bad(`${first + count} elements are to be sent of an array of ${value.length}`, path);
  return value.slice(first, first + count);
}

/** Compares the length of an array with a size that arrived after it. */
export function agreeLength(
  r: NdrReader,
  value: ArrayLike<unknown> | null,
  expected: () => number,
  path: string,
): void {
  if (value !== null) r.agree(value.length, expected(), "maximum count", path);
}

/** The size that a caller left out: the length of the array. */
export function countOf(value: ArrayLike<unknown> | null | undefined): number {
  return value?.length ?? 0;
}

/** The size of a string that a caller left out: its characters and the terminator. */
export function stringCountOf(value: string | null | undefined): number {
  return value === null || value === undefined ? 0 : value.length + 1;
}

/** The switch of a union that a caller left out. */
export function discriminantOf(value: Tagged | null | undefined): number {
  return value === null || value === undefined ? 0 : tagOf(value);
}
