import { identityOf } from "./linear-node.ts";
import { allocateFromPair } from "./midl-user-memory.ts";
import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeType, ReferentVisitor } from "./node-type.ts";

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
  const walk = new FreeWalk();
  walk.add(node, type);
  walk.free(memory);
}

/**
 * Takes a node from the pair and fills in what is given; everything else is zero, null or empty.
 *
 * @throws RpcError RPC_S_OUT_OF_MEMORY when the pair has no storage
 */
export function allocateNode<T extends object>(memory: MidlUserMemory, type: NodeType<T>, partial: Partial<T> = {}): T {
  return Object.assign(allocateFromPair(memory, type.size, type), partial);
}

/** Collects the roots of one call and frees what is reachable from them. */
export class FreeWalk {
  readonly #seen = new Set<object>();
  readonly #nodes: object[] = [];
  readonly #pending: (() => void)[] = [];
  readonly #skipped: ReadonlySet<object>;

  /** @param skipped nodes that are not from the pair: views of the received stub data (M19) */
  constructor(skipped: ReadonlySet<object> = new Set()) {
    this.#skipped = skipped;
  }

  /** Adds a node that was itself allocated, with everything behind it. */
  readonly add: ReferentVisitor = (node, type) => {
    if (node === null || node === undefined || this.#skipped.has(node)) return;
    const identity = identityOf(node);
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    this.#nodes.push(node);
    this.#pending.push(() => {
      type.referents(node, this.add);
    });
  };

  /** Hands every node found to `midl_user_free`; all are found before the first is freed. */
  free(memory: MidlUserMemory): void {
    for (let visit = this.#pending.pop(); visit !== undefined; visit = this.#pending.pop()) visit();
    for (const node of this.#nodes) memory.midl_user_free(node);
  }
}
