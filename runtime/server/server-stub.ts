import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import type { PipeExchange, RequestLimit } from "./pipe-exchange.ts";

/** What a generated NAME_s.ts hands to RpcServer.register: an interface, its manager routines behind stubs, and the pair. */
export interface ServerStub {
  readonly interface: InterfaceDescription;
  readonly memory: MidlUserMemory;
  /** By opnum; a hole is an operation that is not remote, and a call of it faults with nca_op_rng_error. */
  readonly operations: readonly (ServerOperation | undefined)[];
  /** Called with the state object of each live context handle when the last connection of its association group goes (C706 5.1.6). */
  rundown?(type: string, state: object): void | Promise<void>;
}

/** The server stub of one operation. */
export interface ServerOperation {
  readonly name: string;
  /** The call has an RpcSs environment of its own, in place of the pair ([enable_allocate], /rpcss, /osf). */
  readonly enableAllocate?: boolean | undefined;
  /**
   * Unmarshals the request, calls the manager routine, marshals the response, frees. What it throws becomes a fault: the status of an RpcError;
   * of anything else nothing is revealed.
   */
  execute(call: ServerCall, request: NdrReader, response: NdrWriter): void | Promise<void>;
  /** Does the same for an operation with pipes, while stub data comes and goes. */
  readonly transfer?: ((call: ServerCall, exchange: PipeExchange, limit: RequestLimit) => Promise<void>) | undefined;
  /** The request has [in] pipes: it is executed before it is whole. */
  readonly pulls?: boolean | undefined;
}

/** What a manager routine knows about the call that it serves. */
export interface ServerCall {
  /** Aborted when the client cancels or orphans the call, when its connection goes, and when the server closes without waiting. */
  readonly signal: AbortSignal;
  readonly binding: ClientBinding;
  /** The object UUID of the request, lower-case, if it has one. */
  readonly objectUuid: string | undefined;
  /** The application's pair, or the RpcSs environment of the call where its stub establishes one. */
  readonly memory: MidlUserMemory;
  readonly opnum: number;
  /** The IDL name of the operation. */
  readonly operation: string;
}

/** The server's side of a binding: where a call came from (C706 2.3.3.1). */
export interface ClientBinding {
  readonly protocolSequence: string;
  /** The network address of the client, with its port where there is one; "" when the transport has none. */
  readonly peer: string;
  /** Names the association group of the client on this server. */
  readonly associationGroupId: number;
}
