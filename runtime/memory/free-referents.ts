import { hasReferents } from "./described-node.ts";
import { identityOf } from "./linear-node.ts";
import { allocateFromPair } from "./midl-user-memory.ts";
import type { MidlUserMemory } from "./midl-user-memory.ts";
import { pathInside } from "./node-type.ts";
import type { NodeType, ReferentVisitor } from "./node-type.ts";
import { isPlaced } from "./placed-nodes.ts";

/**
 * Frees a node and every node that it owns, each object once, however many pointers refer to it. The order is that of the
 * declaration, a node before what it points to; nothing recurses, so a list may have any length.
 *
 * @param node null and undefined are nothing to free
 */
export function freeReferents<T extends object>(
  type: NodeType<T>,
  node: T | null | undefined,
  memory: MidlUserMemory,
): void {
  const walk = new FreeWalk(memory);
  walk.add(node, type);
  walk.free();
}

/**
 * Takes a node from the pair and fills in what is given; everything else is zero, null or empty.
 *
 * @throws RpcError RPC_S_OUT_OF_MEMORY when the pair has no storage
 */
export function allocateNode<T extends object>(memory: MidlUserMemory, type: NodeType<T>, partial: Partial<T> = {}): T {
  return Object.assign(allocateFromPair(memory, type.size, type), partial);
}

export interface FreeWalkOptions {
  /** Nodes that are not from the pair: views of the received stub data (M19). */
  readonly skipped?: ReadonlySet<object> | undefined;
  /** As a server stub does it: array elements that the size does not count stay, and what [allocate(dont_free)] keeps (M20, M24). */
  readonly isServerStub?: boolean | undefined;
}

interface FoundPointer {
  readonly node: object;
  readonly path: string;
}

/** Collects the roots of one call and frees what is reachable from them. */
export class FreeWalk {
  readonly #memory: MidlUserMemory;
  readonly #skipped: ReadonlySet<object> | undefined;
  readonly #isServerStub: boolean;
  readonly #seen = new Set<object>();
  readonly #nodes: object[] = [];
  readonly #pending: (() => void)[] = [];
  readonly #uncounted: FoundPointer[] = [];

  constructor(memory: MidlUserMemory, { skipped, isServerStub = false }: FreeWalkOptions = {}) {
    this.#memory = memory;
    this.#skipped = skipped;
    this.#isServerStub = isServerStub;
  }

  /** Adds a node that was itself allocated, with everything behind it. */
  readonly add: ReferentVisitor = (node, type, path, count, isRetained) => {
    if (node === null || node === undefined || this.#skipped?.has(node) === true) return;
    if (isRetained === true && this.#isServerStub) return;
    const identity = identityOf(node);
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    this.#nodes.push(node);
    if (!hasReferents(type)) return;
    this.#pending.push(() => {
      this.#follow(node, type, path, this.#isServerStub ? (count ?? type.tailCount?.(node)) : undefined);
    });
  };

  /** Hands every node found to `midl_user_free`; all are found before the first is freed. */
  free(): void {
    for (let visit = this.#pending.pop(); visit !== undefined; visit = this.#pending.pop()) visit();
    for (const { node, path } of this.#uncounted)
      if (!this.#seen.has(identityOf(node))) this.#memory.midl_user_orphaned?.(node, path);
    for (const node of this.#nodes) if (!isPlaced(node)) this.#memory.midl_user_free(node);
  }

  /** Visits what a node points to; in an array, and in a conformant tail, the elements that the size counts. */
  #follow<T extends object>(node: T, type: NodeType<T>, path: string | undefined, count: number | undefined): void {
    const inside =
      path === undefined || this.#memory.midl_user_orphaned === undefined ? undefined : pathInside(type, path);
    if (count === undefined) {
      type.referents(node, this.add, inside);
      return;
    }
    type.referents(node, this.add, inside, { first: 0, end: count });
    if (inside !== undefined) type.referents(node, this.#leave, inside, { first: count, end: Infinity });
  }

  readonly #leave: ReferentVisitor = (node, _type, path, _count, isRetained) => {
    if (node === null || node === undefined || isRetained === true || this.#skipped?.has(node) === true) return;
    this.#uncounted.push({ node, path: path ?? "" });
  };
}
