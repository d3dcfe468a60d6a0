import type { NodeType } from "./node-type.ts";

/** Where a node of linear memory says that it is one. */
export const LINEAR: unique symbol = Symbol.for("@midl-ts/runtime: linear node");

/** A heap in linear memory (an ArrayBuffer, a SharedArrayBuffer or a WebAssembly.Memory), as node types and stubs see it. */
export interface LinearHeap {
  /**
   * The node of a type that lies at an address: the same object for the same address and type while it is live.
   *
   * @param address octets from the start of the memory, a multiple of the type's alignment; not 0
   * @param cBytes octets of the node in C layout, a conformant tail included: nothing beyond them is read or written through it
   * @param block the block in which the node lies and with which it goes; a node of its own when it is left out
   * @throws RangeError when the node does not lie inside the memory or not at a multiple of its alignment
   */
  nodeAt<T extends object>(type: NodeType<T>, address: number, cBytes: number, block?: LinearNode): T;
  /** Frees the blocks of the value referents of a node: strings, and scalars behind pointers. Their pointers become null. */
  releaseValues(node: object): void;
  /**
   * A stub begins to write a reply into existing storage: until `endReply` what does not fit into it fails with RPC_X_BAD_STUB_DATA
   * instead of getting a block of its own (M15).
   */
  beginReply(): void;
  /** The end of it. When the call failed, value referents that were null before it are null again (M3). */
  endReply(failed: boolean): void;
}

/** The place of a node in linear memory: one object for as long as the node is live. */
export interface LinearNode {
  readonly heap: LinearHeap;
  /** 0 when the node was freed. */
  readonly address: number;
  /** False when the node was freed, here or by another thread. */
  readonly isLive: boolean;
  /** Octets in C layout. */
  readonly cBytes: number;
  /** Octets in which other nodes may be placed: more than `cBytes` where the node begins a block of several. */
  readonly room: number;
  /** The node as it is now: an array of numbers is another object after its memory has grown. */
  readonly node: object;
  /** Names of the members of a struct or of a union's present arm; undefined for an array, which has its own. */
  readonly members: readonly string[] | undefined;
  /** Elements that the block has room for; undefined for what is no array. */
  readonly capacity: number | undefined;
  /** Runs something while an array has all the elements that its block has room for, whatever its size expression says. */
  withCapacity(act: () => void): void;
}

interface MaybeLinear {
  readonly [LINEAR]?: LinearNode | undefined;
}

/** The place of a node in linear memory, undefined for an ordinary object. */
export function linearNodeOf(node: object): LinearNode | undefined {
  const maybe: MaybeLinear = node;
  return maybe[LINEAR];
}

/** What stands for a node wherever nodes are told apart: the node itself, or its place where the object may change while it is live. */
export function identityOf(node: object): object {
  return ArrayBuffer.isView(node) ? (linearNodeOf(node) ?? node) : node;
}

/** An array of numbers as it is now: the one that was handed out is empty once its memory has grown. */
export function presentArray<A extends object>(array: A): A {
  const present = linearNodeOf(array)?.node ?? array;
  return isSameArray(array, present) ? present : array;
}

/** The node of a place is always an array of the one type. */
function isSameArray<A extends object>(array: A, present: object): present is A {
  return present.constructor === array.constructor;
}

/**
 * Makes the arrays of numbers among the parameters of a call what they are at the time when they are read: the memory may grow before.
 * Returns the parameters.
 */
export function keepPresent<P>(parameters: P): P {
  if (typeof parameters !== "object" || parameters === null) return parameters;
  if (ArrayBuffer.isView(parameters)) return presentArray(parameters);
  for (const [name, value] of Object.entries(parameters)) {
    if (!ArrayBuffer.isView(value) || linearNodeOf(value) === undefined) continue;
    Object.defineProperty(parameters, name, {
      enumerable: true,
      configurable: true,
      get: () => presentArray(value),
      set(replacement: unknown) {
        Object.defineProperty(parameters, name, { value: replacement, writable: true });
      },
    });
  }
  return parameters;
}
