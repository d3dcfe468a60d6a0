/** Arrays of context handles: the handles one after the other, 20 octets each (MIDL "/target", NT60: context handles in an array). */
import { arrayNode } from "../memory/array-node.ts";
import type { ArrayNodeType } from "../memory/node-type.ts";
import { midl_user_allocate } from "./allocate.ts";
import { elementsOf, existingArray } from "./arrays.ts";
import {
  CONTEXT_HANDLE_ALIGNMENT as ALIGNMENT,
  CONTEXT_HANDLE_SIZE as SIZE,
  contextHandleObject,
  putWireContextHandle,
  wireContextHandle,
} from "./context-handles.ts";
import type { NdrReader } from "./reader.ts";
import { appendVariance, takeVariance } from "./variance.ts";
import type { NdrWriter } from "./writer.ts";

/** An array of objects that stand for context handles; null is the null handle. */
export type ContextHandles<H extends object> = (H | null)[];

/**
 * What the stubs know of such an array.
 *
 * @param name IDL name of the handle type
 * @param size octets of a handle in C layout: those of a pointer
 */
export function contextHandleArrayNode(name: string, size: number): ArrayNodeType<object | null, (object | null)[]> {
  return arrayNode<object | null>(
    `${name}[]`,
    size,
    size,
    () => null,
    () => ["object"],
  );
}

/** The offset and the length that a varying array must have; an undefined length is not known yet. */
export interface ExpectedVariance {
  readonly first: number;
  readonly length: number | undefined;
}

/** Which of its elements a varying array sends. */
export interface SentVariance {
  readonly first: number;
  readonly length: number;
}

/**
 * Unmarshals an array of context handles at the cursor.
 *
 * @param existing storage that is filled; otherwise a node comes from the pair
 * @param wasSent `existing` went to the server in this call: what it holds is the same handles, before the call
 * @param maximum the number of elements of an array that is not conformant
 */
export function unmarshalContextHandleArray<H extends object>(
  r: NdrReader,
  existing: ContextHandles<H> | null | undefined,
  node: ArrayNodeType<object | null, (object | null)[]>,
  path: string,
  expected: number | undefined,
  wasSent: boolean,
  type: string,
  variance?: ExpectedVariance,
  maximum?: number,
): ContextHandles<H> {
  const capacity = maximum ?? r.takeMaximumCount(expected, path);
  const { first, count } =
    variance === undefined
      ? { first: 0, count: capacity }
      : takeVariance(r, capacity, variance.first, variance.length, path);
  const at = r.takeElements(count, SIZE, ALIGNMENT);
  const length = maximum ?? first + count;
  const array = existing
    ? existingHandles(r, existing, node, length, path)
    : allocateContextHandles<H>(r, length * node.elementSize, node);
  const handles = Array.from({ length: count }, (_, index) => wireContextHandle(r, at + index * SIZE));
  handles.forEach((handle, index) => {
    const previous = wasSent ? array[first + index] : null;
    array[first + index] = contextHandleObject<H>(r, handle, type, previous);
  });
  r.contextHandles.keep?.(array, first, handles);
  return array;
}

/**
 * Marshals an array of context handles at the cursor.
 *
 * @param previous the array in which the same handles came in: they keep their places
 * @param isConformant false: `count` is the number of elements of a fixed array, which is not sent
 */
export function marshalContextHandleArray(
  w: NdrWriter,
  value: readonly (object | null)[],
  path: string,
  count: number,
  isConformant: boolean,
  type: string,
  previous?: readonly (object | null)[] | null,
  variance?: SentVariance,
): void {
  if (isConformant) w.appendCount(count, path);
  if (variance !== undefined) appendVariance(w, count, variance.first, variance.length, path);
  const sent =
    variance === undefined
      ? elementsOf(w, value, count, path)
      : elementsOf(w, value, variance.length, path, variance.first);
  const { contextHandles } = w;
  const first = variance?.first ?? 0;
  const at = w.reserve(sent.length * SIZE, sent.length === 0 ? 1 : ALIGNMENT);
  sent.forEach((handle, index) => {
    const wire =
      contextHandles.toWireInPlace?.(handle, type, previous ?? value, first + index) ??
      contextHandles.toWire(handle, type);
    putWireContextHandle(w, at + index * SIZE, wire);
  });
}

/** An array of null handles from the pair. */
export function allocateContextHandles<H extends object>(
  r: NdrReader,
  cBytes: number,
  node: ArrayNodeType<object | null, (object | null)[]>,
): ContextHandles<H> {
  const array = midl_user_allocate(r, cBytes, node);
  if (!isEmpty<H>(array)) throw r.bad("an array from the pair is not zeroed", node.name);
  return array;
}

function existingHandles<H extends object>(
  r: NdrReader,
  existing: ContextHandles<H>,
  node: ArrayNodeType<object | null, (object | null)[]>,
  length: number,
  path: string,
): ContextHandles<H> {
  existingArray<object | null>(r, existing, node, length, path, Infinity);
  return existing;
}

/** Null handles are of every type. */
function isEmpty<H extends object>(array: (object | null)[]): array is ContextHandles<H> {
  return array.every((handle) => handle === null);
}
