import {
  ContextResult,
  ProviderReason,
  RejectReason,
  type ContextAnswer,
  type ContextElement,
} from "../rpc/bind-pdus.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import { BindTimeFeature, bindTimeFeatureSyntax, transferSyntax } from "../rpc/syntax-identifier.ts";
import type { RpcStatusName } from "../status.ts";

/** A presentation context as calls use it. */
export interface NegotiatedContext {
  readonly contextId: number;
  readonly ndr64: boolean;
}

/** What is proposed for an interface in one bind or alter_context. */
export interface ContextOffer {
  readonly interface: InterfaceDescription;
  readonly contexts: readonly ContextElement[];
  /** By position; undefined is the element about bind-time features. */
  readonly candidates: readonly (NegotiatedContext | undefined)[];
}

/** What the server made of an offer. */
export interface SettledOffer {
  readonly accepted: NegotiatedContext | undefined;
  /** Why the last context that was rejected was. */
  readonly status: RpcStatusName;
  /** Bits of BindTimeFeature, when the offer asked. */
  readonly features: number | undefined;
}

const STATUS_OF_REJECT: ReadonlyMap<number, RpcStatusName> = new Map<number, RpcStatusName>([
  [RejectReason.temporaryCongestion, "RPC_S_SERVER_TOO_BUSY"],
  [RejectReason.localLimitExceeded, "RPC_S_SERVER_TOO_BUSY"],
  [RejectReason.protocolVersionNotSupported, "RPC_S_PROTOCOL_ERROR"],
  [RejectReason.authenticationTypeNotRecognized, "RPC_S_UNKNOWN_AUTHN_SERVICE"],
  [RejectReason.invalidChecksum, "RPC_S_ACCESS_DENIED"],
]);

const STATUS_OF_REASON: ReadonlyMap<number, RpcStatusName> = new Map<number, RpcStatusName>([
  [ProviderReason.abstractSyntaxNotSupported, "RPC_S_UNKNOWN_IF"],
  [ProviderReason.localLimitExceeded, "RPC_S_SERVER_TOO_BUSY"],
]);

/** An offer of an interface: one context for each transfer syntax (MS-RPCE 3.3.1.5.6), and in a bind one for features (MS-RPCE 3.3.1.5.3). */
export function offerInterface(
  description: InterfaceDescription,
  firstContextId: number,
  isBind: boolean,
): ContextOffer {
  const { uuid, major, minor, transferSyntaxes } = description;
  const abstractSyntax = { uuid: uuid.toLowerCase(), major, minor };
  const candidates = transferSyntaxes.map((name, index) => ({
    contextId: firstContextId + index,
    ndr64: name === "ndr64",
  }));
  const contexts: ContextElement[] = transferSyntaxes.map((name, index) => ({
    contextId: firstContextId + index,
    abstractSyntax,
    transferSyntaxes: [transferSyntax(name)],
  }));
  if (!isBind) return { interface: description, contexts, candidates };
  const features: ContextElement = {
    contextId: firstContextId + candidates.length,
    abstractSyntax,
    transferSyntaxes: [bindTimeFeatureSyntax(BindTimeFeature.keepConnectionOnOrphan)],
  };
  return { interface: description, contexts: [...contexts, features], candidates: [...candidates, undefined] };
}

/** Reads the answers to an offer, of which there is one for each context. */
export function settleOffer({ candidates }: ContextOffer, answers: readonly ContextAnswer[]): SettledOffer {
  let accepted: NegotiatedContext | undefined;
  let reason: number = ProviderReason.notSpecified;
  let features: number | undefined;
  for (const [index, answer] of answers.entries()) {
    const candidate = candidates[index];
    if (answer.result === ContextResult.negotiateAck) features = answer.reason;
    else if (candidate === undefined) continue;
    else if (answer.result === ContextResult.acceptance) accepted ??= candidate;
    else reason = answer.reason;
  }
  return { accepted, status: STATUS_OF_REASON.get(reason) ?? "RPC_S_UNSUPPORTED_TRANS_SYN", features };
}

/** The status for the reject reason of a bind_nak; the call was not executed, whatever the reason. */
export function statusOfReject(reason: number): RpcStatusName {
  return STATUS_OF_REJECT.get(reason) ?? "RPC_S_CALL_FAILED_DNE";
}
