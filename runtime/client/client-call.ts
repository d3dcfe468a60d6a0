import { setMaxListeners } from "node:events";
import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { locateRpcError, RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import type { OutgoingStubData } from "../rpc/pdu-sender.ts";
import type { StubDataAssembler } from "../rpc/stub-data-assembler.ts";
import type { CallOptions, OperationDescription } from "./call-options.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { PipedCall } from "./piped-call.ts";

/** What a stub hands over for a call. */
export interface CallRequest<Response> {
  readonly interface: InterfaceDescription;
  /** To fall back on when the server has no transfer syntax of `interface`. */
  readonly otherwise?: InterfaceDescription | undefined;
  readonly operation: OperationDescription;
  readonly memory: MidlUserMemory;
  readonly objectUuid: string | undefined;
  readonly marshal: (writer: NdrWriter) => void;
  readonly unmarshal: (reader: NdrReader) => Response;
}

/** A call whose response type nobody needs to know. */
export type AnyClientCall = Pick<
  ClientCall<unknown>,
  | "settled"
  | "fail"
  | "succeed"
  | "interface"
  | "operation"
  | "memory"
  | "objectUuid"
  | "marshal"
  | "connection"
  | "outgoing"
  | "assembler"
  | "piped"
  | "fallBack"
>;

/** One call of a client, from the stub to its answer. It is settled once, whichever of answer, failure, abort and timeout comes first. */
export class ClientCall<Response> {
  interface: InterfaceDescription;
  readonly operation: OperationDescription;
  readonly memory: MidlUserMemory;
  readonly objectUuid: string | undefined;
  readonly marshal: (writer: NdrWriter) => void;
  /** Where the call was sent. */
  connection: ClientConnection | undefined;
  /** The request on its way out. */
  outgoing: OutgoingStubData | undefined;
  /** Fragments of the response, when it comes in several. */
  assembler: StubDataAssembler | undefined;
  /** The transfer, when the operation has pipes. */
  piped: PipedCall | undefined;
  #otherwise: InterfaceDescription | undefined;
  readonly #unmarshal: (reader: NdrReader) => Response;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (error: unknown) => void;
  #settled = false;
  #timer: NodeJS.Timeout | undefined;
  #signal: AbortSignal | undefined;
  #aborted: (() => void) | undefined;

  constructor(request: CallRequest<Response>, resolve: (response: Response) => void, reject: (error: unknown) => void) {
    this.interface = request.interface;
    this.#otherwise = request.otherwise;
    this.operation = request.operation;
    this.memory = request.memory;
    this.objectUuid = request.objectUuid;
    this.marshal = request.marshal;
    this.#unmarshal = request.unmarshal;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Lets a signal and a timeout end the call. Many calls may share a signal, which Node.js would otherwise warn of. */
  heed({ signal, timeout }: CallOptions): void {
    if (signal !== undefined) {
      const aborted = (): void => {
        this.#cancel(new RpcError("RPC_S_CALL_CANCELLED", "the call was aborted", { cause: signal.reason }));
      };
      if (signal.aborted) {
        aborted();
        return;
      }
      this.#signal = signal;
      this.#aborted = aborted;
      setMaxListeners(0, signal);
      signal.addEventListener("abort", aborted, { once: true });
    }
    if (timeout === undefined) return;
    this.#timer = setTimeout(() => {
      this.#cancel(new RpcError("RPC_S_TIMEOUT", `no answer within ${timeout} ms`));
    }, timeout);
  }

  /** Tries the interface with its other transfer syntaxes; false when there are none. */
  fallBack(): boolean {
    const otherwise = this.#otherwise;
    this.#otherwise = undefined;
    if (otherwise === undefined) return false;
    this.interface = otherwise;
    return true;
  }

  /** Unmarshals the answer. What the stub throws fails this call alone; what it had allocated goes back to the pair. */
  succeed(reader: NdrReader): void {
    if (this.#settled) return;
    try {
      const response = reader.settle(this.#unmarshal(reader));
      this.#settle();
      this.#resolve(response);
    } catch (error) {
      reader.abandon();
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    if (this.#settled) return;
    this.#settle();
    this.#reject(
      error instanceof RpcError
        ? locateRpcError(error, `${this.interface.name}.${this.operation.name}`, this.connection?.peer)
        : error,
    );
  }

  #cancel(error: RpcError): void {
    const { connection } = this;
    this.fail(error);
    connection?.cancel(this);
  }

  #settle(): void {
    this.#settled = true;
    this.piped?.stop();
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#aborted !== undefined) this.#signal?.removeEventListener("abort", this.#aborted);
  }
}
