import type { CallPipe } from "./client-pipes.ts";
import type { RpcBinding } from "./rpc-binding.ts";

/** What a caller may say of one call. */
export interface CallOptions {
  /** Aborts the call: it fails at once with RPC_S_CALL_CANCELLED, the cause being the signal's reason; the server is told. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now, connecting included, after which the call fails with RPC_S_TIMEOUT; the server is told. None by default. */
  readonly timeout?: number | undefined;
  /** Calls this server instead of the client's: the place of an explicit handle_t parameter. */
  readonly binding?: RpcBinding | undefined;
  /** The object that the call is about, instead of that of the binding. */
  readonly objectUuid?: string | undefined;
}

/** What a generated client stub says of an operation. */
export interface OperationDescription {
  readonly opnum: number;
  /** The IDL name. */
  readonly name: string;
  /** May be executed more than once ([idempotent], C706 6.1.2). */
  readonly idempotent?: boolean | undefined;
  /** Has no answer ([maybe], C706 6.1.2). */
  readonly maybe?: boolean | undefined;
  /** Allocates from an RpcSs environment that the caller has enabled ([enable_allocate], /rpcss, /osf). */
  readonly sensitive?: boolean | undefined;
  /** The pipes of the call, in the order of the IDL. */
  readonly pipes?: readonly CallPipe[] | undefined;
}
