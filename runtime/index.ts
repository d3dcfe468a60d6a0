/** The runtime of midl-ts for applications: bindings, servers, errors, memory. */
export type { CallOptions } from "./client/call-options.ts";
export { ContextHandle } from "./client/context-handle.ts";
export { RpcBinding } from "./client/rpc-binding.ts";
export { trackMemory } from "./memory/track-memory.ts";
export type { OrphanedNode, TrackedMemory, TrackedNode } from "./memory/track-memory.ts";
export type { NumberArray } from "./memory/array-node.ts";
export { allocateNode, freeReferents } from "./memory/free-referents.ts";
export { managedMemory } from "./memory/managed-memory.ts";
export type { MidlUserMemory } from "./memory/midl-user-memory.ts";
export type { ArrayNodeType, NodeType, ReferentVisitor } from "./memory/node-type.ts";
export type { Pointer } from "./memory/pointer-node.ts";
export { decodeUtf16, encodeUtf16 } from "./ndr/strings.ts";
export { RpcError } from "./rpc-error.ts";
export type { InterfaceDescription } from "./rpc/interface-description.ts";
export { RpcServer } from "./server/rpc-server.ts";
export type { ClientBinding, ServerCall, ServerStub } from "./server/server-stub.ts";
