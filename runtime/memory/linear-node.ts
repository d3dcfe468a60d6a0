import type { NodeType } from "./node-type.ts";

/** Where a node of linear memory says that it is one. */
export const LINEAR: unique symbol = Symbol.for("@midl-ts/runtime: linear node");

/** A heap in linear memory (an ArrayBuffer, a SharedArrayBuffer or a WebAssembly.Memory), as node types see it. */
export interface LinearHeap {
  /**
   * The node of a type that lies at an address: the same object for the same address and type while it is live.
   *
   * @param address octets from the start of the memory, a multiple of the type's alignment; not 0
   * @param cBytes octets of the node in C layout, a conformant tail included: nothing beyond them is read or written through it
   * @throws RangeError when the node does not lie inside the memory or not at a multiple of its alignment
   */
  nodeAt<T extends object>(type: NodeType<T>, address: number, cBytes: number): T;
  /** Frees the blocks of the value referents of a node: strings, and scalars behind pointers. Their pointers become null. */
  releaseValues(node: object): void;
}

/** The place of a node in linear memory. */
export interface LinearNode {
  readonly heap: LinearHeap;
  readonly address: number;
  /** Octets in C layout. */
  readonly cBytes: number;
}

interface MaybeLinear {
  readonly [LINEAR]?: LinearNode | undefined;
}

/** The place of a node in linear memory, undefined for an ordinary object. */
export function linearNodeOf(node: object): LinearNode | undefined {
  const maybe: MaybeLinear = node;
  return maybe[LINEAR];
}
