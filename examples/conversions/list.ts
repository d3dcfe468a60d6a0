/** Lists of measurements that are linked both ways, of nodes from a pair. */
import { allocateNode } from "@midl-ts/runtime";
import type { MidlUserMemory } from "@midl-ts/runtime";
import { MEASUREMENT } from "./generated/measurements.ts";

/** A list, null for no values. Whoever asked for it frees it. */
export function listOf(values: Iterable<number>, memory: MidlUserMemory): MEASUREMENT | null {
  let head: MEASUREMENT | null = null;
  let previous: MEASUREMENT | null = null;
  for (const value of values) {
    const node: MEASUREMENT = allocateNode(memory, MEASUREMENT, { value, previous });
    if (previous === null) head = node;
    else previous.next = node;
    previous = node;
  }
  return head;
}

/** The values of a list, the first first. */
export function valuesOf(list: MEASUREMENT | null): number[] {
  const values: number[] = [];
  for (let node = list; node !== null; node = node.next) values.push(node.value);
  return values;
}

/** Gives every node of a list back to the pair. */
export function freeList(list: MEASUREMENT | null, memory: MidlUserMemory): void {
  for (let node = list; node !== null;) {
    const { next } = node;
    memory.midl_user_free(node);
    node = next;
  }
}
