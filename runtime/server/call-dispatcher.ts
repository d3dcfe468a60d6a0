import { NdrReader } from "../ndr/reader.ts";
import { NdrWriter } from "../ndr/writer.ts";
import { PipeReader } from "../pipes/pipe-reader.ts";
import { PipeWriter } from "../pipes/pipe-writer.ts";
import { RpcError } from "../rpc-error.ts";
import { encodeFault } from "../rpc/call-pdus.ts";
import type { PduChannel } from "../rpc/pdu-channel.ts";
import { PartSender } from "../rpc/part-sender.ts";
import { PacketType } from "../rpc/pdu-header.ts";
import { StubDataStream } from "../rpc/stub-data-stream.ts";
import { faultOfStatus, FaultStatus } from "../status.ts";
import { ActiveCall, type ReceivedRequest } from "./active-call.ts";
import type { AssociationGroup } from "./association-group.ts";
import { PipeExchange } from "./pipe-exchange.ts";
import type { ServerShared } from "./server-shared.ts";
import { unfinishedLimit } from "./unfinished-limit.ts";
import type { ClientBinding, ServerOperation } from "./server-stub.ts";

/** A response names the low octet of its presentation context alone, as that of Windows does (Samba's raw protocol tests). */
const ECHOED_CONTEXT_BITS = 0xff;

/** The calls of one connection: at once when it is multiplexed, one after another otherwise (MS-RPCE 3.3.1.5.8). */
export class CallDispatcher {
  readonly #channel: PduChannel;
  readonly #group: AssociationGroup;
  readonly #binding: ClientBinding;
  readonly #multiplexed: boolean;
  readonly #shared: ServerShared;
  readonly #calls = new Map<number, ActiveCall>();
  readonly #waiting: ReceivedRequest[] = [];
  #paused = false;
  #executing = false;

  constructor(
    channel: PduChannel,
    group: AssociationGroup,
    binding: ClientBinding,
    multiplexed: boolean,
    shared: ServerShared,
  ) {
    this.#channel = channel;
    this.#group = group;
    this.#binding = binding;
    this.#multiplexed = multiplexed;
    this.#shared = shared;
  }

  /** Calls at work or waiting, answers on their way out included. */
  get size(): number {
    return this.#calls.size + this.#waiting.length;
  }

  /** The call of an id that is at work. */
  get(callId: number): ActiveCall | undefined {
    return this.#calls.get(callId);
  }

  /** Whether a call of an id is at work or waits. */
  has(callId: number): boolean {
    return this.#calls.has(callId) || this.#waiting.some((request) => request.callId === callId);
  }

