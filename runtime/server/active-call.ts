import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import { memoryOfCall } from "../memory/rpc-ss/call-environment.ts";
import type { StubDataStream } from "../rpc/stub-data-stream.ts";
import type { CallContextHandles } from "./context-handle-table.ts";
import type { PipeExchange } from "./pipe-exchange.ts";
import type { ClientBinding, ServerCall, ServerOperation, ServerStub } from "./server-stub.ts";

/** What a request said, once it is whole; one with [in] pipes after its first fragment. */
export interface ReceivedRequest {
  readonly callId: number;
  readonly contextId: number;
  readonly opnum: number;
  readonly objectUuid: string | undefined;
  readonly littleEndian: boolean;
  readonly ndr64: boolean;
  /** The client wants no answer (C706 12.6.3.1, PFC_MAYBE). */
  readonly maybe: boolean;
  readonly stubData: Uint8Array;
  /** Where the stub data comes from instead, when there are [in] pipes. */
  readonly stream: StubDataStream | undefined;
  readonly stub: ServerStub;
  readonly operation: ServerOperation;
}

/** One call at work in a server. */
export class ActiveCall implements ServerCall {
  readonly request: ReceivedRequest;
  readonly binding: ClientBinding;
  readonly contextHandles: CallContextHandles;
  readonly memory: MidlUserMemory;
  /** The manager is done, and the response is on its way out. */
  responding = false;
  /** The transfer, when the operation has pipes. */
  exchange: PipeExchange | undefined;
  #controller: AbortController | undefined;
  #abortReason: Error | undefined;
  #orphaned = false;

  constructor(request: ReceivedRequest, binding: ClientBinding, contextHandles: CallContextHandles) {
    this.request = request;
    this.binding = binding;
    this.contextHandles = contextHandles;
    this.memory = memoryOfCall(request.operation, request.stub.memory);
  }

  get objectUuid(): string | undefined {
    return this.request.objectUuid;
  }

  get opnum(): number {
    return this.request.opnum;
  }

  get operation(): string {
    return this.request.operation.name;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#abortReason !== undefined) this.#controller.abort(this.#abortReason);
    }
    return this.#controller.signal;
  }

  /** Whether nobody waits for the response. */
  get orphaned(): boolean {
    return this.#orphaned || this.request.maybe;
  }

  /** Aborts `signal`; the manager decides what comes of it. */
  cancel(reason: Error): void {
    this.#abortReason ??= reason;
    this.#controller?.abort(reason);
    if (!this.responding) this.exchange?.fail(reason);
  }

  /** Aborts `signal`, and drops the response. */
  orphan(reason: Error): void {
    this.#orphaned = true;
    this.cancel(reason);
  }
}
