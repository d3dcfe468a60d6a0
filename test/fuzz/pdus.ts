/** Connection-oriented PDUs built by hand (C706 12.6.4, MS-RPCE 2.2.2): what is mutated. */

/** PTYPE of the PDUs that are built. */
export const PacketType = {
  request: 0,
  response: 2,
  fault: 3,
  bind: 11,
  bindAck: 12,
  bindNak: 13,
  alterContext: 14,
  alterContextResponse: 15,
  shutdown: 17,
  coCancel: 18,
  orphaned: 19,
} as const;

/** Bits of pfc_flags. */
export const PduFlag = { first: 1, last: 2, multiplexing: 0x10, objectUuid: 0x80 } as const;

/** A PDU that is the only fragment of its call. */
export const WHOLE = PduFlag.first | PduFlag.last;

/** The octets of a syntax identifier (p_syntax_id_t). */
export const SYNTAXES = {
  ndr: Buffer.from("045d888aeb1cc9119fe808002b10486002000000", "hex"),
  ndr64: Buffer.from("33057171babe37498319b5dbef9ccc3601000000", "hex"),
  features: Buffer.from("2c1cb76c12984045030000000000000001000000", "hex"),
} as const;

/** An interface as a syntax identifier. */
export function interfaceSyntax({ uuid, major, minor }: { uuid: string; major: number; minor: number }): Buffer {
  const hex = Buffer.from(uuid.replaceAll("-", ""), "hex");
  hex.subarray(0, 4).reverse();
  hex.subarray(4, 6).reverse();
  hex.subarray(6, 8).reverse();
  return Buffer.concat([hex, uint16(major), uint16(minor)]);
}

/** A PDU: the common header and a body. */
export function pdu(type: number, flags: number, callId: number, ...body: readonly Uint8Array[]): Buffer {
  const rest = Buffer.concat(body);
  const header = Buffer.alloc(16);
  header.set([5, 0, type, flags, 0x10, 0, 0, 0]);
  header.writeUInt16LE(16 + rest.length, 8);
  header.writeUInt32LE(callId, 12);
  return Buffer.concat([header, rest]);
}

/** A bind or alter_context with presentation contexts numbered from 0. */
export function bindPdu(
  type: number,
  callId: number,
  contexts: readonly { readonly abstract: Uint8Array; readonly transfer: readonly Uint8Array[] }[],
): Buffer {
  const elements = contexts.flatMap(({ abstract, transfer }, index) => [
    uint16(index),
    Buffer.from([transfer.length, 0]),
    abstract,
    ...transfer,
  ]);
  const head = Buffer.concat([uint16(5840), uint16(5840), uint32(0), Buffer.from([contexts.length, 0, 0, 0])]);
  return pdu(type, WHOLE | PduFlag.multiplexing, callId, head, ...elements);
}

/** A bind_ack or alter_context_resp that accepts one of the contexts, and knows of no features. */
export function bindAckPdu(
  type: number,
  callId: number,
  accepted: number,
  contexts: number,
  syntax: Uint8Array,
): Buffer {
  const results = Array.from({ length: contexts }, (_, index) =>
    index === accepted
      ? Buffer.concat([uint16(0), uint16(0), syntax])
      : Buffer.concat([uint16(2), uint16(2), Buffer.alloc(20)]),
  );
  const address =
    type === PacketType.bindAck ? Buffer.from("\u0004\u0000135\u0000\u0000\u0000", "latin1") : Buffer.alloc(4);
  const head = [uint16(5840), uint16(5840), uint32(0x1234), address, Buffer.from([contexts, 0, 0, 0])];
  return pdu(type, WHOLE | PduFlag.multiplexing, callId, ...head, ...results);
}

/** A fragment of a request. */
export function requestPdu(callId: number, opnum: number, flags: number, stubData: Uint8Array, contextId = 0): Buffer {
  const object = (flags & PduFlag.objectUuid) === 0 ? Buffer.alloc(0) : Buffer.alloc(16, 7);
  return pdu(
    PacketType.request,
    flags,
    callId,
    uint32(stubData.length),
    uint16(contextId),
    uint16(opnum),
    object,
    stubData,
  );
}

/** A fragment of a response. */
export function responsePdu(callId: number, flags: number, stubData: Uint8Array, contextId = 0): Buffer {
  return pdu(PacketType.response, flags, callId, uint32(stubData.length), uint16(contextId), uint16(0), stubData);
}

/** A fault. */
export function faultPdu(callId: number, status: number): Buffer {
  return pdu(PacketType.fault, WHOLE, callId, uint32(0), uint32(0), uint32(status), uint32(0));
}

/** A bind_nak. */
export function bindNakPdu(callId: number, reason: number): Buffer {
  return pdu(PacketType.bindNak, WHOLE, callId, uint16(reason), Buffer.from([1, 5, 0, 0, 0, 0]));
}

/** Stub data in fragments: first and last flags on the ends. */
export function fragments(
  stubData: Uint8Array,
  count: number,
  make: (flags: number, part: Uint8Array) => Buffer,
): readonly Buffer[] {
  const size = Math.max(1, Math.ceil(stubData.length / count));
  return Array.from({ length: count }, (_, index) => {
    const flags = (index === 0 ? PduFlag.first : 0) | (index === count - 1 ? PduFlag.last : 0);
    return make(flags, stubData.subarray(index * size, (index + 1) * size));
  });
}

export function uint16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value & 0xffff);
  return octets;
}

export function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value >>> 0);
  return octets;
}
