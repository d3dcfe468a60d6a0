import { describe, expect, it } from "vitest";
import { PduStream } from "../../../runtime/rpc/pdu-stream.ts";

/** A request of 28 octets, packed by Samba 4.17. */
const REQUEST = Buffer.from("05000003100000001c00000007000000040000000100090001020304", "hex");

function callIds(stream: PduStream, octets: Uint8Array): number[] {
  const found: number[] = [];
  stream.push(octets);
  for (let pdu = stream.next(); pdu !== null; pdu = stream.next()) found.push(pdu.callId);
  return found;
}

function patched(offset: number, ...octets: number[]): Buffer {
  const copy = Buffer.from(REQUEST);
  copy.set(octets, offset);
  return copy;
}

describe("PduStream", () => {
  it("cuts deliveries at every octet", () => {
    const two = Buffer.concat([REQUEST, patched(12, 8)]);
    for (let cut = 0; cut <= two.length; cut++) {
      const stream = new PduStream(5840);
      expect([...callIds(stream, two.subarray(0, cut)), ...callIds(stream, two.subarray(cut))]).toEqual([7, 8]);
      expect(stream.incomplete).toBe(false);
    }
  });

  it("takes a PDU octet by octet", () => {
    const stream = new PduStream(5840);
    const found = [...REQUEST].flatMap((octet, index) => {
      const ids = callIds(stream, Uint8Array.of(octet));
      expect(stream.incomplete).toBe(index < REQUEST.length - 1);
      return ids;
    });
    expect(found).toEqual([7]);
  });

  it("gives views of a whole delivery, and copies of what was spread", () => {
    const stream = new PduStream(5840);
    stream.push(REQUEST);
    expect(stream.next()?.octets.buffer).toBe(REQUEST.buffer);
    expect(stream.next()).toBeNull();
  });

  it("takes big-endian headers", () => {
    const stream = new PduStream(5840);
    stream.push(Buffer.from("0500000300000000001c0000000000070000000400010009" + "01020304", "hex"));
    expect(stream.next()).toMatchObject({ callId: 7, littleEndian: false });
  });

  it.each([
    ["protocol version 4.0", patched(0, 4), "protocol version 4.0 is not 5.0 or 5.1"],
    ["protocol version 5.2", patched(1, 2), "protocol version 5.2 is not 5.0 or 5.1"],
    ["EBCDIC characters", patched(4, 0x11), "character representation is not ASCII"],
    ["VAX floating point", patched(5, 1), "floating-point representation is not IEEE"],
    ["an integer representation that is not defined", patched(4, 0x20), "integer representation 2 is not defined"],
    ["a length below that of a header", patched(8, 15), "fragment length 15 is shorter than a header"],
    ["a length above the limit", patched(8, 0xd1, 0x16), "fragment length 5841 exceeds 5840"],
    [
      "a verifier that does not fit",
      patched(10, 5),
      "authentication length 5 does not fit into a fragment of 28 octets",
    ],
  ])("refuses %s", (_name, octets, message) => {
    const stream = new PduStream(5840);
    stream.push(octets);
    expect(() => stream.next()).toThrow(message);
  });

  it("accepts minor version 1, as C706 12.6.3.1 has it", () => {
    expect(callIds(new PduStream(5840), patched(1, 1))).toEqual([7]);
  });
});
