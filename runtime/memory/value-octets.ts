/** What the value referents of a node take in C: strings, and scalars behind pointers, which TypeScript holds by value. */
import type { NodeType } from "./node-type.ts";
import type { Correlation, Storage } from "./storage-layout.ts";

/** Every object in a block begins at a multiple of this (MIDL "byte_count"). */
export const BLOCK_ALIGNMENT = 8;

/** Octets rounded up to a multiple of 8. */
export function roundUp(octets: number): number {
  return Math.ceil(octets / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT;
}

/** Octets that a size expression may ask for beyond those of the string itself: nothing but the peer's word may pay for them. */
export const SPARE_OCTETS = 0x10_0000;

/**
 * Octets of all value referents of a node, each rounded up to a multiple of 8; those of other nodes are not among them.
 *
 * @param base the node whose members the expressions of an array in place read
 */
export function valueOctets({ layout }: NodeType<object>, node: object, base: object = node): number {
  switch (layout.kind) {
    case "struct": {
      let octets = 0;
      for (const [name, [, ...storage]] of Object.entries(layout.members()))
        octets += octetsOf(storage, Reflect.get(node, name), node);
      return octets;
    }
    case "union": {
      const arm = layout.union().arms.find(({ name }) => name !== undefined && name in node);
      if (arm?.name === undefined || arm.storage === undefined) return 0;
      return octetsOf(arm.storage, Reflect.get(node, arm.name), node);
    }
    case "array":
      return octetsOfItems(layout.element(), node, base);
    default:
      return 0;
  }
}

function octetsOf(storage: Storage<never>, value: unknown, node: object): number {
  if (value === null || value === undefined) return 0;
  switch (storage[0]) {
    case "string8":
      return stringOctets(1, value, storage[1], node);
    case "string16":
      return stringOctets(2, value, storage[1], node);
    case "value":
      // A scalar or a pointer: never more than 8 octets.
      return BLOCK_ALIGNMENT + octetsOf(storage[1], value, node);
    case "embedded":
    case "tail":
      return typeof value === "object" ? valueOctets(storage[1], value, node) : 0;
    case "elements":
      return octetsOfItems(storage[1], value, node);
    default:
      return 0;
  }
}

function octetsOfItems(element: Storage<never>, items: unknown, node: object): number {
  if (!Array.isArray(items)) return 0;
  return Array.from<unknown>(items).reduce((octets: number, item) => octets + octetsOf(element, item, node), 0);
}

function stringOctets(width: 1 | 2, value: unknown, correlation: Correlation<never> | undefined, node: object): number {
  if (typeof value !== "string") return 0;
  const octets = width * (value.length + 1);
  const size: unknown = correlation?.size === undefined ? 0 : Reflect.apply(correlation.size, undefined, [node]);
  const wanted = Math.max(octets, width * Number(size));
  return roundUp(wanted - octets > SPARE_OCTETS ? octets : wanted);
}
