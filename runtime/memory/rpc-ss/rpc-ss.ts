/** The routines of the RpcSs package: what fails is thrown (MIDL "RpcSs Memory Management Package"; Win32 rpcndr.h). */
import { RpcError } from "../../rpc-error.ts";
import { allocateFromPair, isPair, type MidlUserMemory } from "../midl-user-memory.ts";
import type { NodeType } from "../node-type.ts";
import { RpcSsEnvironment, type RpcSsThreadHandle } from "./environment.ts";
import { logicalThreads } from "./logical-threads.ts";
import { makeEnvironment } from "./make-environment.ts";

/** What RpcSsEnableAllocate gives: disposing it is the RpcSsDisableAllocate that belongs to it, in whichever context that happens. */
export interface EnabledEnvironment extends Disposable {
  /** Of the environment that was enabled. */
  readonly handle: RpcSsThreadHandle;
}

/**
 * Establishes the stub memory-management environment in the caller's logical thread, or one level more of the one that is there. Each call
 * is paired with one RpcSsDisableAllocate, or with the end of the block in which `using environment = RpcSsEnableAllocate()` stands.
 *
 * In a manager routine and within {@link withRpcSs} it concerns that call alone. Elsewhere it is for straight-line code: of several branches
 * of a `Promise.all`, each uses withRpcSs, or they share what one of them enables.
 *
 * @param memory gives out the storage of the nodes, ordinary objects by default; without effect when an environment is there already
 * @throws RpcError RPC_S_INVALID_ARG when `memory` is no pair; RPC_S_OUT_OF_MEMORY, which Windows documents, does not occur
 */
export function RpcSsEnableAllocate(memory?: MidlUserMemory): EnabledEnvironment {
  if (memory !== undefined) requirePairArgument(memory, "RpcSsEnableAllocate");
  const thread = logicalThreads.enter();
  const environment = logicalThreads.environment ?? (thread.environment = makeEnvironment(false, memory));
  environment.enable();
  let isDue = true;
  return {
    handle: environment,
    [Symbol.dispose]() {
      if (!isDue) return;
      isDue = false;
      disable(environment);
    },
  };
}

/**
 * Takes back one RpcSsEnableAllocate. The last one releases every node that was allocated since the first RpcSsEnableAllocate, freed or not.
 *
 * @throws RpcError RPC_S_INVALID_ARG when there is none to take back: nothing is enabled, or only what a server stub or withRpcSs established
 */
export function RpcSsDisableAllocate(): void {
  disable(requireEnvironment("RpcSsDisableAllocate"));
}

/**
 * Takes a zeroed node from the environment of the caller's logical thread. It is released by the last RpcSsDisableAllocate, or when the call
 * is over whose server stub established the environment; until then RpcSsFree can mark it.
 *
 * @param cBytes octets of the node in C layout, a conformant tail included
 * @throws RpcError RPC_S_INVALID_ARG without an environment, RPC_S_OUT_OF_MEMORY when there is no storage
 */
export function RpcSsAllocate<T extends object>(cBytes: number, type: NodeType<T>): T {
  return allocateFromPair(requireEnvironment("RpcSsAllocate"), cBytes, type);
}

/**
 * Marks a node of the environment of the caller's logical thread, allocated by RpcSsAllocate or by a stub. Its storage is released with the
 * environment.
 *
 * @throws RpcError RPC_S_INVALID_ARG without an environment, for a node of another one, and for one that is marked already
 */
export function RpcSsFree(node: object): void {
  requireEnvironment("RpcSsFree").midl_user_free(node);
}

/** RpcSsAllocate and RpcSsFree as a pair: for `allocateNode` and `freeReferents`, which then work on the environment of their caller. */
export const rpcSsMemory: MidlUserMemory = {
  midl_user_allocate: RpcSsAllocate,
  midl_user_free: RpcSsFree,
};

/** The handle of the environment that is enabled in the caller's logical thread, null when there is none. */
export function RpcSsGetThreadHandle(): RpcSsThreadHandle | null {
  return logicalThreads.environment ?? null;
}

/**
 * Makes an environment that of the caller's logical thread: to share one between threads, and to restore what RpcSsGetThreadHandle saved. How
 * often it was enabled is the environment's matter and does not change. The handle of an environment over `sharedMemory` can be posted to
 * another thread of the process, which makes it a handle again with `threadHandleFrom`.
 *
 * @param handle null leaves the thread without an environment; the one that it had goes on
 * @throws RpcError RPC_S_INVALID_ARG for what is no handle, or that of an environment which has ended
 */
export function RpcSsSetThreadHandle(handle: RpcSsThreadHandle | null): void {
  if (handle !== null && !(handle instanceof RpcSsEnvironment && handle.enabled))
    throw new RpcError("RPC_S_INVALID_ARG", "RpcSsSetThreadHandle takes the handle of an environment that is enabled");
  logicalThreads.enter().environment = handle ?? undefined;
}

/**
 * Sets the pair that serves the calls of all client stubs in the caller's logical thread, in place of the application's and of the
 * environment's (the two functions of C are one pair here).
 *
 * @param memory null goes back to the default
 * @throws RpcError RPC_S_INVALID_ARG when it is neither
 */
export function RpcSsSetClientAllocFree(memory: MidlUserMemory | null): void {
  RpcSsSwapClientAllocFree(memory);
}

/**
 * The same, and returns what was set before: null when nothing was.
 *
 * @throws RpcError RPC_S_INVALID_ARG when `memory` is neither a pair nor null
 */
export function RpcSsSwapClientAllocFree(memory: MidlUserMemory | null): MidlUserMemory | null {
  if (memory !== null) requirePairArgument(memory, "RpcSsSwapClientAllocFree");
  const thread = logicalThreads.enter();
  const previous = thread.clientPair ?? null;
  thread.clientPair = memory ?? undefined;
  return previous;
}

function disable(environment: RpcSsEnvironment): void {
  if (!environment.disable())
    throw new RpcError(
      "RPC_S_INVALID_ARG",
      "RpcSsDisableAllocate without RpcSsEnableAllocate: each belongs to one of the other, and what a server stub or withRpcSs established ends by itself",
    );
}

function requireEnvironment(routine: string): RpcSsEnvironment {
  const { environment } = logicalThreads;
  if (environment === undefined)
    throw new RpcError(
      "RPC_S_INVALID_ARG",
      `${routine} needs an RpcSs environment: enable it first, with withRpcSs or RpcSsEnableAllocate, or compile the interface with [enable_allocate]`,
    );
  return environment;
}

function requirePairArgument(memory: unknown, routine: string): void {
  if (!isPair(memory))
    throw new RpcError(
      "RPC_S_INVALID_ARG",
      `${routine} takes a pair: an object with midl_user_allocate and midl_user_free`,
    );
}
