import type { ConvertedVisitor } from "../conversions/conversion.ts";
import { linearNodeOf } from "./linear-node.ts";
import type { LinearHeap } from "./linear-node.ts";
import type { NodeType } from "./node-type.ts";
import type { NodeLayout, StructLayout, UnionLayout } from "./storage-layout.ts";

/** Octets of a pointer under /env win64. */
export const WIN64_POINTER = 8;

/** What is said of every node. */
export interface NodeDescription<T extends object> {
  /** IDL name. */
  readonly name: string;
  /** Octets in C layout, without a conformant tail. */
  readonly size: number;
  readonly alignment: number;
  readonly create: (cBytes: number) => T;
  /** Left out when the node has no pointers to nodes. */
  readonly referents?: NodeType<T>["referents"];
  /** Left out when the node has no conformant tail whose elements point to nodes. */
  readonly tailCount?: (node: T) => number;
  /** Left out when routines of the application convert nothing in the node. */
  readonly converted?: (node: T, visit: ConvertedVisitor) => void;
  /** Octets of a pointer: 8, or 4 under /env win32. */
  readonly pointerSize?: number;
}

/** What generated code says of a struct. */
export interface StructDescription<T extends object> extends NodeDescription<T> {
  readonly layout: () => StructLayout<T>;
}

/** What generated code says of a union. */
export interface UnionDescription<T extends object> extends NodeDescription<T> {
  readonly layout: () => UnionLayout;
}

/** The node type of a struct. */
export function structNode<T extends object>(description: StructDescription<T>): NodeType<T> {
  const { pointerSize = WIN64_POINTER, layout } = description;
  return new DescribedNode(description, { kind: "struct", pointerSize, members: layout });
}

/** The node type of a union. */
export function unionNode<T extends object>(description: UnionDescription<T>): NodeType<T> {
  const { pointerSize = WIN64_POINTER, layout } = description;
  return new DescribedNode(description, { kind: "union", pointerSize, union: layout });
}

/** A node type made of a description. */
export class DescribedNode<T extends object> implements NodeType<T> {
  readonly name: string;
  readonly size: number;
  readonly alignment: number;
  readonly create: (cBytes: number) => T;
  readonly referents: NodeType<T>["referents"];
  tailCount?(node: T): number;
  converted?(node: T, visit: ConvertedVisitor): void;
  readonly layout: NodeLayout;

  constructor(description: NodeDescription<T>, layout: NodeLayout) {
    this.name = description.name;
    this.size = description.size;
    this.alignment = description.alignment;
    this.create = description.create;
    this.referents = description.referents ?? noReferents;
    if (description.tailCount !== undefined) this.tailCount = description.tailCount;
    if (description.converted !== undefined) this.converted = description.converted;
    this.layout = layout;
  }

  at(heap: LinearHeap, address: number, cBytes: number): T {
    return heap.nodeAt(this, address, cBytes);
  }

  place(block: object, offset: number, cBytes: number): T {
    const linear = linearNodeOf(block);
    if (linear === undefined) return this.create(cBytes);
    if (offset < 0 || offset + cBytes > linear.room)
      throw new RangeError(
        `${this.name}: ${cBytes} octets at ${offset} do not lie inside a block of ${linear.room} octets`,
      );
    return linear.heap.nodeAt(this, linear.address + offset, cBytes, linear);
  }

  releaseValues(node: T): void {
    linearNodeOf(node)?.heap.releaseValues(node);
  }
}

/** Whether nodes of a type can point to others: most need no visit. */
export function hasReferents(type: Pick<NodeType<object>, "referents">): boolean {
  return type.referents !== noReferents;
}

function noReferents(): void {
  // Nothing that a node of this type holds is a node.
}
