import { NdrReader } from "../ndr/reader.ts";
import { NdrWriter } from "../ndr/writer.ts";
import { RpcError } from "../rpc-error.ts";
import {
  decodeBind,
  encodeBindAck,
  encodeBindNak,
  RejectReason,
  requireContexts,
  type BindFields,
} from "../rpc/bind-pdus.ts";
import { decodeRequest, encodeFault, type RequestFields } from "../rpc/call-pdus.ts";
import { negotiateFragment, type RpcLimits } from "../rpc/limits.ts";
import { PduChannel, type PduReceiver } from "../rpc/pdu-channel.ts";
import { PacketType, PduFlag, ProtocolViolation, WHOLE, type Pdu } from "../rpc/pdu-header.ts";
import { faultOfStatus, FaultStatus, RpcStatus } from "../status.ts";
import type { TransportConnection } from "../transport/transport.ts";
import { ActiveCall, type ReceivedRequest } from "./active-call.ts";
import type { AssociationGroup, AssociationGroups } from "./association-group.ts";
import type { InterfaceRegistry } from "./interface-registry.ts";
import { asksForFeaturesTwice, PresentationContexts } from "./presentation-contexts.ts";
import { RequestAssembly, type UnfinishedStubData } from "./request-assembly.ts";
import type { ServerErrorReport } from "./server-error.ts";
import type { ServerStatistics } from "./management-interface.ts";
import type { ClientBinding } from "./server-stub.ts";

/** What the connections of a server share. */
export interface ServerShared {
  readonly registry: InterfaceRegistry;
  readonly groups: AssociationGroups;
  readonly limits: RpcLimits;
  readonly unfinished: UnfinishedStubData;
  readonly report: ServerErrorReport;
  readonly statistics: ServerStatistics;
  /** Called when a connection has gone. */
  readonly gone: (connection: ServerConnection) => void;
  /** Called when a call has ended and its answer has been handed to the transport. */
  readonly callEnded: () => void;
}

/** How long a connection that the server ended may take to go. */
const LINGER = 5000;

/** A response names the low octet of its presentation context alone, as that of Windows does (Samba's raw protocol tests). */
const ECHOED_CONTEXT_BITS = 0xff;

/** The server's end of one connection (C706 chapter 11, CO_SERVER; MS-RPCE 3.3.3). */
export class ServerConnection implements PduReceiver {
  readonly #shared: ServerShared;
  readonly #channel: PduChannel;
  readonly #protocolSequence: string;
  readonly #endpoint: string;
  readonly #contexts: PresentationContexts;
  readonly #assembly: RequestAssembly;
  readonly #calls = new Map<number, ActiveCall>();
  readonly #waiting: ReceivedRequest[] = [];
  readonly #accepted = performance.now();
  #group: AssociationGroup | undefined;
  #binding: ClientBinding | undefined;
  #fragmentLength = 0;
  #multiplexed = false;
  #paused = false;
  #refusing = false;
  #executing = false;
  #closingSince: number | undefined;

  constructor(transport: TransportConnection, protocolSequence: string, endpoint: string, shared: ServerShared) {
    this.#shared = shared;
    this.#channel = new PduChannel(transport, this);
    this.#protocolSequence = protocolSequence;
    this.#endpoint = endpoint;
    this.#contexts = new PresentationContexts(shared.registry);
    this.#assembly = new RequestAssembly(shared.limits, shared.unfinished);
  }

  /** Begins to read. */
  start(): void {
    this.#channel.start();
  }

  /** Calls at work or waiting, answers on their way out included. */
  get calls(): number {
    return this.#calls.size + this.#waiting.length;
  }

  /** Answers new calls with nca_server_too_busy. */
  refuseCalls(): void {
    this.#refusing = true;
  }

  /** Aborts the calls and closes after what was answered has been sent. */
  close(): void {
    this.#abortCalls(new RpcError("RPC_S_CALL_CANCELLED", "the server is closing"));
    this.#end();
  }

  /** Closes at once. */
  destroy(): void {
    this.#channel.destroy();
  }

