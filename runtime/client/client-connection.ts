import type { NdrBufferPool } from "../ndr/buffer-pool.ts";
import { NdrReader } from "../ndr/reader.ts";
import { NdrWriter } from "../ndr/writer.ts";
import { RpcError } from "../rpc-error.ts";
import { decodeBindAck, decodeBindNak, encodeBind, type BindAckFields } from "../rpc/bind-pdus.ts";
import { decodeFault, decodeResponse, encodeBare } from "../rpc/call-pdus.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import { MAXIMUM_FRAGMENT, type RpcLimits } from "../rpc/limits.ts";
import { PduChannel, type PduReceiver } from "../rpc/pdu-channel.ts";
import { PacketType, PduFlag, ProtocolViolation, WHOLE, type Pdu } from "../rpc/pdu-header.ts";
import type { OutgoingStubData } from "../rpc/pdu-sender.ts";
import { StubDataAssembler } from "../rpc/stub-data-assembler.ts";
import { BindTimeFeature } from "../rpc/syntax-identifier.ts";
import { statusOfFault } from "../status.ts";
import type { TransportConnection } from "../transport/transport.ts";
import type { AnyClientCall } from "./client-call.ts";
import { PipedCall } from "./piped-call.ts";
import {
  offerInterface,
  settleOffer,
  statusOfReject,
  type ContextOffer,
  type NegotiatedContext,
} from "./context-offer.ts";
import type { ClientContextHandles } from "./context-handle.ts";

/** What a connection tells its association. */
export interface ConnectionOwner {
  readonly limits: RpcLimits;
  readonly contextHandles: ClientContextHandles;
  readonly buffers: NdrBufferPool;
  /** A presentation context was settled, or a call ended: calls that wait may go on. */
  readonly available: (connection: ClientConnection) => void;
  /** The server has refused an interface; calls of it that wait fail. */
  readonly refused: (interfaceDescription: InterfaceDescription, error: RpcError) => void;
  /** The connection takes no more calls, or is gone. */
  readonly gone: (connection: ClientConnection, error: RpcError) => void;
}

/** Windows accepts no greater call_id (MS-RPCE 3.3.3.5.2). */
const LAST_CALL_ID = 0x7fff_ffff;

/** The client's end of one connection (C706 chapter 11, CO_CLIENT; MS-RPCE 3.3.2). */
export class ClientConnection implements PduReceiver {
  /** The string binding of the server. */
  readonly peer: string;
  readonly #owner: ConnectionOwner;
  readonly #channel: PduChannel;
  readonly #contexts = new Map<string, NegotiatedContext>();
  readonly #calls = new Map<number, AnyClientCall>();
  /** The offer that awaits its answer, and the call_id of its PDU. */
  #negotiation: { readonly callId: number; readonly offer: ContextOffer } | undefined;
  #nextContextId = 0;
  #lastCallId = 0;
  #bound = false;
  #multiplexed = false;
  #features = 0;
  #retired = false;
  /** A call with pipes is under way, or was given up while the server took nothing of it. */
  #piping: "no" | "yes" | "stuck" = "no";
  #failure: RpcError | undefined;
  #associationGroupId = 0;
  #lastUsed = performance.now();

  constructor(transport: TransportConnection, peer: string, owner: ConnectionOwner) {
    this.peer = peer;
    this.#owner = owner;
    this.#channel = new PduChannel(transport, this);
    this.#channel.start();
  }

  /** The group that the server put the connection into; 0 before the bind is answered. */
  get associationGroupId(): number {
    return this.#associationGroupId;
  }

  get bound(): boolean {
    return this.#bound;
  }

  /** Whether calls share the connection: the server agreed to PFC_CONC_MPX (MS-RPCE 3.3.1.5.8). */
  get multiplexed(): boolean {
    return this.#multiplexed;
  }

  /** Calls that await their answer. */
  get calls(): number {
    return this.#calls.size;
  }

