import { PduFieldReader, PduFieldWriter } from "./pdu-fields.ts";
import { PacketType, ProtocolViolation, type Pdu } from "./pdu-header.ts";
import { NIL_SYNTAX, type SyntaxIdentifier } from "./syntax-identifier.ts";

/** One presentation context that a client proposes: p_cont_elem_t (C706 12.6.3.1). */
export interface ContextElement {
  readonly contextId: number;
  readonly abstractSyntax: SyntaxIdentifier;
  readonly transferSyntaxes: readonly SyntaxIdentifier[];
}

/** Values of p_cont_def_result_t (C706 12.6.3.1, MS-RPCE 2.2.2.4). */
export const ContextResult = { acceptance: 0, userRejection: 1, providerRejection: 2, negotiateAck: 3 } as const;

/** Values of p_provider_reason_t (C706 12.6.3.1). */
export const ProviderReason = {
  notSpecified: 0,
  abstractSyntaxNotSupported: 1,
  transferSyntaxesNotSupported: 2,
  localLimitExceeded: 3,
} as const;

/** Values of p_reject_reason_t in a bind_nak (C706 12.6.3.1, MS-RPCE 2.2.2.5). */
export const RejectReason = {
  notSpecified: 0,
  temporaryCongestion: 1,
  localLimitExceeded: 2,
  protocolVersionNotSupported: 4,
  authenticationTypeNotRecognized: 8,
  invalidChecksum: 9,
} as const;

/** The server's answer to one proposed context: p_result_t (C706 12.6.3.1). For negotiate_ack the reason is a bitmask of features. */
export interface ContextAnswer {
  readonly result: number;
  readonly reason: number;
  readonly transferSyntax: SyntaxIdentifier;
}

/** The fields of bind and alter_context (C706 12.6.4.1, 12.6.4.3). */
export interface BindFields {
  readonly maximumTransmitFragment: number;
  readonly maximumReceiveFragment: number;
  readonly associationGroupId: number;
  readonly contexts: readonly ContextElement[];
}

/** The fields of bind_ack and alter_context_resp (C706 12.6.4.2, 12.6.4.4). */
export interface BindAckFields {
  readonly maximumTransmitFragment: number;
  readonly maximumReceiveFragment: number;
  readonly associationGroupId: number;
  /** The endpoint at which further connections of the association are made, as printable text; "" in alter_context_resp. */
  readonly secondaryAddress: string;
  readonly results: readonly ContextAnswer[];
}

/** A context that is rejected for a reason. */
export function rejection(reason: number): ContextAnswer {
  return { result: ContextResult.providerRejection, reason, transferSyntax: NIL_SYNTAX };
}

/** A bind or alter_context PDU. */
export function encodeBind(type: number, callId: number, flags: number, fields: BindFields): Uint8Array {
  const writer = new PduFieldWriter(type, callId, flags)
    .uint16(fields.maximumTransmitFragment)
    .uint16(fields.maximumReceiveFragment)
    .uint32(fields.associationGroupId)
    .uint8(fields.contexts.length)
    .uint8(0)
    .uint16(0);
  for (const context of fields.contexts) {
    writer.uint16(context.contextId).uint8(context.transferSyntaxes.length).uint8(0).syntax(context.abstractSyntax);
    for (const syntax of context.transferSyntaxes) writer.syntax(syntax);
  }
  return writer.finish();
}

/**
 * The fields of a bind or alter_context PDU.
 *
 * @throws ProtocolViolation when it is truncated
 */
export function decodeBind(pdu: Pdu): BindFields {
  const reader = new PduFieldReader(pdu);
  const maximumTransmitFragment = reader.uint16();
  const maximumReceiveFragment = reader.uint16();
  const associationGroupId = reader.uint32();
  const count = reader.uint8();
  if (count > 0) reader.octets(3);
  const contexts = Array.from({ length: count }, (): ContextElement => {
    const contextId = reader.uint16();
    const syntaxCount = reader.uint8();
    reader.uint8();
    const abstractSyntax = reader.syntax();
    return { contextId, abstractSyntax, transferSyntaxes: Array.from({ length: syntaxCount }, () => reader.syntax()) };
  });
  return { maximumTransmitFragment, maximumReceiveFragment, associationGroupId, contexts };
}

/** A bind_ack or alter_context_resp PDU. */
export function encodeBindAck(type: number, callId: number, flags: number, fields: BindAckFields): Uint8Array {
  const address = Buffer.from(fields.secondaryAddress, "latin1");
  const writer = new PduFieldWriter(type, callId, flags)
    .uint16(fields.maximumTransmitFragment)
    .uint16(fields.maximumReceiveFragment)
    .uint32(fields.associationGroupId);
  if (address.length === 0) writer.uint16(0);
  else
    writer
      .uint16(address.length + 1)
      .octets(address)
      .uint8(0);
  writer.align4().uint8(fields.results.length).uint8(0).uint16(0);
  for (const { result, reason, transferSyntax } of fields.results)
    writer.uint16(result).uint16(reason).syntax(transferSyntax);
  return writer.finish();
}

/**
 * The fields of a bind_ack or alter_context_resp PDU.
 *
 * @throws ProtocolViolation when it is truncated
 */
export function decodeBindAck(pdu: Pdu): BindAckFields {
  const reader = new PduFieldReader(pdu);
  const maximumTransmitFragment = reader.uint16();
  const maximumReceiveFragment = reader.uint16();
  const associationGroupId = reader.uint32();
  const address = reader.octets(reader.uint16());
  reader.align4();
  const count = reader.uint8();
  reader.octets(3);
  const results = Array.from({ length: count }, () => ({
    result: reader.uint16(),
    reason: reader.uint16(),
    transferSyntax: reader.syntax(),
  }));
  const end = address.indexOf(0);
  const secondaryAddress = Buffer.from(end < 0 ? address : address.subarray(0, end)).toString("latin1");
  return { maximumTransmitFragment, maximumReceiveFragment, associationGroupId, secondaryAddress, results };
}

/** A bind_nak PDU; it names the one protocol version that is spoken, 5.0 (C706 12.6.4.5). */
export function encodeBindNak(callId: number, reason: number): Uint8Array {
  return new PduFieldWriter(PacketType.bindNak, callId)
    .uint16(reason)
    .uint8(1)
    .uint8(5)
    .uint8(0)
    .octets(new Uint8Array(3))
    .finish();
}

/** The reject reason of a bind_nak PDU; versions and extended error information are not looked at (MS-RPCE 2.2.2.9). */
export function decodeBindNak(pdu: Pdu): number {
  return new PduFieldReader(pdu).uint16();
}

/**
 * Checks that a bind or alter_context proposes at least one context, each with a transfer syntax (C706 12.6.3.1).
 *
 * @throws ProtocolViolation
 */
export function requireContexts(pdu: Pdu, { contexts }: BindFields): void {
  if (contexts.length === 0 || contexts.some(({ transferSyntaxes }) => transferSyntaxes.length === 0))
    throw new ProtocolViolation("a presentation context without syntaxes, or none at all", pdu.type, pdu.callId, {
      didNotExecute: true,
    });
}
