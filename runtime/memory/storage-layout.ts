/**
 * C layout of nodes as data: what linear memory builds typed views from. Generated code hands it to the factories of node types as functions,
 * which nobody calls before the first view; offsets and sizes are those of /env and /Zp.
 */
import type { NumberArray } from "./array-node.ts";
import type { ArrayNodeType, NodeType } from "./node-type.ts";

/** A scalar: its octets, and what it is in TypeScript. `int3264` and `uint3264` are the 4 octets of a bigint under /env win32. */
export type ScalarStorage =
  | "boolean"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "int3264"
  | "uint3264"
  | "float"
  | "double";

/** How values of other members decide about one: `by` names the members that the expressions read. */
export interface Correlation<T> {
  readonly by?: readonly string[];
  /** Number of elements of an array, of characters of a string with its terminator: the size expression. */
  readonly size?: (node: T) => number;
  /** The discriminant of a union: the switch_is expression. */
  readonly switchIs?: (node: T) => number;
}

/** How a value lies in storage. `T` is the node whose members its expressions read. */
export type Storage<T = unknown> =
  | readonly [kind: ScalarStorage]
  /** A struct or a union in place. */
  | readonly [kind: "embedded", type: NodeType<object>, correlation?: Correlation<T>]
  /** A fixed array of numbers in place. */
  | readonly [kind: "numbers", type: ArrayNodeType<never, NumberArray>, count: number]
  /** A fixed array of anything else in place, with the octets of an element. */
  | readonly [kind: "elements", element: Storage<T>, count: number, elementSize: number]
  /** A conformant array at the end of a struct: what `cBytes` has beyond the struct's size. */
  | readonly [kind: "tail", type: ArrayNodeType<unknown, object>, correlation?: Correlation<T>]
  /** A string of so many characters in place, the terminator included: 8 bits, UTF-16. */
  | readonly [kind: "text8" | "text16", count: number]
  /** A conformant string at the end of a struct. */
  | readonly [kind: "tail8" | "tail16", correlation?: Correlation<T>]
  /** A pointer to a node. */
  | readonly [kind: "pointer", type: NodeType<object>, correlation?: Correlation<T>]
  /** A pointer to a string, held by value. */
  | readonly [kind: "string8" | "string16", correlation?: Correlation<T>]
  /** A pointer to something else that is held by value: a scalar, or a pointer behind a [ref] pointer. */
  | readonly [kind: "value", referent: Storage<T>]
  /** A context handle: the object that stands for it cannot lie in memory and is kept beside it. */
  | readonly [kind: "object"]
  /** A pointer that is always null: [ignore]. */
  | readonly [kind: "null"];

/** The members of a struct: offset in octets, and storage. */
export type StructLayout<T> = { readonly [Name in keyof T]-?: readonly [offset: number, ...storage: Storage<T>] };

/** One arm of a union; an empty arm has neither name nor storage. */
export interface ArmLayout {
  readonly cases: readonly number[];
  readonly isDefault?: boolean;
  readonly name?: string;
  readonly storage?: Storage;
}

/** A union; an encapsulated one has its discriminant at offset 0 and its arms at `armsAt`. */
export interface UnionLayout {
  readonly arms: readonly ArmLayout[];
  readonly discriminant?: ScalarStorage;
  readonly armsAt?: number;
}

/** The layout of a node. `pointerSize` is 8, or 4 under /env win32. */
export type NodeLayout =
  | {
      readonly kind: "struct";
      /** The node is a pointer that another pointer refers to. */
      readonly isPointer?: true;
      readonly pointerSize: number;
      readonly members: () => Readonly<Record<string, readonly [offset: number, ...storage: Storage<never>]>>;
    }
  | { readonly kind: "union"; readonly pointerSize: number; readonly union: () => UnionLayout }
  | { readonly kind: "array"; readonly pointerSize: number; readonly element: () => Storage<never> }
  | { readonly kind: "numbers" };