  /** Whether a call may begin now. */
  get free(): boolean {
    return (
      this.#bound &&
      !this.#retired &&
      (this.#piping === "no" || (this.#piping === "stuck" && !this.#channel.sender.blocked)) &&
      (this.#multiplexed || (this.#calls.size === 0 && this.#negotiation === undefined))
    );
  }

  /** Whether a call may begin now: one with pipes wants the connection for itself, because nothing else gets past what it has to wait for. */
  freeFor(call: AnyClientCall): boolean {
    return this.free && (call.operation.pipes === undefined || this.#calls.size === 0);
  }

  /** Whether an alter_context may be sent now. */
  get negotiable(): boolean {
    return this.free && this.#negotiation === undefined;
  }

  /** Whether the context of an interface is being negotiated. */
  isNegotiating(description: InterfaceDescription): boolean {
    const pending = this.#negotiation?.offer.interface;
    return pending !== undefined && contextKey(pending) === contextKey(description);
  }

  /** The context that was negotiated for an interface. */
  context(description: InterfaceDescription): NegotiatedContext | undefined {
    return this.#contexts.get(contextKey(description));
  }

  /** Proposes an interface, one context for each transfer syntax: bind for the first, alter_context afterwards (MS-RPCE 3.3.1.5.6). */
  negotiate(description: InterfaceDescription, associationGroupId: number): void {
    const offer = offerInterface(description, this.#nextContextId, !this.#bound);
    this.#nextContextId += offer.contexts.length;
    const callId = ++this.#lastCallId;
    this.#negotiation = { callId, offer };
    const type = this.#bound ? PacketType.alterContext : PacketType.bind;
    const flags = this.#bound ? WHOLE : WHOLE | PduFlag.concurrentMultiplexing;
    const fields = {
      maximumTransmitFragment: MAXIMUM_FRAGMENT,
      maximumReceiveFragment: MAXIMUM_FRAGMENT,
      associationGroupId,
      contexts: offer.contexts,
    };
    this.#channel.transport.keepAlive(true);
    this.#channel.sender.sendPdu(encodeBind(type, callId, flags, fields));
  }

  /** Marshals and sends a call. What marshaling throws fails the call, and nothing is sent. */
  call(call: AnyClientCall, { contextId, ndr64 }: NegotiatedContext): void {
    call.connection = this;
    const writer = new NdrWriter({ ndr64, contextHandles: this.#owner.contextHandles, buffers: this.#owner.buffers });
    try {
      call.marshal(writer);
    } catch (error) {
      writer.release();
      call.fail(error);
      return;
    }
    const { opnum, maybe } = call.operation;
    const { objectUuid } = call;
    const callId = ++this.#lastCallId;
    if (callId >= LAST_CALL_ID) this.#retired = true;
    const outgoing: OutgoingStubData = {
      type: PacketType.request,
      callId,
      contextId,
      opnum,
      flags: (maybe === true ? PduFlag.maybe : 0) | (objectUuid === undefined ? 0 : PduFlag.objectUuid),
      objectUuid,
      stubData: writer.octets(),
      sent: () => {
        writer.release();
      },
    };
    this.#lastUsed = performance.now();
    if (maybe === true) {
      this.#channel.sender.sendStubData(outgoing);
      call.succeed(this.#reader(call, new Uint8Array(0), true, ndr64));
      return;
    }
    call.outgoing = outgoing;
    if (call.operation.pipes !== undefined) {
      this.#callWithPipes(call, writer, outgoing, ndr64);
      return;
    }
    if (this.#calls.size === 0) this.#channel.transport.keepAlive(true);
    this.#calls.set(callId, call);
    this.#channel.sender.sendStubData(outgoing);
  }

  #callWithPipes(call: AnyClientCall, writer: NdrWriter, fields: OutgoingStubData, ndr64: boolean): void {
    const { callId, type, contextId, opnum, flags, objectUuid } = fields;
    const { limits, contextHandles } = this.#owner;
    this.#piping = "yes";
    this.#channel.transport.keepAlive(true);
    this.#calls.set(callId, call);
    call.piped = new PipedCall({
      pipes: call.operation.pipes ?? [],
      writer,
      sender: this.#channel.sender,
      fields: { type, callId, contextId, opnum, flags, objectUuid },
      valve: this.#channel,
      limits,
      readerOptions: { ndr64, memory: call.memory, contextHandles },
      responded: (reader) => {
        call.succeed(reader);
        call.piped?.finishRequest();
        this.#ended(callId);
      },
      failed: (error) => {
        if (call.settled) return;
        call.fail(error);
        this.cancel(call);
      },
    });
    call.piped.start();
  }

  /**
   * Tells the server that nobody waits for a call: co_cancel, then orphaned if the server keeps the connection after that (MS-RPCE 3.3.1.5.10);
   * otherwise its answer is awaited and dropped.
   */
  cancel(call: AnyClientCall): void {
    const { outgoing } = call;
    if (outgoing === undefined || this.#calls.get(outgoing.callId) !== call) return;
    const { callId } = outgoing;
    const isKnown = call.piped === undefined ? !this.#channel.sender.withdraw(outgoing) : call.piped.begun;
    if (isKnown) {
      this.#channel.sender.sendPdu(encodeBare(PacketType.coCancel, callId));
      if ((this.#features & BindTimeFeature.keepConnectionOnOrphan) === 0) {
        call.piped?.finishRequest();
        return;
      }
      this.#channel.sender.sendPdu(encodeBare(PacketType.orphaned, callId));
    }
    this.#ended(callId);
  }

  /** Ends the connection; calls that await their answer fail. */
  close(error: RpcError): void {
    this.#failure ??= error;
    this.#retired = true;
    this.#failCalls(error);
    this.#channel.transport.keepAlive(false);
    this.#channel.close();
    this.#owner.gone(this, error);
  }

  /** Ends the connection at once; calls that await their answer fail with the error. */
  destroy(error: RpcError): void {
    this.#failure ??= error;
    this.#retired = true;
    this.#channel.destroy();
  }

  /** Closes an idle connection, and one on which the server has stopped in the middle of something. */
  checkTimes(now: number, mayIdle: boolean): void {
    const { idleTimeout, stallTimeout } = this.#owner.limits;
    const quiet = now - this.#channel.lastReceived;
    const owes = this.#channel.incomplete || [...this.#calls.values()].some(({ assembler }) => assembler !== undefined);
    if (
      (owes && !this.#channel.held && quiet > stallTimeout) ||
      (this.#piping !== "yes" && this.#channel.sender.stalledSince(now - stallTimeout))
    )
      this.destroy(
        new RpcError("RPC_S_CALL_FAILED", `the server has stalled for ${stallTimeout} ms`, { peer: this.peer }),
      );
    else if (
      mayIdle &&
      this.free &&
      this.#calls.size === 0 &&
      this.#negotiation === undefined &&
      now - this.#lastUsed > idleTimeout
    )
      this.close(new RpcError("RPC_S_CALL_FAILED_DNE", "the connection was idle", { peer: this.peer }));
  }

  received(pdu: Pdu): void {
    switch (pdu.type) {
      case PacketType.response: {
        this.#response(pdu);
        return;
      }
      case PacketType.fault: {
        this.#fault(pdu);
        return;
      }
      case PacketType.bindAck:
      case PacketType.alterContextResponse: {
        this.#negotiated(pdu);
        return;
      }
      case PacketType.bindNak: {
        this.#bindRefused(pdu);
        return;
      }
      case PacketType.shutdown:
        this.#retired = true;
        {
          this.#closeWhenIdle();
          return;
        }
      default:
        throw new ProtocolViolation(`PDU type ${pdu.type} is not for a client`, pdu.type, pdu.callId);
    }
  }

  violated(violation: unknown): void {
    const what = violation instanceof ProtocolViolation ? `: ${violation.message}` : "";
    this.destroy(
      new RpcError("RPC_S_PROTOCOL_ERROR", `the server broke the protocol${what}`, {
        peer: this.peer,
        cause: violation,
      }),
    );
  }

  closed(cause: Error | undefined): void {
    const error =
      this.#failure ??
      new RpcError("RPC_S_CALL_FAILED", "the connection to the server is gone", { peer: this.peer, cause });
    this.#retired = true;
    this.#failCalls(error);
    this.#owner.gone(this, error);
  }

  #response(pdu: Pdu): void {
    const call = this.#calls.get(pdu.callId);
    if (call === undefined) {
      this.#checkStraggler(pdu);
      return;
    }
    const { stubData, allocationHint } = decodeResponse(pdu);
    if (call.piped !== undefined) {
      this.#pipedResponse(pdu, call, call.piped, stubData);
      return;
    }
    const first = (pdu.flags & PduFlag.firstFragment) !== 0;
    const last = (pdu.flags & PduFlag.lastFragment) !== 0;
    if (first !== (call.assembler === undefined))
      throw new ProtocolViolation("fragments of a response are out of order", pdu.type, pdu.callId);
    const limit = this.#owner.limits.stubDataOctets;
    if ((call.assembler?.length ?? 0) + stubData.length > limit || (!last && allocationHint > limit)) {
      call.fail(new RpcError("RPC_S_OUT_OF_RESOURCES", `the response exceeds ${limit} octets of stub data`));
      this.cancel(call);
      return;
    }
    if (first && last) {
      this.#complete(pdu, call, stubData);
      return;
    }
    call.assembler ??= new StubDataAssembler(allocationHint);
    call.assembler.write(stubData, Math.min(allocationHint, limit - call.assembler.length));
    if (last) this.#complete(pdu, call, call.assembler.take());
  }

  /** A call that was given up, on a server that does not know orphaned PDUs, lasts to its last fragment. */
  #pipedResponse(pdu: Pdu, call: AnyClientCall, piped: PipedCall, stubData: Uint8Array): void {
    const last = (pdu.flags & PduFlag.lastFragment) !== 0;
    if (!call.settled) piped.received(stubData, pdu.littleEndian, last);
    else if (last) this.#ended(pdu.callId);
  }

  #complete(pdu: Pdu, call: AnyClientCall, stubData: Uint8Array): void {
    const context = this.context(call.interface);
    try {
      call.succeed(this.#reader(call, stubData, pdu.littleEndian, context?.ndr64 ?? false));
    } catch (error) {
      call.fail(error);
    }
    this.#ended(pdu.callId);
  }

  #reader(call: AnyClientCall, stubData: Uint8Array, littleEndian: boolean, ndr64: boolean): NdrReader {
    return new NdrReader(stubData, {
      ndr64,
      littleEndian,
      memory: call.memory,
      contextHandles: this.#owner.contextHandles,
    });
  }

  #fault(pdu: Pdu): void {
    const fault = decodeFault(pdu);
    const negotiation = this.#negotiation;
    if (negotiation?.callId === pdu.callId) {
      this.#negotiation = undefined;
      this.#owner.refused(
        negotiation.offer.interface,
        new RpcError(statusOfFault(fault), "the server refused the interface", { peer: this.peer }),
      );
      this.#owner.available(this);
      return;
    }
    const call = this.#calls.get(pdu.callId);
    if (call === undefined) {
      this.#checkStraggler(pdu);
      return;
    }
    if (call.outgoing !== undefined) this.#channel.sender.withdraw(call.outgoing);
    call.fail(
      new RpcError(statusOfFault(fault), `the server answered with fault 0x${fault.toString(16).padStart(8, "0")}`),
    );
    call.piped?.finishRequest();
    this.#ended(pdu.callId);
  }

  /** An answer to a call that was given up is dropped; one to a call that was never made breaks the protocol. */
  #checkStraggler(pdu: Pdu): void {
    if (pdu.callId > this.#lastCallId)
      throw new ProtocolViolation(`call ${pdu.callId} was never made`, pdu.type, pdu.callId);
  }

  #negotiated(pdu: Pdu): void {
    const negotiation = this.#negotiation;
    if (negotiation?.callId !== pdu.callId || (pdu.type === PacketType.bindAck) === this.#bound)
      throw new ProtocolViolation("an answer to nothing that was proposed", pdu.type, pdu.callId);
    const fields = decodeBindAck(pdu);
    if (fields.results.length !== negotiation.offer.contexts.length)
      throw new ProtocolViolation(
        `${fields.results.length} answers to ${negotiation.offer.contexts.length} contexts`,
        pdu.type,
        pdu.callId,
      );
    this.#negotiation = undefined;
    if (!this.#bound) this.#becomeBound(pdu, fields);
    this.#settle(negotiation.offer, fields);
    this.#updateKeepAlive();
    this.#owner.available(this);
  }

  #becomeBound(pdu: Pdu, fields: BindAckFields): void {
    this.#bound = true;
    this.#multiplexed = (pdu.flags & PduFlag.concurrentMultiplexing) !== 0;
    this.#associationGroupId = fields.associationGroupId;
    const accepted = Math.min(fields.maximumReceiveFragment, MAXIMUM_FRAGMENT);
    if (accepted < SMALLEST_FRAGMENT)
      throw new ProtocolViolation(`fragments of ${accepted} octets`, pdu.type, pdu.callId);
    this.#channel.sender.setFragmentLength(accepted);
  }

  #settle(offer: ContextOffer, { results }: BindAckFields): void {
    const { accepted, status, features } = settleOffer(offer, results);
    this.#features = features ?? this.#features;
    if (accepted !== undefined) this.#contexts.set(contextKey(offer.interface), accepted);
    else
      this.#owner.refused(
        offer.interface,
        new RpcError(status, `the server does not serve ${offer.interface.name}`, { peer: this.peer }),
      );
  }

  #bindRefused(pdu: Pdu): void {
    this.destroy(new RpcError(statusOfReject(decodeBindNak(pdu)), "the server refused the bind", { peer: this.peer }));
  }

  #ended(callId: number): void {
    this.#calls.delete(callId);
    this.#lastUsed = performance.now();
    if (this.#piping === "yes") this.#piping = this.#channel.sender.blocked ? "stuck" : "no";
    this.#updateKeepAlive();
    if (!this.#multiplexed || this.#calls.size === 0) this.#owner.available(this);
    if (this.#retired) this.#closeWhenIdle();
  }

  #updateKeepAlive(): void {
    if (this.#calls.size === 0 && this.#negotiation === undefined) this.#channel.transport.keepAlive(false);
  }

  #closeWhenIdle(): void {
    if (this.#calls.size > 0) return;
    this.close(new RpcError("RPC_S_CALL_FAILED_DNE", "the server ended the connection", { peer: this.peer }));
  }

  #failCalls(error: RpcError): void {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) {
      const unsent =
        call.piped === undefined
          ? call.outgoing !== undefined && this.#channel.sender.withdraw(call.outgoing)
          : !call.piped.begun;
      call.fail(
        unsent
          ? new RpcError("RPC_S_CALL_FAILED_DNE", error.message, { peer: this.peer, cause: error.cause ?? error })
          : error,
      );
    }
  }
}

/** What C706 12.6.3.1 obliges everyone to accept. */
const SMALLEST_FRAGMENT = 1432;

/** A context of an interface in one transfer syntax alone is another than that in any (`inNdr` in client-stub.ts). */
function contextKey({ uuid, major, minor, transferSyntaxes }: InterfaceDescription): string {
  const [only = "", another] = transferSyntaxes;
  return `${uuid} ${major}.${minor} ${another === undefined ? only : ""}`;
}
