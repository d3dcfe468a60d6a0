/** The runtime of midl-ts for applications: bindings, servers, errors, memory. */
export type { CallOptions } from "./client/call-options.ts";
export { ContextHandle } from "./client/context-handle.ts";
export {
  RpcSmDestroyClientContext,
  RpcSsDestroyClientContext,
  rpc_sm_destroy_client_context,
  rpc_ss_destroy_client_context,
} from "./client/destroy-client-context.ts";
export { RpcBinding } from "./client/rpc-binding.ts";
export type { RpcBindingOptions } from "./client/rpc-binding.ts";
export { formatStringBinding, parseStringBinding } from "./client/string-binding.ts";
export type { StringBinding } from "./client/string-binding.ts";
export {
  float32ArrayNode,
  float64ArrayNode,
  int16ArrayNode,
  int32ArrayNode,
  int64ArrayNode,
  int8ArrayNode,
  uint16ArrayNode,
  uint32ArrayNode,
  uint64ArrayNode,
  uint8ArrayNode,
} from "./memory/array-node.ts";
export type { NumberArray } from "./memory/array-node.ts";
export { allocateNode, freeReferents } from "./memory/free-referents.ts";
export { linearMemory } from "./memory/linear-memory.ts";
export type { LinearMemory, LinearMemoryOptions } from "./memory/linear-memory.ts";
export { sharedMemory } from "./memory/shared/shared-memory.ts";
export type { SharedMemory } from "./memory/shared/shared-memory.ts";
export { threadHandleFrom } from "./memory/shared/thread-handle.ts";
export type { LinearHeap } from "./memory/linear-node.ts";
export { byteCountMemory } from "./memory/byte-count.ts";
export type { ByteCountAddress, ByteCountBuffer } from "./memory/byte-count.ts";
export { managedMemory } from "./memory/managed-memory.ts";
export type { MidlUserMemory } from "./memory/midl-user-memory.ts";
export type { ArrayNodeType, NodeType, ReferentVisitor } from "./memory/node-type.ts";
export type { Pointer } from "./memory/pointer-node.ts";
export type {
  ArmLayout,
  Correlation,
  NodeLayout,
  ScalarStorage,
  Storage,
  UnionLayout,
} from "./memory/storage-layout.ts";
export * from "./memory/rpc-ss/index.ts";
export { pooledMemory } from "./memory/pooled-memory.ts";
export type { PooledMemoryOptions } from "./memory/pooled-memory.ts";
export { trackMemory } from "./memory/track-memory.ts";
export type { OrphanedNode, TrackedMemory, TrackedNode } from "./memory/track-memory.ts";
export type { NdrReader } from "./ndr/reader.ts";
export { decodeUtf16, encodeUtf16 } from "./ndr/strings.ts";
export type { NdrWriter } from "./ndr/writer.ts";
export type { ClientPipe, PipeSink, PipeSource, ServerPipe } from "./pipes/pipe.ts";
export { RpcError } from "./rpc-error.ts";
export type { RpcErrorDetails } from "./rpc-error.ts";
export type { InterfaceDescription } from "./rpc/interface-description.ts";
export { DEFAULT_CLIENT_LIMITS, DEFAULT_SERVER_LIMITS } from "./rpc/limits.ts";
export type { RpcLimits } from "./rpc/limits.ts";
export type { RegisterOptions } from "./server/interface-registry.ts";
export { RpcServer } from "./server/rpc-server.ts";
export type { CloseOptions, RpcServerOptions } from "./server/rpc-server.ts";
export type { ServerErrorPlace, ServerErrorReport } from "./server/server-error.ts";
export type { ClientBinding, ServerCall, ServerOperation, ServerStub } from "./server/server-stub.ts";
export { FaultStatus, RpcStatus, nameOfStatus } from "./status.ts";
export type { FaultStatusName, RpcStatusName } from "./status.ts";
export { MemoryTransport } from "./transport/memory-transport.ts";
export { tcpTransport } from "./transport/tcp-transport.ts";
export type { Transport, TransportConnection, TransportEvents, TransportListener } from "./transport/transport.ts";
export {
  MesDecodeBufferHandleCreate,
  MesDecodeIncrementalHandleCreate,
  MesEncodeDynBufferHandleCreate,
  MesEncodeFixedBufferHandleCreate,
  MesEncodeIncrementalHandleCreate,
  MesInqProcEncodingId,
} from "./serialization/mes-handle.ts";
export type {
  EncodingIdentity,
  MesDecodeHandle,
  MesEncodeHandle,
  MesEncodeOptions,
  MesRead,
  MesWrite,
} from "./serialization/mes-handle.ts";
