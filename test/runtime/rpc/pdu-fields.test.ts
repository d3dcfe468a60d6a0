import { describe, expect, it } from "vitest";
import { PduFieldWriter } from "../../../runtime/rpc/pdu-fields.ts";
import { PacketType } from "../../../runtime/rpc/pdu-header.ts";
import { NDR_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";

const HEADER = 16;

describe("PduFieldWriter", () => {
  it.for([
    { field: "an octet", write: (w: PduFieldWriter) => w.uint8(0x11), octets: "11" },
    { field: "a short integer", write: (w: PduFieldWriter) => w.uint16(0x2211), octets: "1122" },
    { field: "a long integer", write: (w: PduFieldWriter) => w.uint32(0x44332211), octets: "11223344" },
    { field: "octets", write: (w: PduFieldWriter) => w.octets(Uint8Array.of(1, 2, 3)), octets: "010203" },
    {
      field: "a syntax identifier",
      write: (w: PduFieldWriter) => w.syntax(NDR_SYNTAX),
      octets: "045d888aeb1cc9119fe808002b10486002000000",
    },
  ])("keeps $field that does not fit into the buffer any more", ({ write, octets }) => {
    for (const before of [200, 239, 240, 1000]) {
      const pdu = write(new PduFieldWriter(PacketType.bind, 1).octets(new Uint8Array(before).fill(0xff))).finish();
      expect(Buffer.from(pdu).toString("hex", HEADER)).toBe("ff".repeat(before) + octets);
    }
  });
});
