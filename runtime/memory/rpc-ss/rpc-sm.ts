/** The routines of the RpcSm package: those of RpcSs, with a status in place of what they throw (Win32 rpcndr.h). They never throw. */
import { RpcError } from "../../rpc-error.ts";
import { RpcStatus } from "../../status.ts";
import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { NodeType } from "../node-type.ts";
import { clientFree } from "./client-free.ts";
import type { RpcSsThreadHandle } from "./environment.ts";
import {
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcSsSetThreadHandle,
  RpcSsSetClientAllocFree,
  RpcSsSwapClientAllocFree,
} from "./rpc-ss.ts";

/**
 * RpcSsEnableAllocate. RpcSmDisableAllocate takes it back.
 *
 * @returns RPC_S_OK, or RPC_S_INVALID_ARG
 */
export function RpcSmEnableAllocate(memory?: MidlUserMemory): number {
  return statusOf(() => RpcSsEnableAllocate(memory));
}

/** RpcSsDisableAllocate. Returns RPC_S_OK, or RPC_S_INVALID_ARG when there is nothing to take back. */
export function RpcSmDisableAllocate(): number {
  return statusOf(RpcSsDisableAllocate);
}

/**
 * RpcSsAllocate: the node is the environment's, which releases it.
 *
 * @returns the node, null when there is none; and RPC_S_OK, RPC_S_OUT_OF_MEMORY, or RPC_S_INVALID_ARG without an environment
 */
export function RpcSmAllocate<T extends object>(
  cBytes: number,
  type: NodeType<T>,
): { readonly node: T | null; readonly status: number } {
  let node: T | null = null;
  const status = statusOf(() => (node = RpcSsAllocate(cBytes, type)));
  return { node, status };
}

/** RpcSsFree. Returns RPC_S_OK, or RPC_S_INVALID_ARG for what the caller's environment did not give out or has marked already. */
export function RpcSmFree(node: object): number {
  return statusOf(() => {
    RpcSsFree(node);
  });
}

/**
 * Frees a node that a client stub returned by whatever served that call: the pair that RpcSmSetClientAllocFree had set, the environment (which
 * must be that of the caller), or the application's pair. For application's pairs it knows the calls of sensitive stubs and those made in
 * a logical thread; other calls leave no trace, and the application frees their nodes with its pair.
 *
 * @returns RPC_S_OK, or RPC_S_INVALID_ARG for a node that no such call returned or that was freed already
 */
export function RpcSmClientFree(node: object): number {
  return statusOf(() => {
    clientFree(node);
  });
}

/** RpcSsGetThreadHandle. The handle is null when nothing is enabled; the status is RPC_S_OK. */
export function RpcSmGetThreadHandle(): { readonly handle: RpcSsThreadHandle | null; readonly status: number } {
  return { handle: RpcSsGetThreadHandle(), status: RpcStatus.RPC_S_OK };
}

/** RpcSsSetThreadHandle. Returns RPC_S_OK, or RPC_S_INVALID_ARG for what is no handle of an enabled environment. */
export function RpcSmSetThreadHandle(handle: RpcSsThreadHandle | null): number {
  return statusOf(() => {
    RpcSsSetThreadHandle(handle);
  });
}

/** RpcSsSetClientAllocFree. Returns RPC_S_OK, or RPC_S_INVALID_ARG when `memory` is neither a pair nor null. */
export function RpcSmSetClientAllocFree(memory: MidlUserMemory | null): number {
  return statusOf(() => {
    RpcSsSetClientAllocFree(memory);
  });
}

/** RpcSsSwapClientAllocFree. Gives the previous pair, null when there was none; and RPC_S_OK or RPC_S_INVALID_ARG. */
export function RpcSmSwapClientAllocFree(memory: MidlUserMemory | null): {
  readonly previous: MidlUserMemory | null;
  readonly status: number;
} {
  let previous: MidlUserMemory | null = null;
  const status = statusOf(() => (previous = RpcSsSwapClientAllocFree(memory)));
  return { previous, status };
}

/** What a routine comes to: RPC_S_OK, the status of the RpcError that it throws, or RPC_S_INTERNAL_ERROR for anything else. */
export function statusOf(routine: () => unknown): number {
  try {
    routine();
    return RpcStatus.RPC_S_OK;
  } catch (error) {
    return error instanceof RpcError ? error.status : RpcStatus.RPC_S_INTERNAL_ERROR;
  }
}