  /** Ends the connection when its peer owes something for too long. */
  checkTimes(now: number): void {
    const { bindTimeout, idleTimeout, stallTimeout } = this.#shared.limits;
    const quiet = now - this.#channel.lastReceived;
    if (this.#closingSince !== undefined) {
      if (now - this.#closingSince > LINGER) this.destroy();
    } else if (this.#group === undefined) {
      if (now - this.#accepted > bindTimeout) this.destroy();
    } else if (this.#channel.sender.stalledSince(now - stallTimeout)) {
      this.destroy();
    } else if (!this.#paused && quiet > stallTimeout && (this.#channel.incomplete || this.#assembly.incomplete)) {
      this.destroy();
    } else if (this.calls === 0 && quiet > idleTimeout && this.#group.contextHandles.size === 0) {
      this.#end();
    }
  }

  received(pdu: Pdu): void {
    switch (pdu.type) {
      case PacketType.request: {
        this.#request(pdu);
        return;
      }
      case PacketType.bind: {
        this.#bind(pdu);
        return;
      }
      case PacketType.alterContext: {
        this.#alterContext(pdu);
        return;
      }
      case PacketType.coCancel:
        return this.#calls
          .get(pdu.callId)
          ?.cancel(new RpcError("RPC_S_CALL_CANCELLED", "the client cancelled the call"));
      case PacketType.orphaned:
        return this.#calls
          .get(pdu.callId)
          ?.orphan(new RpcError("RPC_S_CALL_CANCELLED", "the client abandoned the call"));
      case PacketType.auth3:
        return undefined;
      default:
        throw new ProtocolViolation(`PDU type ${pdu.type} is not for a server`, pdu.type, pdu.callId);
    }
  }

  violated(violation: unknown): void {
    if (!(violation instanceof ProtocolViolation)) {
      this.#shared.report(violation, { peer: this.#channel.transport.peer });
      this.#end();
    } else if (violation.packetType === PacketType.bind && this.#group === undefined) {
      this.#refuseBind(violation.callId, RejectReason.protocolVersionNotSupported);
    } else {
      const { callId, contextId, fault, didNotExecute } = violation;
      this.#channel.sender.sendPdu(encodeFault(callId, contextId, fault, didNotExecute));
      this.#end();
    }
    this.#assembly.clear();
    this.#abortCalls(new RpcError("RPC_S_CALL_FAILED", "the client broke the protocol"));
  }

  closed(cause: Error | undefined): void {
    this.#assembly.clear();
    this.#waiting.length = 0;
    this.#abortCalls(new RpcError("RPC_S_CALL_FAILED", "the connection to the client is gone", { cause }));
    const group = this.#group;
    const undelivered = [...this.#calls.values()].filter((call) => call.responding);
    this.#calls.clear();
    this.#group = undefined;
    this.#shared.gone(this);
    if (group === undefined) return;
    for (const call of undelivered) this.#abandon(call, group);
    group.connectionLeft();
  }

  #bind(pdu: Pdu): void {
    if (this.#group !== undefined) {
      this.#refuseBind(pdu.callId, RejectReason.notSpecified);
      return;
    }
    if (pdu.authLength > 0) {
      this.#refuseBind(pdu.callId, RejectReason.authenticationTypeNotRecognized);
      return;
    }
    const fields = decodeBind(pdu);
    const wellFormed =
      fields.contexts.length > 0 && fields.contexts.every(({ transferSyntaxes }) => transferSyntaxes.length > 0);
    if (!wellFormed || asksForFeaturesTwice(fields.contexts)) {
      this.#refuseBind(pdu.callId, RejectReason.notSpecified);
      return;
    }
    if (this.#tooManyContexts(fields)) {
      this.#refuseBind(pdu.callId, RejectReason.localLimitExceeded);
      return;
    }
    const { peer, peerAddress } = this.#channel.transport;
    const group = this.#shared.groups.join(fields.associationGroupId, peerAddress);
    if (group === undefined) {
      this.#refuseBind(pdu.callId, RejectReason.notSpecified);
      return;
    }
    this.#group = group;
    this.#binding = { protocolSequence: this.#protocolSequence, peer, associationGroupId: group.id };
    this.#fragmentLength = negotiateFragment(fields.maximumTransmitFragment, fields.maximumReceiveFragment);
    this.#channel.sender.setFragmentLength(this.#fragmentLength);
    this.#multiplexed = (pdu.flags & PduFlag.concurrentMultiplexing) !== 0;
    const offered = PduFlag.concurrentMultiplexing | PduFlag.supportHeaderSign;
    this.#acknowledge(pdu, PacketType.bindAck, WHOLE | (pdu.flags & offered), group.id, this.#endpoint, fields);
  }

  #alterContext(pdu: Pdu): void {
    const group = this.#group;
    if (group === undefined) throw notBound(pdu);
    if (pdu.authLength > 0)
      throw new ProtocolViolation("authentication is not known", pdu.type, pdu.callId, {
        fault: RpcStatus.RPC_S_UNKNOWN_AUTHN_SERVICE,
        didNotExecute: true,
      });
    const fields = decodeBind(pdu);
    requireContexts(pdu, fields);
    if (this.#tooManyContexts(fields)) {
      this.#refuseBind(pdu.callId, RejectReason.localLimitExceeded);
      return;
    }
    const flags = WHOLE | (pdu.flags & PduFlag.supportHeaderSign);
    this.#acknowledge(pdu, PacketType.alterContextResponse, flags, group.id, "", fields);
  }

  #acknowledge(
    pdu: Pdu,
    type: number,
    flags: number,
    associationGroupId: number,
    secondaryAddress: string,
    { contexts }: BindFields,
  ): void {
    const answer = {
      maximumTransmitFragment: this.#fragmentLength,
      maximumReceiveFragment: this.#fragmentLength,
      associationGroupId,
      secondaryAddress,
      results: this.#contexts.negotiate(pdu, contexts),
    };
    this.#channel.sender.sendPdu(encodeBindAck(type, pdu.callId, flags, answer));
  }

