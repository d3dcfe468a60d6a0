import { FaultStatus } from "../status.ts";

/** PTYPE of the connection-oriented PDUs (C706 12.6.4, MS-RPCE 2.2.2.10). */
export const PacketType = {
  request: 0,
  response: 2,
  fault: 3,
  bind: 11,
  bindAck: 12,
  bindNak: 13,
  alterContext: 14,
  alterContextResponse: 15,
  auth3: 16,
  shutdown: 17,
  coCancel: 18,
  orphaned: 19,
} as const;

/** Bits of pfc_flags (C706 12.6.3.1); 0x04 means header signing in the PDUs that build a context (MS-RPCE 2.2.2.3). */
export const PduFlag = {
  firstFragment: 0x01,
  lastFragment: 0x02,
  pendingCancel: 0x04,
  supportHeaderSign: 0x04,
  concurrentMultiplexing: 0x10,
  didNotExecute: 0x20,
  maybe: 0x40,
  objectUuid: 0x80,
} as const;

/** Both ends of a PDU that is a call's only fragment. */
export const WHOLE = PduFlag.firstFragment | PduFlag.lastFragment;

/** Octets of the header that all connection-oriented PDUs begin with (C706 12.6.3.1). */
export const HEADER_SIZE = 16;

/** Octets of the sec_trailer before the authentication value (MS-RPCE 2.2.2.11). */
export const SEC_TRAILER_SIZE = 8;

/** One received PDU whose header has been checked. */
export interface Pdu {
  /** The whole PDU, header included; it may be a view of a larger buffer. */
  readonly octets: Uint8Array;
  readonly view: DataView;
  readonly type: number;
  readonly flags: number;
  /** The sender's byte order (C706 14.1). */
  readonly littleEndian: boolean;
  readonly authLength: number;
  readonly callId: number;
}

/** A PDU that breaks the protocol. It ends its connection; the server first answers with a fault or bind_nak (MS-RPCE 3.3.3.5.7). */
export class ProtocolViolation extends Error {
  readonly packetType: number;
  readonly callId: number;
  /** Status of the fault that answers it. */
  readonly fault: number;
  /** Whether the fault says that the call was not executed. */
  readonly didNotExecute: boolean;
  /** Presentation context that the fault names. */
  readonly contextId: number;

  constructor(
    message: string,
    packetType: number,
    callId: number,
    { fault = FaultStatus.nca_proto_error, didNotExecute = false, contextId = 0 }: ViolationAnswer = {},
  ) {
    super(message);
    this.name = "ProtocolViolation";
    this.packetType = packetType;
    this.callId = callId;
    this.fault = fault;
    this.didNotExecute = didNotExecute;
    this.contextId = contextId;
  }
}

/** How a violation is to be answered; the default is nca_proto_error. */
export interface ViolationAnswer {
  readonly fault?: number;
  readonly didNotExecute?: boolean;
  readonly contextId?: number;
}

/** What a header says of the length of its PDU, and whether the sender's integers are little-endian. */
export interface HeaderLength {
  readonly fragmentLength: number;
  readonly littleEndian: boolean;
}

/**
 * Checks the 16 octets of a header: protocol version 5.0 or 5.1, an integer order that exists, ASCII, IEEE floating point, a fragment length
 * within the limit and an authentication length within the fragment.
 *
 * @throws ProtocolViolation
 */
export function checkHeader(view: DataView, at: number, maximumFragmentLength: number): HeaderLength {
  const integers = view.getUint8(at + 4) >>> 4;
  const littleEndian = integers === 1;
  const packetType = view.getUint8(at + 2);
  const callId = view.getUint32(at + 12, littleEndian);
  const refuse = (message: string): never => {
    throw new ProtocolViolation(message, packetType, callId);
  };
  const major = view.getUint8(at);
  const minor = view.getUint8(at + 1);
  if (major !== 5 || minor > 1) refuse(`protocol version ${major}.${minor} is not 5.0 or 5.1`);
  if (integers > 1) refuse(`integer representation ${integers} is not defined`);
  if ((view.getUint8(at + 4) & 0x0f) !== 0) refuse("character representation is not ASCII");
  if (view.getUint8(at + 5) !== 0) refuse("floating-point representation is not IEEE");
  const fragmentLength = view.getUint16(at + 8, littleEndian);
  if (fragmentLength < HEADER_SIZE) refuse(`fragment length ${fragmentLength} is shorter than a header`);
  if (fragmentLength > maximumFragmentLength)
    refuse(`fragment length ${fragmentLength} exceeds ${maximumFragmentLength}`);
  const authLength = view.getUint16(at + 10, littleEndian);
  if (authLength > 0 && HEADER_SIZE + SEC_TRAILER_SIZE + authLength > fragmentLength)
    refuse(`authentication length ${authLength} does not fit into a fragment of ${fragmentLength} octets`);
  return { fragmentLength, littleEndian };
}

/** The PDU in octets whose header has passed checkHeader. */
export function pduOf(octets: Uint8Array, littleEndian: boolean): Pdu {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  return {
    octets,
    view,
    type: view.getUint8(2),
    flags: view.getUint8(3),
    littleEndian,
    authLength: view.getUint16(10, littleEndian),
    callId: view.getUint32(12, littleEndian),
  };
}

/** Writes a header at an offset: version 5.0, little-endian, ASCII, IEEE. */
export function writeHeader(
  view: DataView,
  at: number,
  type: number,
  flags: number,
  fragmentLength: number,
  callId: number,
): void {
  view.setUint32(at, 0x05 | (type << 16) | (flags << 24), true);
  view.setUint32(at + 4, 0x10, true);
  view.setUint32(at + 8, fragmentLength, true);
  view.setUint32(at + 12, callId, true);
}
