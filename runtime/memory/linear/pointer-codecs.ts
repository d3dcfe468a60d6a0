/** Pointers: to nodes, to values in blocks of their own, and those that are no addresses. */
import { linearNodeOf } from "../linear-node.ts";
import type { NodeType } from "../node-type.ts";
import type { Correlation } from "../storage-layout.ts";
import { describe, hexadecimal, isAlike } from "./addresses.ts";
import { expectation } from "./codec-context.ts";
import type { CodecContext } from "./codec-context.ts";
import type { Heap } from "./heap.ts";
import type { Codec, NodeKind } from "./node-kind.ts";
import { Place } from "./place.ts";

/** A pointer to a node: an address. */
export function pointerCodec(
  { heap, label, pointerSize }: CodecContext,
  type: NodeType<object>,
  correlation: Correlation<never> | undefined,
): Codec {
  let known: NodeKind | undefined;
  const kindOf = (): NodeKind => (known ??= heap.kind(type));
  const size = expectation(correlation, "size");
  const expected = expectation(correlation, "switchIs") ?? size;
  const target = (owner: Place, address: number): Place | undefined => {
    const pointer = heap.pointer(address, pointerSize);
    if (pointer === 0) return undefined;
    const kind = kindOf();
    return heap.find(kind, pointer) ?? heap.placeAt(kind, pointer, kind.measure(pointer, size?.(owner)));
  };
  const follow = (owner: Place, address: number, clears: boolean): Place | undefined => {
    const place = target(owner, address);
    if (place !== undefined && expected !== undefined && (place.kind.elementSize === undefined || expected === size))
      place.kind.follow(place, expected(owner), clears);
    return place;
  };
  return {
    size: pointerSize,
    holdsValues: false,
    initializes: false,
    read: (owner, address) => follow(owner, address, false)?.node ?? null,
    write(owner, address, value) {
      if (value === null || value === undefined) {
        heap.setPointer(address, pointerSize, 0);
        return;
      }
      const place = pointee(heap, value, kindOf(), label);
      heap.setPointer(address, pointerSize, place.address);
      if (expected !== undefined) place.seen = expected(owner);
    },
    ...(expected === undefined
      ? {}
      : {
          follow(owner: Place, address: number, clears: boolean) {
            // How large an array was matters to a reply that is written into it; otherwise it is time enough when it is read.
            if (kindOf().elementSize === undefined || (heap.values.inReply && !clears)) follow(owner, address, clears);
          },
        }),
  };
}

/** The place of a node that a pointer may refer to. */
function pointee(heap: Heap, value: unknown, kind: NodeKind, label: string): Place {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`${label}: ${describe(value)} where a node or null is wanted`);
  const place = linearNodeOf(value);
  if (!(place instanceof Place))
    throw new TypeError(
      `${label}: linear memory cannot point to ${describe(value)} outside it; allocate the node from the pair (allocateNode, midl_user_allocate)`,
    );
  if (place.heap !== heap)
    throw new TypeError(`${label}: a node of another heap; allocate it from the pair whose node points to it`);
  place.requireLive();
  if (!isAlike(place.kind, kind))
    throw new TypeError(`${label}: a node of type ${place.kind.type.name} where ${kind.type.name} is pointed to`);
  return place;
}

/** A pointer to a scalar or to another pointer, in a block of its own. */
export function valueCodec({ heap, label, pointerSize }: CodecContext, inner: Codec): Codec {
  const referent = (address: number): number => {
    const pointer = heap.pointer(address, pointerSize);
    if (pointer + inner.size > heap.length)
      throw new RangeError(`${label}: ${hexadecimal(pointer)} does not lie inside the memory`);
    return pointer;
  };
  return {
    size: pointerSize,
    holdsValues: true,
    initializes: false,
    read(owner, address) {
      const pointer = referent(address);
      return pointer === 0 ? null : inner.read(owner, pointer);
    },
    write(owner, address, value) {
      const pointer = referent(address);
      if (value === null || value === undefined) {
        if (pointer !== 0) inner.release?.(owner, pointer);
        heap.values.clear(address, pointerSize);
      } else if (pointer === 0) {
        const slot = { slot: address, pointerSize, room: owner.valueRoom };
        heap.values.allocate(slot, inner.size, label, (block) => {
          inner.write(owner, block, value);
        });
      } else inner.write(owner, pointer, value);
    },
    release(owner, address) {
      const pointer = referent(address);
      if (pointer === 0) return;
      inner.release?.(owner, pointer);
      heap.values.free(address, pointerSize);
    },
  };
}

/** A context handle: the object is kept here, the memory holds nothing. */
export function objectCodec({ label, pointerSize }: CodecContext): Codec {
  const objects = new WeakMap<Place, Map<number, object>>();
  return {
    size: pointerSize,
    holdsValues: false,
    initializes: false,
    read: (owner, address) => objects.get(owner)?.get(address) ?? null,
    write(owner, address, value) {
      let known = objects.get(owner);
      if (known === undefined) objects.set(owner, (known = new Map<number, object>()));
      if (value === null || value === undefined) known.delete(address);
      else if (typeof value === "object") known.set(address, value);
      else throw new TypeError(`${label}: ${describe(value)} is no context handle`);
    },
  };
}

/** A pointer that is always null: [ignore], and what cannot be sent. */
export function nullCodec({ heap, label, pointerSize }: CodecContext): Codec {
  return {
    size: pointerSize,
    holdsValues: false,
    initializes: false,
    read: () => null,
    write(_owner, address, value) {
      if (value !== null && value !== undefined)
        throw new TypeError(`${label}: ${describe(value)} where only null can stand`);
      heap.setPointer(address, pointerSize, 0);
    },
  };
}
