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
import { negotiateFragment } from "../rpc/limits.ts";
import { PduChannel, type PduReceiver } from "../rpc/pdu-channel.ts";
import { PacketType, PduFlag, ProtocolViolation, WHOLE, type Pdu } from "../rpc/pdu-header.ts";
import { FaultStatus, RpcStatus } from "../status.ts";
import type { TransportConnection } from "../transport/transport.ts";
import type { ReceivedRequest } from "./active-call.ts";
import type { AssociationGroup } from "./association-group.ts";
import { CallDispatcher } from "./call-dispatcher.ts";
import { asksForFeaturesTwice, PresentationContexts } from "./presentation-contexts.ts";
import { PipedRequests } from "./piped-requests.ts";
import { RequestAssembly } from "./request-assembly.ts";
import type { ServerShared } from "./server-shared.ts";

/** How long a connection that the server ended may take to go. */
const LINGER = 5000;

/** The server's end of one connection (C706 chapter 11, CO_SERVER; MS-RPCE 3.3.3). */
export class ServerConnection implements PduReceiver {
  readonly #shared: ServerShared;
  readonly #channel: PduChannel;
  readonly #protocolSequence: string;
  readonly #endpoint: string;
  readonly #contexts: PresentationContexts;
  readonly #assembly: RequestAssembly;
  readonly #piped: PipedRequests;
  readonly #accepted = performance.now();
  #group: AssociationGroup | undefined;
  #calls: CallDispatcher | undefined;
  #fragmentLength = 0;
  #multiplexed = false;
  #refusing = false;
  #closingSince: number | undefined;

  constructor(transport: TransportConnection, protocolSequence: string, endpoint: string, shared: ServerShared) {
    this.#shared = shared;
    this.#channel = new PduChannel(transport, this);
    this.#protocolSequence = protocolSequence;
    this.#endpoint = endpoint;
    this.#contexts = new PresentationContexts(shared.registry);
    this.#assembly = new RequestAssembly(shared.limits, shared.unfinished);
    this.#piped = new PipedRequests(this.#channel, shared.limits);
  }

  /** Begins to read. */
  start(): void {
    this.#channel.start();
  }

  /** Calls at work or waiting, answers on their way out included. */
  get calls(): number {
    return this.#calls?.size ?? 0;
  }

  /** Answers new calls with nca_server_too_busy. */
  refuseCalls(): void {
    this.#refusing = true;
  }

  /** Aborts the calls and closes after what was answered has been sent. */
  close(): void {
    this.#calls?.abort(new RpcError("RPC_S_CALL_CANCELLED", "the server is closing"));
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
    } else if (!this.#channel.held && quiet > stallTimeout && (this.#channel.incomplete || this.#assembly.incomplete)) {
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
          ?.get(pdu.callId)
          ?.cancel(new RpcError("RPC_S_CALL_CANCELLED", "the client cancelled the call"));
      case PacketType.orphaned:
        this.#piped.forget(pdu.callId);
        return this.#calls
          ?.get(pdu.callId)
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
    this.#calls?.abort(new RpcError("RPC_S_CALL_FAILED", "the client broke the protocol"));
  }

  closed(cause: Error | undefined): void {
    this.#assembly.clear();
    this.#calls?.closed(new RpcError("RPC_S_CALL_FAILED", "the connection to the client is gone", { cause }));
    this.#shared.gone(this);
    this.#group?.connectionLeft();
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
    this.#fragmentLength = negotiateFragment(fields.maximumTransmitFragment, fields.maximumReceiveFragment);
    this.#channel.sender.setFragmentLength(this.#fragmentLength);
    this.#multiplexed = (pdu.flags & PduFlag.concurrentMultiplexing) !== 0;
    const binding = { protocolSequence: this.#protocolSequence, peer, associationGroupId: group.id };
    this.#calls = new CallDispatcher(this.#channel, group, binding, this.#multiplexed, this.#shared);
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
      if (this.#piped.append(pdu, fields)) return;
      const request = this.#assembly.append(pdu, fields);
      if (request !== null) this.#calls?.admit(request);
      return;
    }
    const request = this.#begin(pdu, fields);
    if (request === null) return;
    if (request.operation.pulls === true) this.#calls?.admit(this.#piped.open(pdu, fields, request));
    else if ((pdu.flags & PduFlag.lastFragment) === 0) this.#assembly.open(pdu, fields, request);
    else this.#calls?.admit(request);
  }

  readonly #goesOn = (callId: number): boolean => this.#calls?.has(callId) === true;

  /** Checks what the first fragment of a call says; null when the call was refused and the connection goes on. */
  #begin(pdu: Pdu, fields: RequestFields): ReceivedRequest | null {
    const { callId, type } = pdu;
    if ((pdu.flags & PduFlag.pendingCancel) !== 0)
      throw new ProtocolViolation("a call begins cancelled", type, callId, {
        fault: RpcStatus.RPC_S_NO_CALL_ACTIVE,
        didNotExecute: true,
      });
    const unfinished = this.#assembly.first ?? this.#piped.unfinished(this.#goesOn);
    if (unfinished !== undefined && (!this.#multiplexed || this.#assembly.has(callId)))
      throw new ProtocolViolation("a call begins within another", type, unfinished.callId, {
        contextId: unfinished.contextId,
      });
    if (this.#calls?.get(callId) !== undefined)
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
      stream: undefined,
      stub,
      operation,
    };
  }

  #refuseCall(callId: number, contextId: number, fault: number): null {
    this.#channel.sender.sendPdu(encodeFault(callId, contextId, fault, true));
    return null;
  }

  #end(): void {
    this.#closingSince ??= performance.now();
    this.#channel.close();
  }
}

function notBound(pdu: Pdu): ProtocolViolation {
  return new ProtocolViolation("nothing is bound yet", pdu.type, pdu.callId);
}
