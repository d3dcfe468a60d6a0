import { statusOf } from "../memory/rpc-ss/rpc-sm.ts";
import { RpcError } from "../rpc-error.ts";
import { ContextHandle, isContextHandle } from "./context-handle.ts";

/**
 * Drops a context handle without contacting the server, for when the server cannot be reached: the handle becomes the null handle. The
 * server runs its state down when the last connection to it goes; while it can be reached, call the operation that closes the handle.
 *
 * Used as [in] afterwards, the handle is RPC_X_SS_IN_NULL_CONTEXT; as [in, out] it is sent as null.
 *
 * @throws RpcError RPC_X_SS_CONTEXT_MISMATCH for what is no context handle, and for one that is closed already
 * (Win32 "RpcSsDestroyClientContext"; C706 "rpc_sm_destroy_client_context")
 */
export function RpcSsDestroyClientContext(handle: ContextHandle): void {
  const given: unknown = handle;
  if (!isContextHandle(given) || !ContextHandle.destroy(given))
    throw new RpcError("RPC_X_SS_CONTEXT_MISMATCH", "RpcSsDestroyClientContext takes a context handle that is open");
}

/** The same. Returns RPC_S_OK or RPC_X_SS_CONTEXT_MISMATCH, and never throws. */
export function RpcSmDestroyClientContext(handle: ContextHandle): number {
  return statusOf(() => {
    RpcSsDestroyClientContext(handle);
  });
}

export {
  RpcSmDestroyClientContext as rpc_sm_destroy_client_context,
  RpcSsDestroyClientContext as rpc_ss_destroy_client_context,
};
