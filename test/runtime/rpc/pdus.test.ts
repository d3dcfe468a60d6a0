import { describe, expect, it } from "vitest";
import {
  decodeBind,
  decodeBindAck,
  decodeBindNak,
  encodeBind,
  encodeBindAck,
  encodeBindNak,
  type BindAckFields,
  type BindFields,
} from "../../../runtime/rpc/bind-pdus.ts";
import { decodeFault, decodeRequest, decodeResponse, encodeBare, encodeFault } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, pduOf, type Pdu } from "../../../runtime/rpc/pdu-header.ts";
import {
  bindTimeFeatures,
  bindTimeFeatureSyntax,
  NDR64_SYNTAX,
  NDR_SYNTAX,
  NIL_SYNTAX,
} from "../../../runtime/rpc/syntax-identifier.ts";

/** Packed by Samba 4.17: ndr_pack of dcerpc.ncacn_packet. */
const SAMBA = {
  bind:
    "05000b0310000000a000000007000000d016d01634120000030000000000010080bda8af8a7dc911bef408002b10298901000000045d888aeb1cc9119fe808002b104860" +
    "020000000100010080bda8af8a7dc911bef408002b1029890100000033057171babe37498319b5dbef9ccc36010000000200010080bda8af8a7dc911bef408002b102989" +
    "010000002c1cb76c12984045020000000000000001000000",
  bindAck:
    "05000c13100000006c00000007000000b810b810f053000006003439363634000300000000000000045d888aeb1cc9119fe808002b104860020000000200020000000000" +
    "00000000000000000000000000000000030002000000000000000000000000000000000000000000",
  bindNak: "05000d031000000018000000070000000400010500000000",
  request: "05000003100000001c00000007000000040000000100090001020304",
  requestWithObject: "05000083100000002c00000007000000040000000100090067452301ab89efcd0123456789abcdef01020304",
  response: "05000203100000001c00000007000000040000000100000001020304",
  fault: "0500032310000000200000000700000020000000010000000200011c00000000",
  coCancel: "05001203100000001000000007000000",
  orphaned: "05001303100000001000000007000000",
};

const MANAGEMENT = { uuid: "afa8bd80-7d8a-11c9-bef4-08002b102989", major: 1, minor: 0 };

const BIND: BindFields = {
  maximumTransmitFragment: 5840,
  maximumReceiveFragment: 5840,
  associationGroupId: 0x1234,
  contexts: [
    { contextId: 0, abstractSyntax: MANAGEMENT, transferSyntaxes: [NDR_SYNTAX] },
    { contextId: 1, abstractSyntax: MANAGEMENT, transferSyntaxes: [NDR64_SYNTAX] },
    { contextId: 2, abstractSyntax: MANAGEMENT, transferSyntaxes: [bindTimeFeatureSyntax(2)] },
  ],
};

const BIND_ACK: BindAckFields = {
  maximumTransmitFragment: 4280,
  maximumReceiveFragment: 4280,
  associationGroupId: 0x53f0,
  secondaryAddress: "49664",
  results: [
    { result: 0, reason: 0, transferSyntax: NDR_SYNTAX },
    { result: 2, reason: 2, transferSyntax: NIL_SYNTAX },
    { result: 3, reason: 2, transferSyntax: NIL_SYNTAX },
  ],
};

