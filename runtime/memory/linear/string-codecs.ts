/** Strings: behind a pointer in a block of their own, and in place. */
import { RpcError } from "../../rpc-error.ts";
import type { Correlation } from "../storage-layout.ts";
import { SPARE_OCTETS } from "../value-octets.ts";
import { hexadecimal } from "./addresses.ts";
import { elementOctets } from "./array-kind.ts";
import { expectation } from "./codec-context.ts";
import type { CodecContext } from "./codec-context.ts";
import type { Codec } from "./node-kind.ts";
import type { Place } from "./place.ts";
import { checkedText, readText, textSize, writeText } from "./text.ts";
import type { Width } from "./text.ts";

/** A pointer to a string. A sized one has the capacity that the expression says; whatever fits into its block is written there. */
export function stringCodec(
  { heap, label, pointerSize }: CodecContext,
  width: Width,
  correlation: Correlation<never> | undefined,
): Codec {
  const size = expectation(correlation, "size");
  const capacityOf = (slot: number, pointer: number): number | undefined => {
    const own = heap.values.capacity(slot, pointer);
    if (own !== undefined || !heap.values.inReply) return own;
    // Somebody else's string is known to have room for what it holds.
    return textSize(readText(heap, pointer, width, heap.length - pointer), width);
  };
  return {
    size: pointerSize,
    holdsValues: true,
    initializes: false,
    read(_owner, address) {
      const pointer = heap.pointer(address, pointerSize);
      if (pointer === 0) return null;
      const limit = heap.values.capacity(address, pointer) ?? heap.length - pointer;
      if (limit <= 0) throw new RangeError(`${label}: ${hexadecimal(pointer)} does not lie inside the memory`);
      return readText(heap, pointer, width, limit);
    },
    write(owner, address, value) {
      if (value === null || value === undefined) {
        heap.values.clear(address, pointerSize);
        return;
      }
      const text = checkedText(value, width, label);
      const octets = textSize(text, width);
      const pointer = heap.pointer(address, pointerSize);
      const capacity = pointer === 0 ? undefined : capacityOf(address, pointer);
      if (capacity !== undefined && octets <= capacity) {
        writeText(heap, pointer, width, text);
        return;
      }
      if (capacity !== undefined && heap.values.inReply)
        throw heap.overrun(
          `${label}: a string of ${octets} octets does not fit into the ${capacity} of the existing one`,
        );
      const wanted = Math.max(octets, width * (size?.(owner) ?? 0));
      if (wanted - octets > SPARE_OCTETS)
        throw new RpcError("RPC_S_OUT_OF_MEMORY", `${label}: ${wanted} octets for a string of ${octets}`);
      heap.values.allocate({ slot: address, pointerSize, room: owner.valueRoom }, wanted, label, (block) => {
        writeText(heap, block, width, text);
      });
    },
    release(_owner, address) {
      heap.values.free(address, pointerSize);
    },
  };
}

/**
 * A string in place.
 *
 * @param count characters, the terminator included; undefined for the conformant tail of a struct
 */
export function textCodec(
  { heap, label }: CodecContext,
  width: Width,
  count: number | undefined,
  correlation?: Correlation<never>,
): Codec {
  const size = expectation(correlation, "size");
  const capacity = (owner: Place): number =>
    width * (count ?? Math.floor((owner.cBytes - owner.kind.type.size) / width));
  return {
    size: width * (count ?? 0),
    holdsValues: false,
    initializes: false,
    read: (owner, address) => readText(heap, address, width, capacity(owner)),
    write(owner, address, value) {
      const text = checkedText(value, width, label);
      const room = capacity(owner);
      if (room === 0 && text === "") return;
      if (textSize(text, width) > room)
        throw heap.overrun(`${label}: a string of ${textSize(text, width)} octets does not fit into ${room}`);
      writeText(heap, address, width, text);
    },
    ...(count === undefined ? { measureTail: (owner: Place) => elementOctets(size?.(owner), width) } : {}),
  };
}
