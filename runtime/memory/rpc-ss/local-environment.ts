import { identityOf } from "../linear-node.ts";
import { freesNothing } from "../managed-memory.ts";
import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { NodeType } from "../node-type.ts";
import { RpcSsEnvironment, environmentEnded, foreignNode, markedNode } from "./environment.ts";

interface Entry {
  readonly node: object;
  readonly cBytes: number;
  marked: boolean;
}

/** An environment that keeps its account in this thread, over any pair. */
export class LocalEnvironment extends RpcSsEnvironment {
  readonly #source: MidlUserMemory;
  readonly #held: boolean;
  readonly #entries = new Map<object, Entry>();
  #depth = 0;
  #ended = false;
  #allocations = 0;
  #markedCount = 0;
  #liveOctets = 0;

  /**
   * @param held whoever makes the environment ends it (a server stub, withRpcSs), and not the last `disable`
   * @param source gives out the storage of the nodes, and takes it back when the environment ends
   */
  constructor(held: boolean, source: MidlUserMemory) {
    super();
    this.#held = held;
    this.#source = source;
  }

  get copiesStubData(): boolean {
    return this.#source.copiesStubData ?? false;
  }

  get enabled(): boolean {
    return !this.#ended;
  }

  get liveCount(): number {
    return this.#entries.size - this.#markedCount;
  }

  get liveOctets(): number {
    return this.#liveOctets;
  }

  get markedCount(): number {
    return this.#markedCount;
  }

  get allocations(): number {
    return this.#allocations;
  }

  enable(): void {
    this.#depth++;
  }

  disable(): boolean {
    if (this.#depth === 0) return false;
    this.#depth--;
    if (this.#depth === 0 && !this.#held) this.end();
    return true;
  }

  midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
    if (this.#ended) throw environmentEnded();
    const node = this.#source.midl_user_allocate(cBytes, type);
    if (node === null) return null;
    this.#entries.set(identityOf(node), { node, cBytes, marked: false });
    this.#allocations++;
    this.#liveOctets += cBytes;
    return node;
  }

  midl_user_free(node: object): void {
    const entry = this.#entries.get(identityOf(node));
    if (entry === undefined) throw foreignNode();
    if (entry.marked) throw markedNode();
    entry.marked = true;
    this.#markedCount++;
    this.#liveOctets -= entry.cBytes;
  }

  holds(node: object): boolean {
    return this.#entries.has(identityOf(node));
  }

  releaseNodes(): void {
    const nodes = Array.from(this.#entries.values(), (entry) => entry.node);
    this.#entries.clear();
    this.#markedCount = 0;
    this.#liveOctets = 0;
    if (freesNothing(this.#source)) return;
    for (const node of nodes) this.#source.midl_user_free(node);
  }

  end(): void {
    this.#ended = true;
    this.releaseNodes();
  }
}
