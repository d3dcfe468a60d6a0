/** Storage of arrays of several dimensions: arrays of rows, the innermost as an array of one dimension is. */
import { arrayNode } from "./array-node.ts";
import type { NumberArray } from "./array-node.ts";
import type { ArrayNodeType, NodeType, ReferentVisitor } from "./node-type.ts";
import type { Storage } from "./storage-layout.ts";

/** One dimension of an array and all that it holds. */
export interface ArrayLevel<A extends object> {
  readonly node: NodeType<A>;
  /** Octets in C layout of the whole level. */
  readonly octets: number;
  /** Arrays that it consists of, itself included. */
  readonly arrays: number;
  /** How it lies in the dimension that holds it. */
  readonly storage: Storage<never>;
  /**
   * Gives storage the lengths that came back.
   *
   * @returns false when an array of numbers is too short
   */
  fit(array: A): boolean;
}

/** The innermost dimension of an array of numbers. */
export function numberLevel<A extends NumberArray>(node: ArrayNodeType<never, A>, length: number): ArrayLevel<A> {
  return {
    node,
    octets: length * node.elementSize,
    arrays: 1,
    storage: ["numbers", node, length],
    fit: (array) => array.length >= length,
  };
}

/** The innermost dimension of another array. */
export function elementLevel<E>(node: ArrayNodeType<E, E[]>, length: number): ArrayLevel<E[]> {
  const element: Storage<never> = node.layout.kind === "array" ? node.layout.element() : ["null"];
  const { createElement } = node;
  return {
    node,
    octets: length * node.elementSize,
    arrays: 1,
    storage: ["elements", element, length, node.elementSize],
    fit(array) {
      if (array.length > length) array.length = length;
      while (createElement !== undefined && array.length < length) array.push(createElement());
      return true;
    },
  };
}

/** A dimension that holds others. */
export function rowsLevel<A extends object>(row: ArrayLevel<A>, length: number): ArrayLevel<A[]> {
  const create = (): A => row.node.create(row.octets);
  const referents = (each: A, visit: ReferentVisitor, path: string | undefined): void => {
    row.node.referents(each, visit, path);
  };
  const { alignment, layout } = row.node;
  const pointerSize = "pointerSize" in layout ? layout.pointerSize : undefined;
  return {
    node: arrayNode(`${row.node.name}[]`, row.octets, alignment, create, () => row.storage, referents, pointerSize),
    octets: length * row.octets,
    arrays: 1 + length * row.arrays,
    storage: ["elements", row.storage, length, row.octets],
    fit(array) {
      if (array.length > length) array.length = length;
      while (array.length < length) array.push(create());
      return array.every((each) => row.fit(each));
    },
  };
}
