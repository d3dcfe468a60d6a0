import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeType } from "./node-type.ts";
import { notePlaced } from "./placed-nodes.ts";
import { roundUp, valueOctets } from "./value-octets.ts";

/** Where the nodes of a pointer go that are allocated together. */
export interface NodeBlock {
  place<T extends object>(type: NodeType<T>, cBytes: number): T;
  /** What routines of the application allocate from when their objects lie here; the pair of the call when it is absent. */
  readonly memory?: MidlUserMemory;
  /** Present while sizes are found: routines of the application are called later. Returns true. */
  postpone?(): boolean;
}

/** Finds out how large a block has to be: the nodes that it gives out are thrown away. */
export class MeasuredBlock implements NodeBlock {
  #octets = 0;
  #hasPostponed = false;
  readonly #values: (() => number)[] = [];

  /** Octets of all nodes, each rounded up to a multiple of 8. */
  get octets(): number {
    return this.#octets;
  }

  /** Octets of what the nodes hold by value and C behind pointers, now that they are filled. */
  get valueOctets(): number {
    return this.#values.reduce((octets, measure) => octets + measure(), 0);
  }

  /** Something was left out for routines of the application, which are to be called once. */
  get hasPostponed(): boolean {
    return this.#hasPostponed;
  }

  postpone(): boolean {
    return (this.#hasPostponed = true);
  }

  place<T extends object>(type: NodeType<T>, cBytes: number): T {
    this.#octets += roundUp(cBytes);
    const node = type.create(cBytes);
    if (type.layout.kind !== "numbers") this.#values.push(() => valueOctets(type, node));
    return node;
  }
}

/**
 * A block that is taken from the pair with the first node, which is at its beginning; the others lie inside, and behind them what they
 * hold by value (M23).
 */
export class AllocatedBlock implements NodeBlock {
  readonly #octets: number;
  readonly #valueOctets: number;
  readonly #allocate: <T extends object>(type: NodeType<T>, cBytes: number) => T;
  #root: object | undefined;
  #used = 0;

  /**
   * @param octets of all nodes
   * @param valueOctets of what lies behind them
   * @param allocate takes the block from the pair: called once
   */
  constructor(
    octets: number,
    valueOctets: number,
    allocate: <T extends object>(type: NodeType<T>, cBytes: number) => T,
  ) {
    this.#octets = octets;
    this.#valueOctets = valueOctets;
    this.#allocate = allocate;
  }

  place<T extends object>(type: NodeType<T>, cBytes: number): T {
    const offset = this.#used;
    this.#used += roundUp(cBytes);
    if (this.#root !== undefined) return notePlaced(type.place(this.#root, offset, cBytes));
    const root = this.#allocate(blockType(type, cBytes, this.#octets), this.#octets + this.#valueOctets);
    this.#root = root;
    return root;
  }
}

/** The type of a block: its first node, with room behind it. */
function blockType<T extends object>(type: NodeType<T>, cBytes: number, valuesAt: number): NodeType<T> {
  return {
    name: type.name,
    size: cBytes,
    alignment: type.alignment,
    layout: type.layout,
    first: { type, cBytes, valuesAt },
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