  /** Aborts every call; nobody waits for their answers. */
  abort(reason: RpcError): void {
    for (const call of this.#calls.values()) call.orphan(reason);
  }

  /** The connection is gone: calls are aborted, and end without an answer. */
  closed(reason: RpcError): void {
    this.#waiting.length = 0;
    this.abort(reason);
    const undelivered = [...this.#calls.values()].filter((call) => call.responding);
    this.#calls.clear();
    for (const call of undelivered) this.#abandon(call);
  }

  /** Begins a call, or lets it wait for its turn on a connection that is not multiplexed (MS-RPCE 3.3.1.5.8). */
  admit(request: ReceivedRequest): void {
    if (this.#calls.size > 0 && !this.#multiplexed) this.#waiting.push(request);
    else this.#execute(request);
    if (!this.#paused && this.size >= this.#shared.limits.callsPerConnection) {
      this.#paused = true;
      this.#channel.hold();
    }
  }

  #execute(request: ReceivedRequest): void {
    const group = this.#group;
    const { stub, ndr64, littleEndian } = request;
    const contextHandles = group.contextHandles.forCall(stub);
    const call = new ActiveCall(request, this.#binding, contextHandles);
    this.#calls.set(request.callId, call);
    group.callBegan();
    this.#shared.statistics.callsReceived++;
    const response = new NdrWriter({ ndr64, contextHandles, buffers: this.#shared.buffers, sendsFewer: true });
    if (request.operation.transfer !== undefined) {
      this.#transfer(call, response, request.operation.transfer);
      return;
    }
    try {
      const reader = new NdrReader(request.stubData, {
        ndr64,
        littleEndian,
        memory: call.memory,
        contextHandles,
        reusesBuffer: true,
        outStorageOctets: this.#shared.limits.outStorageOctets,
      });
      const executing = request.operation.execute(call, reader, response);
      if (executing === undefined) this.#respond(call, response);
      else
        executing.then(
          () => {
            this.#respond(call, response);
          },
          (error: unknown) => {
            this.#fail(call, error);
          },
        );
    } catch (error) {
      this.#fail(call, error);
    }
  }

  #transfer(call: ActiveCall, response: NdrWriter, transfer: NonNullable<ServerOperation["transfer"]>): void {
    const { request, contextHandles, memory } = call;
    const { callId, contextId, ndr64, littleEndian, stubData, stream = StubDataStream.whole(stubData) } = request;
    const parts = new PartSender(this.#channel.sender, {
      type: PacketType.response,
      callId,
      contextId: contextId & ECHOED_CONTEXT_BITS,
      opnum: 0,
      flags: 0,
      objectUuid: undefined,
    });
    const { outStorageOctets } = this.#shared.limits;
    const options = { ndr64, littleEndian, memory, contextHandles, outStorageOctets };
    const exchange = new PipeExchange(new PipeReader(stream, options), new PipeWriter(response, parts));
    call.exchange = exchange;
    transfer(call, exchange, unfinishedLimit(this.#shared)).then(
      () => {
        if (call.orphaned || this.#calls.get(callId) !== call) {
          this.#abandon(call);
          return;
        }
        call.responding = true;
        exchange.finish(() => {
          response.release();
          this.#ended(call);
        });
      },
      (error: unknown) => {
        this.#fail(call, error);
      },
    );
  }

  #respond(call: ActiveCall, response: NdrWriter): void {
    const { callId, contextId } = call.request;
    if (call.orphaned || this.#calls.get(callId) !== call) {
      this.#abandon(call);
      return;
    }
    call.responding = true;
    this.#channel.sender.sendStubData({
      type: PacketType.response,
      callId,
      contextId: contextId & ECHOED_CONTEXT_BITS,
      opnum: 0,
      flags: 0,
      objectUuid: undefined,
      stubData: response.octets(),
      sent: () => {
        response.release();
        this.#ended(call);
      },
    });
  }

  #fail(call: ActiveCall, error: unknown): void {
    const { callId, contextId, stub, operation } = call.request;
    if (!(error instanceof RpcError))
      this.#shared.report(error, { operation: `${stub.interface.name}.${operation.name}`, peer: call.binding.peer });
    if (!call.orphaned && this.#calls.get(callId) === call) {
      const fault = error instanceof RpcError ? faultOfStatus(error.status) : FaultStatus.nca_s_fault_unspec;
      this.#channel.sender.sendPdu(encodeFault(callId, contextId, fault, false));
    }
    this.#abandon(call);
  }

  #abandon(call: ActiveCall): void {
    call.exchange?.abandon();
    void call.contextHandles.abandon();
    this.#ended(call);
  }

  #ended(call: ActiveCall): void {
    if (this.#calls.get(call.request.callId) === call) this.#calls.delete(call.request.callId);
    this.#executeWaiting();
    if (this.#paused && this.size < this.#shared.limits.callsPerConnection) {
      this.#paused = false;
      this.#channel.release();
    }
    this.#group.callEnded();
    this.#shared.callEnded();
  }

  /** Begins calls that waited; a loop, because a call may end before `#execute` returns. */
  #executeWaiting(): void {
    if (this.#executing) return;
    this.#executing = true;
    while (this.#calls.size === 0) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#execute(next);
    }
    this.#executing = false;
  }
}
