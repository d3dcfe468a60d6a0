import type { LinearHeap } from "./linear-node.ts";
import type { NodeLayout } from "./storage-layout.ts";

/**
 * What the stubs and the pair know of a node: one block of storage that a pointer refers to. Generated code makes one for every
 * struct, union and array that a pointer of the interface can reach.
 */
export interface NodeType<T extends object> {
  /** IDL name; arrays are named after their element (`PHONE_ENTRY[]`). */
  readonly name: string;
  /** Octets in C layout under /env and /Zp, without a conformant tail. */
  readonly size: number;
  /** Octets: 1, 2, 4 or 8. */
  readonly alignment: number;
  /**
   * A zeroed node as an ordinary object: numbers 0, pointers null, strings empty.
   *
   * @param cBytes octets of the whole node in C layout; the length of an array or of a conformant tail follows from it
   */
  create(cBytes: number): T;
  /**
   * A typed view of linear memory: the node that lies at `address` of a heap. Its fields are accessors with the names and types of the
   * ordinary object; what is there is left as it is.
   *
   * @throws RangeError when the node does not lie inside the memory, or not at a multiple of its alignment
   */
  at(heap: LinearHeap, address: number, cBytes: number): T;
  /**
   * A zeroed node inside a block that was allocated as one: `at` the block's address plus `offset` when the block is a linear view, an
   * ordinary object when it is one. The node goes with the block and is not freed by itself.
   *
   * @param offset octets, a multiple of the alignment
   */
  place(block: object, offset: number, cBytes: number): T;
  /** Frees the value referents that a linear view allocated: strings, scalars behind pointers. Nothing to do for an ordinary object. */
  releaseValues(node: T): void;
  /** Where each member lies: for linear memory. */
  readonly layout: NodeLayout;
  /** Calls `visit` once for every pointer to a node in this node, null ones included, in the order of the declaration. */
  referents(node: T, visit: ReferentVisitor): void;
}

/** Receives what a pointer refers to, and the type of it. `undefined` counts as null. */
export type ReferentVisitor = <T extends object>(node: T | null | undefined, type: NodeType<T>) => void;

/** The node type of a conformant array: elements are made one by one when an existing array has to grow. */
export interface ArrayNodeType<E, A extends object> extends NodeType<A> {
  /** Octets of one element in C layout. */
  readonly elementSize: number;
  /** A zeroed element, or undefined when the array is a typed array, whose length cannot change. */
  readonly createElement: (() => E) | undefined;
  /** An array of numbers over octets that exist already; undefined for other arrays. */
  readonly view?: ((buffer: ArrayBufferLike, byteOffset: number, length: number) => A) | undefined;
}
