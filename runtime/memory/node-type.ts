import type { LinearHeap } from "./linear-node.ts";
import type { NodeLayout } from "./storage-layout.ts";
import type { ConvertedVisitor } from "../conversions/conversion.ts";

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
  /**
   * Of a block in which several nodes lie (MIDL "allocate", all_nodes): the node at its beginning, and where the room for their value
   * referents begins. `size` is that of the node.
   */
  readonly first?: { readonly type: NodeType<object>; readonly cBytes: number; readonly valuesAt: number };
  /**
   * Calls `visit` once for every pointer to a node in this node, null ones included, in the order of the declaration.
   *
   * @param path what the IDL paths of those pointers begin with (`Edit.list->`); without it they are not named
   * @param elements which elements of an array, or of the conformant tail of a struct, to look at; all when it is left out
   */
  referents(node: T, visit: ReferentVisitor, path?: string, elements?: ElementRange): void;
  /** What the size expression of the conformant tail says now; absent where there is none whose elements point to nodes. */
  tailCount?(node: T): number;
  /**
   * Calls `visit` once for every object in this node that routines of the application convert, in the order of the declaration; absent
   * when there are none.
   */
  converted?(node: T, visit: ConvertedVisitor): void;
}

/**
 * Elements of an array, from `first` up to, but not including, `end`. In linear memory that may be beyond the length that the size
 * expression gives the array now: what is still in its block is meant.
 */
export interface ElementRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Receives what a pointer refers to, and the type of it. `undefined` counts as null.
 *
 * @param path IDL path of the pointer, when the walk asked for paths
 * @param count elements that the size expression of the pointer says its array has, as the parameters stand now
 * @param isRetained the pointer's type has [allocate(dont_free)]: a server stub frees nothing that it leads to (M24)
 */
export type ReferentVisitor = <T extends object>(
  node: T | null | undefined,
  type: NodeType<T>,
  path?: string,
  count?: number,
  isRetained?: boolean,
) => void;

/** The node type of a conformant array: elements are made one by one when an existing array has to grow. */
export interface ArrayNodeType<E, A extends object> extends NodeType<A> {
  /** Octets of one element in C layout. */
  readonly elementSize: number;
  /** A zeroed element, or undefined when the array is a typed array, whose length cannot change. */
  readonly createElement: (() => E) | undefined;
  /** An array of numbers over octets that exist already; undefined for other arrays. */
  readonly view?: ((buffer: ArrayBufferLike, byteOffset: number, length: number) => A) | undefined;
}

/**
 * What the IDL paths of the pointers in a node begin with, for `referents`: an element of an array has an index, a member of a struct an
 * arrow.
 *
 * @param path IDL path of the pointer that leads to the node
 */
export function pathInside({ layout }: { readonly layout: NodeLayout }, path: string): string {
  if (layout.kind === "array" || layout.kind === "numbers") return path;
  return layout.kind === "struct" && layout.isPointer === true ? `(*${path})` : `${path}->`;
}
