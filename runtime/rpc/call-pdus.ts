import { PduFieldWriter } from "./pdu-fields.ts";
import {
  HEADER_SIZE,
  PacketType,
  PduFlag,
  ProtocolViolation,
  SEC_TRAILER_SIZE,
  WHOLE,
  type Pdu,
} from "./pdu-header.ts";
import { readUuidAt, UUID_SIZE } from "./uuid.ts";

/** Octets before the stub data of a request without an object UUID, and of a response (C706 12.6.4.9, 12.6.4.10). */
export const CALL_HEADER_SIZE = HEADER_SIZE + 8;

/** Octets of a fault PDU: header, call header, status, reserved (C706 12.6.4.7). */
const FAULT_SIZE = CALL_HEADER_SIZE + 8;

/** The fields of a request fragment (C706 12.6.4.9). */
export interface RequestFields {
  readonly allocationHint: number;
  readonly contextId: number;
  readonly opnum: number;
  readonly objectUuid: string | undefined;
  /** A view of the PDU. */
  readonly stubData: Uint8Array;
}

/** The fields of a response fragment (C706 12.6.4.10). */
export interface ResponseFields {
  readonly allocationHint: number;
  readonly stubData: Uint8Array;
}

/**
 * The fields of a request PDU.
 *
 * @throws ProtocolViolation when it is truncated
 */
export function decodeRequest(pdu: Pdu): RequestFields {
  const { view, littleEndian } = pdu;
  const hasObject = (pdu.flags & PduFlag.objectUuid) !== 0;
  const start = hasObject ? CALL_HEADER_SIZE + UUID_SIZE : CALL_HEADER_SIZE;
  const stubData = stubDataOf(pdu, start);
  return {
    allocationHint: view.getUint32(16, littleEndian),
    contextId: view.getUint16(20, littleEndian),
    opnum: view.getUint16(22, littleEndian),
    objectUuid: hasObject ? readUuidAt(view, CALL_HEADER_SIZE, littleEndian) : undefined,
    stubData,
  };
}

/**
 * The fields of a response PDU.
 *
 * @throws ProtocolViolation when it is truncated
 */
export function decodeResponse(pdu: Pdu): ResponseFields {
  const stubData = stubDataOf(pdu, CALL_HEADER_SIZE);
  return { allocationHint: pdu.view.getUint32(16, pdu.littleEndian), stubData };
}

/** A fault PDU without stub data (C706 12.6.4.7, MS-RPCE 2.2.2.8). */
export function encodeFault(callId: number, contextId: number, status: number, didNotExecute: boolean): Uint8Array {
  const flags = didNotExecute ? WHOLE | PduFlag.didNotExecute : WHOLE;
  return new PduFieldWriter(PacketType.fault, callId, flags)
    .uint32(FAULT_SIZE)
    .uint16(contextId)
    .uint8(0)
    .uint8(0)
    .uint32(status)
    .uint32(0)
    .finish();
}

/**
 * The status field of a fault PDU; stub data and extended error information are ignored (MS-RPCE 2.2.2.8).
 *
 * @throws ProtocolViolation when it is truncated
 */
export function decodeFault(pdu: Pdu): number {
  if (pdu.octets.length < CALL_HEADER_SIZE + 4) throw truncated(pdu);
  return pdu.view.getUint32(CALL_HEADER_SIZE, pdu.littleEndian);
}

/** A co_cancel, orphaned or shutdown PDU: a header alone (C706 12.6.4.6, 12.6.4.8, 12.6.4.11). */
export function encodeBare(type: number, callId: number): Uint8Array {
  return new PduFieldWriter(type, callId).finish();
}

function stubDataOf(pdu: Pdu, start: number): Uint8Array {
  const end = pdu.authLength === 0 ? pdu.octets.length : endBeforeVerifier(pdu);
  if (end < start) throw truncated(pdu);
  return pdu.octets.subarray(start, end);
}

/** Where the stub data ends before padding, sec_trailer and authentication value (MS-RPCE 2.2.2.11: auth_pad_length is its third octet). */
function endBeforeVerifier(pdu: Pdu): number {
  const trailer = pdu.octets.length - pdu.authLength - SEC_TRAILER_SIZE;
  return trailer - pdu.view.getUint8(trailer + 2);
}

function truncated(pdu: Pdu): ProtocolViolation {
  return new ProtocolViolation(`PDU type ${pdu.type} is too short`, pdu.type, pdu.callId);
}
