/** The package under the names of DCE (C706 chapter 3, "rpc_sm_allocate" and its kin; OSF DCE "rpc_ss_allocate" and its kin). */
export {
  RpcSsAllocate as rpc_ss_allocate,
  RpcSsDisableAllocate as rpc_ss_disable_allocate,
  RpcSsEnableAllocate as rpc_ss_enable_allocate,
  RpcSsFree as rpc_ss_free,
  RpcSsGetThreadHandle as rpc_ss_get_thread_handle,
  RpcSsSetClientAllocFree as rpc_ss_set_client_alloc_free,
  RpcSsSetThreadHandle as rpc_ss_set_thread_handle,
  RpcSsSwapClientAllocFree as rpc_ss_swap_client_alloc_free,
} from "./rpc-ss.ts";
export { clientFree as rpc_ss_client_free } from "./client-free.ts";
export {
  RpcSmAllocate as rpc_sm_allocate,
  RpcSmClientFree as rpc_sm_client_free,
  RpcSmDisableAllocate as rpc_sm_disable_allocate,
  RpcSmEnableAllocate as rpc_sm_enable_allocate,
  RpcSmFree as rpc_sm_free,
  RpcSmGetThreadHandle as rpc_sm_get_thread_handle,
  RpcSmSetClientAllocFree as rpc_sm_set_client_alloc_free,
  RpcSmSetThreadHandle as rpc_sm_set_thread_handle,
  RpcSmSwapClientAllocFree as rpc_sm_swap_client_alloc_free,
} from "./rpc-sm.ts";
