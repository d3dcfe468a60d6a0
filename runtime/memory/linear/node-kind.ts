import type { NodeType } from "../node-type.ts";
import type { Origin, Place } from "./place.ts";

/** What a heap knows of a node type: its nodes by address, and what is done with one. */
export interface NodeKind {
  readonly type: NodeType<object>;
  /** Octets of an element; undefined for what is no array. */
  readonly elementSize: number | undefined;
  /** Live nodes by address, but those that the pair gave out, which the heap knows. */
  readonly places: Map<number, Place>;
  /** A node can hold value referents. */
  readonly holdsValues: boolean;
  /** A zeroed node is not all zeroes: see `initialize`. */
  readonly initializes: boolean;
  /** The place of a node whose bounds were checked. */
  place(address: number, cBytes: number, origin: Origin, base: Place | undefined): Place;
  /** Octets of a node that something else than the pair made: `size` is what an expression says of its elements. */
  measure(address: number, size: number | undefined): number;
  /** Writes the discriminants of encapsulated unions that have no arm for 0: a zeroed union has its first arm. */
  initialize(place: Place): void;
  /** Copies a value into the node, member by member. */
  assign(place: Place, value: object, label: string): void;
  /** Frees the value referents. */
  release(place: Place): void;
  /**
   * Takes note of what the size or switch expression of a pointer to the node says now.
   *
   * @param clears the arm of a union that changes begins as zeroes
   */
  follow(place: Place, expected: number, clears: boolean): void;
}

/** How a value lies in its owner: what an accessor does. `address` is absolute. */
export interface Codec {
  /** Octets. */
  readonly size: number;
  /** The value may be held in a block of its own. */
  readonly holdsValues: boolean;
  /** See NodeKind.initializes. */
  readonly initializes: boolean;
  /** Reading gives the same object for as long as the owner is live. */
  readonly isStable?: boolean;
  read(owner: Place, address: number): unknown;
  write(owner: Place, address: number, value: unknown): void;
  /** Frees what the value holds in blocks of its own. */
  release?(owner: Place, address: number): void;
  /** See NodeKind.initialize. */
  initialize?(owner: Place, address: number): void;
  /** Looks at the expressions that decide about the value: see NodeKind.follow. */
  follow?(owner: Place, address: number, clears: boolean): void;
  /** Octets of a conformant tail, as its expression says; left out by what has none. */
  readonly measureTail?: (owner: Place, address: number) => number;
}
