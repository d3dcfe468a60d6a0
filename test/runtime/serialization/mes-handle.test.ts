import { describe, expect, it } from "vitest";
import {
  MesDecodeBufferHandleCreate,
  MesDecodeIncrementalHandleCreate,
  MesEncodeDynBufferHandleCreate,
  MesEncodeFixedBufferHandleCreate,
  MesEncodeIncrementalHandleCreate,
  managedMemory,
  trackMemory,
} from "../../../runtime/index.ts";
import type { InterfaceDescription, MesDecodeHandle, MesEncodeHandle } from "../../../runtime/index.ts";
import { structNode } from "../../../runtime/memory/described-node.ts";
import { RpcError } from "../../../runtime/index.ts";

const OWNER: InterfaceDescription = {
  name: "store",
  uuid: "0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e43",
  major: 1,
  minor: 2,
  transferSyntaxes: ["ndr", "ndr64"],
  endpoints: [],
};

const put = (handle: MesEncodeHandle, value: number): void => {
  handle.encode(OWNER, true, (w) => {
    w.uint32(w.reserve(4, 4), value, "value");
  });
};
const take = (handle: MesDecodeHandle): number => handle.decode(OWNER, undefined, (r) => r.uint32(r.take(4, 4)));
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");

// MS-RPCE 2.2.6.1: version 1, little-endian, length 8, filler; 2.2.6.2: length with padding, filler.
const VERSION_1 =
  "01100800cccccccc" + "0800000000000000" + "0700000000000000" + "0800000000000000" + "0900000000000000";

// MS-RPCE 2.2.7.1: version 2, length 64, fillers, NDR64 syntax, interface identifier; 2.2.7.2: length with padding, 12 octets of filler.
const VERSION_2 =
  `02104000${"cc".repeat(20)}` +
  "33057171babe37498319b5dbef9ccc36" +
  "01000000" +
  "4e3a9d0cb1520e4f9a376f5b8c1d2e43" +
  "01000200" +
  `10000000${"00".repeat(12)}` +
  `07000000${"00".repeat(12)}`;

describe("encoding", () => {
  it("writes one common header, and a private header for each type (version 1)", () => {
    const handle = MesEncodeDynBufferHandleCreate();
    put(handle, 7);
    put(handle, 9);
    expect(hex(handle.octets())).toBe(VERSION_1);
  });

  it("writes headers of version 2 for NDR64", () => {
    const handle = MesEncodeDynBufferHandleCreate({ ndr64: true });
    put(handle, 7);
    expect(hex(handle.octets())).toBe(VERSION_2);
  });

  it("a primitive type has no private header and is padded to 8 (MS-RPCE 2.2.6.3)", () => {
    const handle = MesEncodeDynBufferHandleCreate();
    handle.encode(OWNER, false, (w) => {
      w.uint16(w.reserve(2, 2), 5, "value");
    });
    expect(hex(handle.octets())).toBe("01100800cccccccc" + "0500000000000000");
  });

  it("a primitive type of version 2 has a private header and is padded to 16 (MS-RPCE 2.2.7.2)", () => {
    const handle = MesEncodeDynBufferHandleCreate({ ndr64: true });
    handle.encode(OWNER, false, (w) => {
      w.uint16(w.reserve(2, 2), 5, "value");
    });
    const octets = handle.octets();
    expect(hex(octets.subarray(64))).toBe(`10000000${"00".repeat(12)}` + `0500${"00".repeat(14)}`);
    const decoded = MesDecodeBufferHandleCreate(octets).decode(OWNER, 2, (r) => r.uint16(r.take(2, 2)));
    expect(decoded).toBe(5);
  });

  it("a fixed buffer takes what fits, and says when a type does not", () => {
    const handle = MesEncodeFixedBufferHandleCreate(new Uint8Array(30));
    put(handle, 7);
    expect(() => {
      put(handle, 9);
    }).toThrow(expect.objectContaining({ name: "RPC_S_BUFFER_TOO_SMALL" }));
    expect(hex(handle.octets())).toBe(VERSION_1.slice(0, 48));
  });

  it("an incremental handle hands out every piece", () => {
    const pieces: string[] = [];
    const handle = MesEncodeIncrementalHandleCreate((octets) => pieces.push(hex(octets)));
    put(handle, 7);
    put(handle, 9);
    expect(pieces.join("")).toBe(VERSION_1);
    expect(handle.octets()).toHaveLength(0);
  });

  it("refuses a transfer syntax that the stubs do not have", () => {
    const handle = MesEncodeDynBufferHandleCreate({ ndr64: true });
    expect(() => {
      handle.encode({ ...OWNER, transferSyntaxes: ["ndr"] }, true, () => undefined);
    }).toThrow(/the stubs of store do not have ndr64: compile them with \/protocol all/);
  });
});

describe("decoding", () => {
  it("reads type after type, in both versions", () => {
    const handle = MesDecodeBufferHandleCreate(Buffer.from(VERSION_1, "hex"));
    expect([take(handle), take(handle)]).toEqual([7, 9]);
    expect(take(MesDecodeBufferHandleCreate(Buffer.from(VERSION_2, "hex")))).toBe(7);
  });

  it("reads big-endian types of version 1", () => {
    const octets = Buffer.from("01000800cccccccc" + "0000000800000000" + "0000000700000000", "hex");
    expect(take(MesDecodeBufferHandleCreate(octets))).toBe(7);
  });

  it("asks an incremental source for what it needs", () => {
    const octets = Buffer.from(VERSION_1, "hex");
    const asked: number[] = [];
    let offset = 0;
    const handle = MesDecodeIncrementalHandleCreate((count) => {
      asked.push(count);
      offset += count;
      return octets.subarray(offset - count, offset);
    });
    expect([take(handle), take(handle)]).toEqual([7, 9]);
    expect(asked).toEqual([4, 4, 8, 8, 8, 8]);
  });

  it.each([
    ["03100800cccccccc", "serialization header: version 3 of type serialization"],
    ["01110800cccccccc", "serialization header: byte order 17 in a header of version 1"],
    ["01100900cccccccc", "serialization header: the length is 9 where it must be 8"],
    ["01100800cccccccc" + "0900000000000000", "serialization header: object buffer length 9 is no multiple of 8"],
    ["01100800cccccccc" + "10000000000000000000000000000000", "the buffer ends 8 octets too early"],
    ["0110", "the buffer ends 2 octets too early"],
    [`02104000${"cc".repeat(60)}`, "serialization header: an unknown transfer syntax"],
  ])("refuses %s", (octets, message) => {
    expect(() => take(MesDecodeBufferHandleCreate(Buffer.from(octets, "hex")))).toThrow(
      expect.objectContaining({ name: "RPC_X_BAD_STUB_DATA", message }),
    );
  });

  it("gives nodes back when a type cannot be read", () => {
    const memory = trackMemory(managedMemory());
    const handle = MesDecodeBufferHandleCreate(Buffer.from(VERSION_1, "hex"), memory);
    expect(() =>
      handle.decode(OWNER, undefined, (r) => {
        r.allocate(structNode({ name: "X", size: 4, alignment: 4, create: () => ({}), layout: () => ({}) }), 4);
        throw new RpcError("RPC_X_BAD_STUB_DATA");
      }),
    ).toThrow();
    expect(memory).toMatchObject({ allocations: 1, liveCount: 0 });
  });
});
