import { RpcError } from "../../rpc-error.ts";
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

/**
 * A stub memory-management environment (MIDL "RpcSs Memory Management Package", C706 "rpc_sm_enable_allocate"): all nodes allocated since it
 * was established are released together when it ends. It is a pair, so that stubs allocate from it as from any other.
 */
export abstract class RpcSsEnvironment implements MidlUserMemory, RpcSsThreadHandle {
  abstract readonly copiesStubData: boolean;
  abstract readonly enabled: boolean;
  abstract readonly liveCount: number;
  abstract readonly liveOctets: number;
  abstract readonly markedCount: number;
  abstract readonly allocations: number;

  /** Establishes it once more: one `disable` more is due. */
  abstract enable(): void;

  /**
   * Takes back one `enable`; the last one ends an environment that nobody holds.
   *
   * @returns false when there is none to take back
   */
  abstract disable(): boolean;

  /** @throws RpcError RPC_S_INVALID_ARG when the environment has ended */
  abstract midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null;

  /**
   * Marks a node: the storage itself is released when the environment ends (MIDL "RpcSmFree").
   *
   * @throws RpcError RPC_S_INVALID_ARG for a node that is marked already, or that the environment did not give out
   */
  abstract midl_user_free(node: object): void;

  /** Whether the environment gave out a node and still holds it, marked or not. */
  abstract holds(node: object): boolean;

  /** Releases every node and goes on. */
  abstract releaseNodes(): void;

  /** Releases every node; nothing can be allocated from now on. */
  abstract end(): void;
}

/** A pair that makes environments of its own: shared memory, whose environments other threads can use. */
export interface EnvironmentSource extends MidlUserMemory {
  environment(isHeld: boolean): RpcSsEnvironment;
}

/** The error for allocating in an environment that has ended. */
export function environmentEnded(): RpcError {
  return new RpcError("RPC_S_INVALID_ARG", "the RpcSs environment has ended: what it gave out is gone");
}

/** The error for freeing what an environment did not give out. */
export function foreignNode(): RpcError {
  return new RpcError(
    "RPC_S_INVALID_ARG",
    "the node is not of this RpcSs environment: free it where it was allocated, or set that environment's handle (RpcSsSetThreadHandle)",
  );
}

/** The error for freeing a node twice. */
export function markedNode(): RpcError {
  return new RpcError("RPC_S_INVALID_ARG", "the node was freed already");
}
