import type { ArrayNodeType, NodeType, ReferentVisitor } from "./node-type.ts";

/** A typed array as it stands for an IDL array of numbers. */
export type NumberArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

interface NumberArrayConstructor<A extends NumberArray> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** The node type of an array of structs or unions: each element is made by the element's own type. */
export function structArrayNode<E extends object>(element: NodeType<E>): ArrayNodeType<E, E[]> {
  return arrayNode(
    `${element.name}[]`,
    element.size,
    element.alignment,
    () => element.create(element.size),
    (node, visit) => {
      for (const item of node) element.referents(item, visit);
    },
  );
}

/**
 * The node type of an array of pointers or of values without identity.
 *
 * @param name IDL name of the array
 * @param elementSize octets of an element in C layout
 * @param alignment octets
 * @param createElement makes a zeroed element
 * @param referents visits the nodes that the elements point to
 */
export function arrayNode<E>(
  name: string,
  elementSize: number,
  alignment: number,
  createElement: () => E,
  referents: (node: readonly E[], visit: ReferentVisitor) => void = () => undefined,
): ArrayNodeType<E, E[]> {
  return {
    name,
    size: 0,
    alignment,
    elementSize,
    createElement,
    create(cBytes) {
      const node: E[] = [];
      for (let count = Math.floor(cBytes / elementSize); count > 0; count--) node.push(createElement());
      return node;
    },
    referents,
  };
}

function numberArrayNode<A extends NumberArray>(
  name: string,
  type: NumberArrayConstructor<A>,
): ArrayNodeType<never, A> {
  const elementSize = type.BYTES_PER_ELEMENT;
  return {
    name,
    size: 0,
    alignment: elementSize,
    elementSize,
    createElement: undefined,
    create: (cBytes) => new type(Math.floor(cBytes / elementSize)),
    view: (buffer, byteOffset, length) => new type(buffer, byteOffset, length),
    referents: () => undefined,
  };
}

/** Node types of the arrays that TypeScript has a typed array for. */
export const uint8ArrayNode = numberArrayNode("byte[]", Uint8Array);
export const int8ArrayNode = numberArrayNode("small[]", Int8Array);
export const uint16ArrayNode = numberArrayNode("unsigned short[]", Uint16Array);
export const int16ArrayNode = numberArrayNode("short[]", Int16Array);
export const uint32ArrayNode = numberArrayNode("unsigned long[]", Uint32Array);
export const int32ArrayNode = numberArrayNode("long[]", Int32Array);
export const uint64ArrayNode = numberArrayNode("unsigned hyper[]", BigUint64Array);
export const int64ArrayNode = numberArrayNode("hyper[]", BigInt64Array);
export const float32ArrayNode = numberArrayNode("float[]", Float32Array);
export const float64ArrayNode = numberArrayNode("double[]", Float64Array);