function pdu(hex: string): Pdu {
  return pduOf(Buffer.from(hex, "hex"), true);
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

describe("PDUs are encoded as Samba packs them", () => {
  it.each([
    ["bind", SAMBA.bind, encodeBind(PacketType.bind, 7, 3, BIND)],
    ["alter_context", SAMBA.bind.replace(/^05000b/, "05000e"), encodeBind(PacketType.alterContext, 7, 3, BIND)],
    ["bind_ack", SAMBA.bindAck, encodeBindAck(PacketType.bindAck, 7, 0x13, BIND_ACK)],
    ["bind_nak", SAMBA.bindNak, encodeBindNak(7, 4)],
    ["fault", SAMBA.fault, encodeFault(7, 1, 0x1c010002, true)],
    ["co_cancel", SAMBA.coCancel, encodeBare(PacketType.coCancel, 7)],
    ["orphaned", SAMBA.orphaned, encodeBare(PacketType.orphaned, 7)],
  ])("%s", (_name, expected, octets) => {
    expect(hex(octets)).toBe(expected);
  });
});

describe("PDUs are decoded", () => {
  it("bind", () => {
    expect(decodeBind(pdu(SAMBA.bind))).toEqual(BIND);
    expect(bindTimeFeatures(decodeBind(pdu(SAMBA.bind)).contexts[2]?.transferSyntaxes[0] ?? NIL_SYNTAX)).toBe(2);
    expect(bindTimeFeatures(NDR_SYNTAX)).toBeUndefined();
  });

  it("bind_ack", () => {
    expect(decodeBindAck(pdu(SAMBA.bindAck))).toEqual(BIND_ACK);
  });

  it("bind_nak", () => {
    expect(decodeBindNak(pdu(SAMBA.bindNak))).toBe(4);
  });

  it("request, with and without an object", () => {
    const stubData = Buffer.from("01020304", "hex");
    const plain = decodeRequest(pdu(SAMBA.request));
    expect({ ...plain, stubData: Buffer.from(plain.stubData) }).toEqual({
      allocationHint: 4,
      contextId: 1,
      opnum: 9,
      objectUuid: undefined,
      stubData,
    });
    const object = decodeRequest(pdu(SAMBA.requestWithObject));
    expect(object.objectUuid).toBe("01234567-89ab-cdef-0123-456789abcdef");
    expect(Buffer.from(object.stubData)).toEqual(stubData);
  });

  it("response and fault", () => {
    expect(hex(decodeResponse(pdu(SAMBA.response)).stubData)).toBe("01020304");
    expect(decodeFault(pdu(SAMBA.fault))).toBe(0x1c010002);
  });

  it("of either byte order", () => {
    const bigEndian = pduOf(Buffer.from("0500000300000000001c0000000000070000000400010009" + "01020304", "hex"), false);
    expect(bigEndian.callId).toBe(7);
    expect(decodeRequest(bigEndian)).toMatchObject({ allocationHint: 4, contextId: 1, opnum: 9 });
  });

  it("without the padding and the verifier behind stub data (MS-RPCE 2.2.2.11)", () => {
    const verified = pdu(
      "0500000310000000340010000700000004000000010009000102030400000000" + "0a050400" + "00000000" + "00".repeat(12),
    );
    expect(hex(decodeRequest({ ...verified, authLength: 12 }).stubData)).toBe("01020304");
  });
});

describe("a truncated PDU is a violation", () => {
  it.each([0x12, 0x17, 0x1a, 0x30, 0x9f])("bind cut to %i octets", (length) => {
    expect(() => decodeBind(pdu(SAMBA.bind.slice(0, length * 2)))).toThrow("ends before its fields do");
  });

  it("request, response, fault", () => {
    expect(() => decodeRequest(pdu(SAMBA.request.slice(0, 40)))).toThrow("too short");
    expect(() => decodeRequest(pdu(SAMBA.requestWithObject.slice(0, 70)))).toThrow("too short");
    expect(() => decodeResponse(pdu(SAMBA.response.slice(0, 40)))).toThrow("too short");
    expect(() => decodeFault(pdu(SAMBA.fault.slice(0, 50)))).toThrow("too short");
  });

  it("padding that reaches into the header", () => {
    const verified = pdu(
      "05000003100000002c00080007000000040000000100090001020304" + "0a05ff00" + "00000000" + "00".repeat(8),
    );
    expect(() => decodeRequest(verified)).toThrow("too short");
  });
});
