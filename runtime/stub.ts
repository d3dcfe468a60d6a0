/**
 * What generated stubs import. Applications import `@midl-ts/runtime`; the names here change with the contract between generator and
 * runtime, whose version `requireStubContract` checks when a stub loads.
 */
export { ClientStub } from "./client/client-stub.ts";
export type { CallOptions } from "./client/call-options.ts";
export type { ContextHandle } from "./client/context-handle.ts";
export type { RpcBinding } from "./client/rpc-binding.ts";
export { applicationConversions } from "./conversions/application-conversions.ts";
export type { ApplicationConversions } from "./conversions/application-conversions.ts";
export type {
  FillingTransmit,
  FillingUserMarshal,
  MakingTransmit,
  MakingUserMarshal,
} from "./conversions/conversion.ts";
export { convertedNode, unsetLocal } from "./conversions/converted-node.ts";
export { fillPresented, freeTransmitted, makePresented, toTransmitted } from "./conversions/transmitted.ts";
export {
  USER_MARSHAL_FLAGS,
  appendUser,
  fillUser,
  makeUser,
  marshalUser,
  sizeUser,
  takeUser,
  takeUserInto,
} from "./conversions/user-marshal.ts";
export {
  arrayNode,
  float32ArrayNode,
  float64ArrayNode,
  int16ArrayNode,
  int32ArrayNode,
  int64ArrayNode,
  int8ArrayNode,
  structArrayNode,
  uint16ArrayNode,
  uint32ArrayNode,
  uint64ArrayNode,
  uint8ArrayNode,
} from "./memory/array-node.ts";
export { elementLevel, numberLevel, rowsLevel } from "./memory/array-levels.ts";
export { structNode, unionNode } from "./memory/described-node.ts";
export { managedMemory } from "./memory/managed-memory.ts";
export { requirePair } from "./memory/midl-user-memory.ts";
export type { MidlUserMemory } from "./memory/midl-user-memory.ts";
export type { ArrayNodeType, NodeType, ReferentVisitor } from "./memory/node-type.ts";
export { pointerNode } from "./memory/pointer-node.ts";
export type { Pointer } from "./memory/pointer-node.ts";
export { midl_user_allocate } from "./ndr/allocate.ts";
export {
  agreeLength,
  countOf,
  discriminantOf,
  elementsOf,
  existingArray,
  sizeElements,
  skipElements,
  stringCountOf,
} from "./ndr/arrays.ts";
export {
  allocateContextHandles,
  contextHandleArrayNode,
  marshalContextHandleArray,
  unmarshalContextHandleArray,
} from "./ndr/context-handle-arrays.ts";
export {
  marshalContextHandle,
  marshalLiveContextHandle,
  unmarshalContextHandle,
  unmarshalLiveContextHandle,
} from "./ndr/context-handles.ts";
export { marshalObjectReference, unmarshalObjectReference } from "./ndr/object-references.ts";
export { setArm, unmarshalBox, unsetReference } from "./ndr/nodes.ts";
export {
  appendFixedNumbers,
  appendVaryingNumbers,
  marshalFixedNumbers,
  marshalNumberArray,
  marshalNumbers,
  marshalVaryingNumberArray,
  unmarshalFixedNumberArray,
  unmarshalFixedVaryingNumberArray,
  unmarshalNumberArray,
  unmarshalNumbers,
  unmarshalOwnNumberArray,
  unmarshalVaryingNumberArray,
} from "./ndr/number-arrays.ts";
export {
  agreeCounts,
  appendMaximumCounts,
  appendRuns,
  elementCount,
  lengthOf,
  marshalNumberRow,
  marshalRuns,
  rowsToSend,
  runOf,
  runsAt,
  sentRows,
  sizeRowElements,
  sizeRows,
  skipRowElements,
  skipRows,
  storageOfRows,
  storedElements,
  takeMaximumCounts,
  takeRuns,
  wholeRuns,
} from "./ndr/multidimensional-arrays.ts";
export type { ExpectedRun, Runs } from "./ndr/multidimensional-arrays.ts";
export { FullPointerTable, takeFullPointer, unmarshalFullPointer } from "./ndr/full-pointers.ts";
export { byteCountBuffer } from "./memory/byte-count.ts";
export type { ByteCountBuffer } from "./memory/byte-count.ts";
export { allNodes, bufferStorage, inBuffer, inOwnStorage } from "./ndr/storage.ts";
export { NdrBufferPool } from "./ndr/buffer-pool.ts";
export { NdrReader } from "./ndr/reader.ts";
export type { NdrReaderOptions } from "./ndr/reader.ts";
export {
  appendVaryingString,
  marshalString,
  marshalVaryingString,
  sizeVaryingString,
  skipVaryingString,
  takeVaryingString,
  unmarshalString,
  unmarshalVaryingString,
} from "./ndr/strings.ts";
export { requireTerminator, terminatedLength } from "./ndr/structure-strings.ts";
export {
  appendVariance,
  marshalVariance,
  sizeVaryingArray,
  sizeVaryingElements,
  skipVaryingArray,
  skipVaryingElements,
  takeVariance,
  varyingLength,
  varyingRun,
} from "./ndr/variance.ts";
export { pullPipe, pushPipe } from "./client/client-pipes.ts";
export type { ClientPipe, PipeSink, PipeSource, ServerPipe } from "./pipes/pipe.ts";
export { elementPipe, numberPipe } from "./pipes/pipe-type.ts";
export type { PipeType } from "./pipes/pipe-type.ts";
export { pipedOperation } from "./server/piped-operation.ts";
export { NdrWriter } from "./ndr/writer.ts";
export type { NdrWriterOptions } from "./ndr/writer.ts";
export type { ContextHandleTable, WireContextHandle } from "./ndr/context-handle-table.ts";
export type { InterfaceDescription } from "./rpc/interface-description.ts";
export { managerOperation, rundownRoutine, rundownTable } from "./server/manager-operation.ts";
export type { ServerCall, ServerStub } from "./server/server-stub.ts";
export { requireStubContract } from "./stub-contract.ts";
export { MesEncodeIncrementalHandleCreate } from "./serialization/mes-handle.ts";
export type { MesDecodeHandle, MesEncodeHandle } from "./serialization/mes-handle.ts";
