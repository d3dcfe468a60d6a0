import type { NodeType } from "./node-type.ts";
import { notePlaced } from "./placed-nodes.ts";

/** Where the nodes of a pointer go that are allocated together. */
export interface NodeBlock {
  place<T extends object>(type: NodeType<T>, cBytes: number): T;
}

/** Every object in a block begins at a multiple of this (MIDL "byte_count"). */
const BLOCK_ALIGNMENT = 8;

/** Finds out how large a block has to be: the nodes that it gives out are thrown away. */
export class MeasuredBlock implements NodeBlock {
  #octets = 0;

  /** Octets of all nodes, each rounded up to a multiple of 8. */
  get octets(): number {
    return this.#octets;
  }

  place<T extends object>(type: NodeType<T>, cBytes: number): T {
    this.#octets += roundUp(cBytes);
    return type.create(cBytes);
  }
}

/** A block that is taken from the pair with the first node, which is at its beginning; the others lie inside (M23). */
export class AllocatedBlock implements NodeBlock {
  readonly #octets: number;
  readonly #allocate: <T extends object>(type: NodeType<T>, cBytes: number) => T;
  #root: object | undefined;
  #used = 0;

  /**
   * @param octets size of the whole block
   * @param allocate takes the block from the pair: called once
   */
  constructor(octets: number, allocate: <T extends object>(type: NodeType<T>, cBytes: number) => T) {
    this.#octets = octets;
    this.#allocate = allocate;
  }

  place<T extends object>(type: NodeType<T>, cBytes: number): T {
    const offset = this.#used;
    this.#used += roundUp(cBytes);
    if (this.#root !== undefined) return notePlaced(type.place(this.#root, offset, cBytes));
    const root = this.#allocate(blockType(type, cBytes), this.#octets);
    this.#root = root;
    return root;
  }
}

/** The type of a block: its first node, with room behind it. */
function blockType<T extends object>(type: NodeType<T>, cBytes: number): NodeType<T> {
  return {
    name: type.name,
    size: cBytes,
    alignment: type.alignment,
    layout: type.layout,
    first: { type, cBytes },
    create: () => type.create(cBytes),
    at: (heap, address) => type.at(heap, address, cBytes),
    place: (block, offset) => type.place(block, offset, cBytes),
    releaseValues: (node) => {
      type.releaseValues(node);
    },
    referents: (node, visit, path, elements) => {
      type.referents(node, visit, path, elements);
    },
  };
}

function roundUp(octets: number): number {
  return Math.ceil(octets / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT;
}
