import type { ConvertedVisitor } from "../conversions/conversion.ts";
import { DescribedNode, WIN64_POINTER, hasReferents } from "./described-node.ts";
import type { NodeDescription } from "./described-node.ts";
import { linearNodeOf } from "./linear-node.ts";
import type { ArrayNodeType, ElementRange, NodeType, ReferentVisitor } from "./node-type.ts";
import type { NodeLayout, Storage } from "./storage-layout.ts";

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
    () => ["embedded", element],
    hasReferents(element)
      ? (item, visit, path) => {
          element.referents(item, visit, path && `${path}.`);
        }
      : undefined,
    WIN64_POINTER,
    element.converted === undefined
      ? undefined
      : (node, visit) => {
          for (const item of node) element.converted?.(item, visit);
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
 * @param element how an element lies in storage
 * @param referents visits the nodes that one element points to; nothing when elements point to none
 * @param pointerSize octets of a pointer: 8, or 4 under /env win32
 * @param converted visits the objects in the elements that routines of the application convert, if there are any
 */
export function arrayNode<E>(
  name: string,
  elementSize: number,
  alignment: number,
  createElement: () => E,
  element: () => Storage<never>,
  referents?: (item: E, visit: ReferentVisitor, path: string | undefined) => void,
  pointerSize = WIN64_POINTER,
  converted?: (node: readonly E[], visit: ConvertedVisitor) => void,
): ArrayNodeType<E, E[]> {
  const create = (cBytes: number): E[] => {
    const node: E[] = [];
    for (let count = Math.floor(cBytes / elementSize); count > 0; count--) node.push(createElement());
    return node;
  };
  const description = {
    name,
    size: 0,
    alignment,
    create,
    ...(referents === undefined ? {} : { referents: ofElements(referents) }),
    ...(converted === undefined ? {} : { converted }),
  };
  return new ArrayNode(description, { kind: "array", pointerSize, element }, elementSize, createElement);
}

/** Visits the pointers of every element in a range. */
function ofElements<E>(
  referents: (item: E, visit: ReferentVisitor, path: string | undefined) => void,
): (node: E[], visit: ReferentVisitor, path?: string, elements?: ElementRange) => void {
  return (node, visit, path, { first, end } = { first: 0, end: node.length }) => {
    const look = (): void => {
      for (const [index, item] of node.slice(first, Math.min(end, node.length)).entries())
        referents(item, visit, path && `${path}[${first + index}]`);
    };
    const linear = end > node.length ? linearNodeOf(node) : undefined;
    if (linear === undefined) look();
    else linear.withCapacity(look);
  };
}

function numberArrayNode<A extends NumberArray>(
  name: string,
  type: NumberArrayConstructor<A>,
): ArrayNodeType<never, A> {
  const elementSize = type.BYTES_PER_ELEMENT;
  const description = {
    name,
    size: 0,
    alignment: elementSize,
    create: (cBytes: number) => new type(Math.floor(cBytes / elementSize)),
  };
  const view = (buffer: ArrayBufferLike, byteOffset: number, length: number): A => new type(buffer, byteOffset, length);
  return new ArrayNode<never, A>(description, { kind: "numbers" }, elementSize, undefined, view);
}

class ArrayNode<E, A extends object> extends DescribedNode<A> implements ArrayNodeType<E, A> {
  readonly elementSize: number;
  readonly createElement: (() => E) | undefined;
  readonly view: ((buffer: ArrayBufferLike, byteOffset: number, length: number) => A) | undefined;

  constructor(
    description: NodeDescription<A>,
    layout: NodeLayout,
    elementSize: number,
    createElement: (() => E) | undefined,
    view?: (buffer: ArrayBufferLike, byteOffset: number, length: number) => A,
  ) {
    super(description, layout);
    this.elementSize = elementSize;
    this.createElement = createElement;
    this.view = view;
  }
}

/** Node types of the arrays that TypeScript has a typed array for: what an application takes such an array from its pair with (M4). */
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