  #tooManyContexts({ contexts }: BindFields): boolean {
    return this.#contexts.size + contexts.length > this.#shared.limits.contextsPerConnection;
  }

  #refuseBind(callId: number, reason: number): void {
    this.#channel.sender.sendPdu(encodeBindNak(callId, reason));
    this.#end();
  }

  #request(pdu: Pdu): void {
    if (this.#group === undefined) throw notBound(pdu);
    if (pdu.authLength > 0)
      throw new ProtocolViolation("a verifier without a security context", pdu.type, pdu.callId, {
        fault: RpcStatus.RPC_S_ACCESS_DENIED,
        didNotExecute: true,
      });
    const fields = decodeRequest(pdu);
    if ((pdu.flags & PduFlag.firstFragment) === 0) {
      const request = this.#assembly.append(pdu, fields);
      if (request !== null) this.#admit(request);
      return;
    }
    const request = this.#begin(pdu, fields);
    if (request === null) return;
    if ((pdu.flags & PduFlag.lastFragment) === 0) this.#assembly.open(pdu, fields, request);
    else this.#admit(request);
  }

  /** Checks what the first fragment of a call says; null when the call was refused and the connection goes on. */
  #begin(pdu: Pdu, fields: RequestFields): ReceivedRequest | null {
    const { callId, type } = pdu;
    if ((pdu.flags & PduFlag.pendingCancel) !== 0)
      throw new ProtocolViolation("a call begins cancelled", type, callId, {
        fault: RpcStatus.RPC_S_NO_CALL_ACTIVE,
        didNotExecute: true,
      });
    const unfinished = this.#assembly.first;
    if (unfinished !== undefined && (!this.#multiplexed || this.#assembly.has(callId)))
      throw new ProtocolViolation("a call begins within another", type, unfinished.callId, {
        contextId: unfinished.contextId,
      });
    if (this.#calls.has(callId))
      throw new ProtocolViolation(`call ${callId} is at work already`, type, callId, { contextId: fields.contextId });
    this.#assembly.began(callId);
    const context = this.#contexts.get(fields.contextId);
    if (context === undefined) {
      if (unfinished !== undefined) throw new ProtocolViolation("an unknown presentation context", type, callId);
      return this.#refuseCall(callId, 0, FaultStatus.nca_unk_if);
    }
    if (this.#refusing) return this.#refuseCall(callId, fields.contextId, FaultStatus.nca_server_too_busy);
    const stub = context.registered.find(fields.objectUuid);
    if (stub === undefined) return this.#refuseCall(callId, fields.contextId, FaultStatus.nca_unsupported_type);
    const operation = stub.operations[fields.opnum];
    if (operation === undefined) return this.#refuseCall(callId, fields.contextId, FaultStatus.nca_op_rng_error);
    return {
      callId,
      contextId: fields.contextId,
      opnum: fields.opnum,
      objectUuid: fields.objectUuid,
      littleEndian: pdu.littleEndian,
      ndr64: context.transferSyntax === "ndr64",
      maybe: (pdu.flags & PduFlag.maybe) !== 0,
      stubData: fields.stubData,
      stub,
      operation,
    };
  }

  #refuseCall(callId: number, contextId: number, fault: number): null {
    this.#channel.sender.sendPdu(encodeFault(callId, contextId, fault, true));
    return null;
  }

  /** Begins a call, or lets it wait for its turn on a connection that is not multiplexed (MS-RPCE 3.3.1.5.8). */
  #admit(request: ReceivedRequest): void {
    if (this.#calls.size > 0 && !this.#multiplexed) this.#waiting.push(request);
    else this.#execute(request);
    if (!this.#paused && this.calls >= this.#shared.limits.callsPerConnection) {
      this.#paused = true;
      this.#channel.transport.pause();
    }
  }

  #execute(request: ReceivedRequest): void {
    const group = this.#group;
    const binding = this.#binding;
    if (group === undefined || binding === undefined) return;
    const { stub, ndr64, littleEndian } = request;
    const contextHandles = group.contextHandles.forCall(stub);
    const call = new ActiveCall(request, binding, contextHandles);
    this.#calls.set(request.callId, call);
    group.callBegan();
    this.#shared.statistics.callsReceived++;
    const response = new NdrWriter({ ndr64, contextHandles });
    try {
      const reader = new NdrReader(request.stubData, { ndr64, littleEndian, memory: stub.memory, contextHandles });
      const executing = request.operation.execute(call, reader, response);
      if (executing === undefined) this.#respond(call, group, response);
      else
        executing.then(
          () => {
            this.#respond(call, group, response);
          },
          (error: unknown) => {
            this.#fail(call, group, error);
          },
        );
    } catch (error) {
      this.#fail(call, group, error);
    }
  }

  #respond(call: ActiveCall, group: AssociationGroup, response: NdrWriter): void {
    const { callId, contextId } = call.request;
    if (call.orphaned || this.#calls.get(callId) !== call) {
      this.#abandon(call, group);
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
        this.#ended(call, group);
      },
    });
  }

  #fail(call: ActiveCall, group: AssociationGroup, error: unknown): void {
    const { callId, contextId, stub, operation } = call.request;
    if (!(error instanceof RpcError))
      this.#shared.report(error, { operation: `${stub.interface.name}.${operation.name}`, peer: call.binding.peer });
    if (!call.orphaned && this.#calls.get(callId) === call) {
      const fault = error instanceof RpcError ? faultOfStatus(error.status) : FaultStatus.nca_s_fault_unspec;
      this.#channel.sender.sendPdu(encodeFault(callId, contextId, fault, false));
    }
    this.#abandon(call, group);
  }

  #abandon(call: ActiveCall, group: AssociationGroup): void {
    void call.contextHandles.abandon();
    this.#ended(call, group);
  }

  #ended(call: ActiveCall, group: AssociationGroup): void {
    if (this.#calls.get(call.request.callId) === call) this.#calls.delete(call.request.callId);
    this.#executeWaiting();
    if (this.#paused && this.calls < this.#shared.limits.callsPerConnection) {
      this.#paused = false;
      this.#channel.transport.resume();
    }
    group.callEnded();
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

  #abortCalls(reason: RpcError): void {
    for (const call of this.#calls.values()) call.orphan(reason);
  }

  #end(): void {
    this.#closingSince ??= performance.now();
    this.#channel.close();
  }
}

function notBound(pdu: Pdu): ProtocolViolation {
  return new ProtocolViolation("nothing is bound yet", pdu.type, pdu.callId);
}
