/** The RpcSs package for applications, but for the routines of context handles (client/destroy-client-context.ts). */
export type { RpcSsThreadHandle } from "./environment.ts";
export * from "./dce-names.ts";
export {
  RpcSmAllocate,
  RpcSmClientFree,
  RpcSmDisableAllocate,
  RpcSmEnableAllocate,
  RpcSmFree,
  RpcSmGetThreadHandle,
  RpcSmSetClientAllocFree,
  RpcSmSetThreadHandle,
  RpcSmSwapClientAllocFree,
} from "./rpc-sm.ts";
export {
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcSsSetClientAllocFree,
  RpcSsSetThreadHandle,
  RpcSsSwapClientAllocFree,
  rpcSsMemory,
} from "./rpc-ss.ts";
export type { EnabledEnvironment } from "./rpc-ss.ts";
export { withRpcSs } from "./with-rpc-ss.ts";
