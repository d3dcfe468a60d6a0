import { RpcError } from "../../rpc-error.ts";
import { identityOf } from "../linear-node.ts";
import { freesNothing, managedMemory } from "../managed-memory.ts";
import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { NodeType } from "../node-type.ts";

/**
 * A handle of a stub memory-management environment: what RpcSsGetThreadHandle gives and RpcSsSetThreadHandle takes (the C type
 * RPC_SS_THREAD_HANDLE). It says what the environment holds, for tests and for the curious; the numbers go on being true after it has ended.
 */
export interface RpcSsThreadHandle {
  /** Whether nodes can be allocated: RpcSsEnableAllocate was called oftener than RpcSsDisableAllocate. */
  readonly enabled: boolean;
  /** Nodes that are neither marked by RpcSsFree nor released. */
  readonly liveCount: number;
  /** Octets of those nodes in C layout. */
  readonly liveOctets: number;
  /** Nodes that RpcSsFree has marked and the last RpcSsDisableAllocate will release. */
  readonly markedCount: number;
  /** Nodes given out since the environment was established. */
  readonly allocations: number;
}

interface Entry {
  readonly node: object;
  readonly cBytes: number;
  marked: boolean;
}

/**
 * A stub memory-management environment (MIDL "RpcSs Memory Management Package", C706 "rpc_sm_enable_allocate"): all nodes allocated since it
 * was established are released together when it ends. It is a pair, so that stubs allocate from it as from any other.
 */
export class RpcSsEnvironment implements MidlUserMemory, RpcSsThreadHandle {
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
   * @param source gives out the storage of the nodes, and takes it back when the environment ends; ordinary objects by default
   */
  constructor(held: boolean, source: MidlUserMemory = managedMemory()) {
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

  /** Establishes it once more: one `disable` more is due. */
  enable(): void {
    this.#depth++;
  }

  /**
   * Takes back one `enable`; the last one ends an environment that nobody holds.
   *
   * @returns false when there is none to take back
   */
  disable(): boolean {
    if (this.#depth === 0) return false;
    this.#depth--;
    if (this.#depth === 0 && !this.#held) this.end();
    return true;
  }

  /** @throws RpcError RPC_S_INVALID_ARG when the environment has ended */
  midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
    if (this.#ended)
      throw new RpcError("RPC_S_INVALID_ARG", "the RpcSs environment has ended: what it gave out is gone");
    const node = this.#source.midl_user_allocate(cBytes, type);
    if (node === null) return null;
    this.#entries.set(identityOf(node), { node, cBytes, marked: false });
    this.#allocations++;
    this.#liveOctets += cBytes;
    return node;
  }

  /**
   * Marks a node: the storage itself is released when the environment ends (MIDL "RpcSmFree").
   *
   * @throws RpcError RPC_S_INVALID_ARG for a node that is marked already, or that the environment did not give out
   */
  midl_user_free(node: object): void {
    const entry = this.#entries.get(identityOf(node));
    if (entry === undefined)
      throw new RpcError(
        "RPC_S_INVALID_ARG",
        "the node is not of this RpcSs environment: free it where it was allocated, or set that environment's handle (RpcSsSetThreadHandle)",
      );
    if (entry.marked) throw new RpcError("RPC_S_INVALID_ARG", "the node was freed already");
    entry.marked = true;
    this.#markedCount++;
    this.#liveOctets -= entry.cBytes;
  }

  /** Whether the environment gave out a node and still holds it, marked or not. */
  holds(node: object): boolean {
    return this.#entries.has(identityOf(node));
  }

  /** Releases every node and goes on. */
  releaseNodes(): void {
    const nodes = Array.from(this.#entries.values(), (entry) => entry.node);
    this.#entries.clear();
    this.#markedCount = 0;
    this.#liveOctets = 0;
    if (freesNothing(this.#source)) return;
    for (const node of nodes) this.#source.midl_user_free(node);
  }

  /** Releases every node; nothing can be allocated from now on. */
  end(): void {
    this.#ended = true;
    this.releaseNodes();
  }
}
