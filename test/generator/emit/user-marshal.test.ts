/** [wire_marshal] and [user_marshal]: the application writes the octets of the wire type, as Windows recorded them or the pages show them. */
import { describe, expect, it } from "vitest";
import type { NdrReader, NdrWriter } from "../../../runtime/index.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { property } from "../../support/property.ts";
import { NDR, NDR64, compiled, requestOf, served, resultOf, nothing, routineOf } from "./conversion-stubs.ts";

/** A number as two (MIDL "wire_marshal"): the routines write the octets. */
const directly = {
  FOUR_BYTE_DATA_UserSize: () => {
    throw new Error("the size of the wire type is known");
  },
  FOUR_BYTE_DATA_UserMarshal(flags: number, buffer: NdrWriter, value: number) {
    expect(flags).toBe(0x0010_0002);
    buffer.uint16(buffer.reserve(2, 2), value & 0xffff, "low");
    buffer.uint16(buffer.reserve(2, 2), value >>> 16, "high");
  },
  FOUR_BYTE_DATA_UserUnmarshal(flags: number, buffer: NdrReader) {
    expect(flags).toBe(buffer.littleEndian ? 0x0010_0002 : 2);
    const low = buffer.uint16(buffer.take(2, 2));
    return (low | (buffer.uint16(buffer.take(2, 2)) << 16)) >>> 0;
  },
  FOUR_BYTE_DATA_UserFree: nothing,
};

describe.each([
  [
    "[wire_marshal]",
    `typedef unsigned long _FOUR_BYTE_DATA;
     typedef struct _TWO_X_TWO_BYTE_DATA { unsigned short low; unsigned short high; } TWO_X_TWO_BYTE_DATA;
     typedef [wire_marshal(TWO_X_TWO_BYTE_DATA)] _FOUR_BYTE_DATA FOUR_BYTE_DATA;
     typedef struct { char letter; FOUR_BYTE_DATA one; FOUR_BYTE_DATA many[2]; } HOLDER;
     void f([in] FOUR_BYTE_DATA number, [in] HOLDER *holder);`,
    undefined,
  ],
  [
    "[user_marshal]",
    `typedef unsigned long FOUR_BYTE_DATA;
     typedef struct _TWO_X_TWO_BYTE_DATA { unsigned short low; unsigned short high; } TWO_X_TWO_BYTE_DATA;
     typedef struct { char letter; TWO_X_TWO_BYTE_DATA one; TWO_X_TWO_BYTE_DATA many[2]; } HOLDER;
     void f([in] TWO_X_TWO_BYTE_DATA number, [in] HOLDER *holder);`,
    "interface conv { typedef [user_marshal(FOUR_BYTE_DATA)] TWO_X_TWO_BYTE_DATA; }",
  ],
])("%s of a flat wire type", (_, idl, acf) => {
  const request = { number: 0x1234_5678, holder: { letter: 65, one: 0x9abc_def0, many: [1, 0x1_0000] } };
  // The example of the page: a long as two shorts, the low one first, aligned to 2; the structure begins with a char and a gap.
  const octets = "78563412" + "4100" + "f0debc9a" + "0100000000000100";

  it("has the routines of the application write its octets in place", async () => {
    const stubs = await compiled(idl, { acf });
    expect(requestOf(stubs, "f", request, directly)).toBe(octets);
    expect((await served(stubs, octets, undefined, directly)).request).toEqual(request);
  });

  it("reads the other byte order without heeding the flags", async () => {
    const stubs = await compiled(idl, { acf });
    const turned = "56781234" + "4100" + "def09abc" + "0001000000000001";
    const encoding = { ndr64: false, littleEndian: false };
    expect((await served(stubs, turned, undefined, directly, encoding)).request).toEqual(request);
  });

  it("may leave it to the generated routine of the wire type", async () => {
    const stubs = await compiled(idl, { acf });
    const marshal = routineOf(stubs, "marshalTWO_X_TWO_BYTE_DATANode");
    const unmarshal = routineOf(stubs, "unmarshalTWO_X_TWO_BYTE_DATANode");
    const conversions = {
      ...directly,
      FOUR_BYTE_DATA_UserMarshal: (_flags: number, buffer: NdrWriter, value: number) =>
        marshal(buffer, { low: value & 0xffff, high: value >>> 16 }),
      FOUR_BYTE_DATA_UserUnmarshal(_flags: number, buffer: NdrReader) {
        const two = unmarshal(buffer, {});
        return (Number(property(two, "low")) | (Number(property(two, "high")) << 16)) >>> 0;
      },
    };
    expect(requestOf(stubs, "f", request, conversions)).toBe(octets);
    expect((await served(stubs, octets, undefined, conversions)).request).toEqual(request);
  });

  it("refuses routines that write or read another number of octets", async () => {
    const stubs = await compiled(idl, { acf });
    const short = {
      ...directly,
      FOUR_BYTE_DATA_UserMarshal: (_flags: number, buffer: NdrWriter) => buffer.reserve(2, 2),
      FOUR_BYTE_DATA_UserUnmarshal: (_flags: number, buffer: NdrReader) => buffer.take(8, 2),
    };
    expect(() => requestOf(stubs, "f", request, short)).toThrow(
      "f.number: FOUR_BYTE_DATA_UserMarshal wrote 2 octets where the wire type has 4",
    );
    await expect(served(stubs, octets, undefined, short)).rejects.toThrow(
      "f.number: FOUR_BYTE_DATA_UserUnmarshal read 8 octets where the wire type has 4 (octet 8)",
    );
  });
});

describe("[wire_marshal] of a pointer (windows-conformant-struct.json)", () => {
  const OCTETS = "cd".repeat(52);
  const idl = compiled(
    `typedef struct { [range(1, 10000)] long size; [size_is(size)] char octets[]; } Blob;
     typedef Blob *WIRE;
     typedef [wire_marshal(WIRE)] void *HANDLE_BLOB;
     long Fetch([out] HANDLE_BLOB *blob);`,
  );

  it("leaves the pointer to the stub; types that nobody declares need an include", async () => {
    expect((await idl).omitted).toEqual([
      "Fetch: [wire_marshal] on HANDLE_BLOB: the .idl does not declare HANDLE_BLOB; have the ACF include the module that exports it",
    ]);
  });

  it.each([
    ["NDR", NDR, `000002003400000034000000${OCTETS}54727565`],
    ["NDR64", NDR64, `0000020000000000340000000000000034000000${OCTETS}54727565`],
  ] as const)("has what it points to written by the application, in %s", async (_, encoding, octets) => {
    const stubs = await compiled(
      `typedef struct { [range(1, 10000)] long size; [size_is(size)] char octets[]; } Blob;
       typedef Blob *WIRE;
       long Fetch([out] WIRE *blob);`,
      { acf: "interface conv { typedef [user_marshal(ArrayBuffer)] WIRE; }" },
    );
    const marshal = routineOf(stubs, "marshalBlobNode");
    const unmarshal = routineOf(stubs, "unmarshalBlobNode");
    const sizes: number[] = [];
    const conversions = {
      ArrayBuffer_UserSize(_flags: number, startingSize: number, value: ArrayBuffer) {
        sizes.push(startingSize);
        return startingSize + 16 + value.byteLength;
      },
      ArrayBuffer_UserMarshal: (_flags: number, buffer: NdrWriter, value: ArrayBuffer) =>
        marshal(buffer, { size: value.byteLength, octets: new Uint8Array(value) }),
      ArrayBuffer_UserUnmarshal(_flags: number, buffer: NdrReader) {
        const octets = property(unmarshal(buffer, null), "octets");
        return octets instanceof Uint8Array ? Uint8Array.from(octets).buffer : null;
      },
      ArrayBuffer_UserFree: nothing,
    };
    const answer = { blob: Uint8Array.from(Buffer.from(OCTETS, "hex")).buffer, returnValue: 1702195796 };
    expect((await served(stubs, "", answer, conversions, encoding)).octets).toBe(octets);
    expect(sizes).toEqual([encoding.ndr64 ? 8 : 4]);
    expect(resultOf(stubs, "Fetch", octets, conversions, encoding)).toEqual(answer);
    const small = { ...conversions, ArrayBuffer_UserSize: (_flags: number, startingSize: number) => startingSize + 8 };
    await expect(served(stubs, "", answer, small, encoding)).rejects.toThrow(
      `Fetch.blob: ArrayBuffer_UserMarshal wrote ${encoding.ndr64 ? 64 : 60} octets where 8 were said`,
    );
  });
});

describe("[wire_marshal] with a union as wire type, inside a structure", () => {
  const idl = (big: string): string => `
    typedef union switch (short kind) value { case 1: char letter; case 2: ${big} big; default: ; } WIRE;
    typedef [wire_marshal(WIRE)] hyper NUMBER;
    typedef struct { char before; NUMBER number; char after; } HOLDER;
    void f([in] HOLDER *holder, [in] long count, [in, size_is(count)] NUMBER *some);`;
  const made = async (big = "hyper"): Promise<{ stubs: Compiled; calls: string[]; conversions: object }> => {
    const stubs = await compiled(idl(big));
    const calls: string[] = [];
    const marshal = routineOf(stubs, "marshalWIRENode");
    const unmarshal = routineOf(stubs, "unmarshalWIRENode");
    const conversions = {
      NUMBER_UserSize(_flags: number, startingSize: number) {
        calls.push("NUMBER_UserSize");
        return startingSize + 40; // too much: the routine may say so
      },
      NUMBER_UserMarshal(_flags: number, buffer: NdrWriter, number: bigint) {
        calls.push("NUMBER_UserMarshal");
        const value = number < 256n ? { discriminant: 1, letter: Number(number) } : { discriminant: 2, big: number };
        marshal(buffer, value, "NUMBER");
      },
      NUMBER_UserUnmarshal(_flags: number, buffer: NdrReader) {
        const value = unmarshal(buffer, null);
        return BigInt(Number(property(value, property(value, "discriminant") === 1 ? "letter" : "big")));
      },
      NUMBER_UserFree: nothing,
    };
    return { stubs, calls, conversions };
  };

  // C706 14.3.8: the discriminant, then the arm at its own alignment. MS-RPCE 2.2.5.3.4.4: at that of the largest in NDR64.
  const zeros = (octets: number): string => "00".repeat(octets);
  const BIG = "8877665544332211";
  it.each([
    ["a small arm", NDR, 0x43n, "4100" + "0100" + "43" + "42"],
    ["a large arm", NDR, 0x1122334455667788n, `4100` + `0200${zeros(4)}${BIG}` + "42"],
    ["a small arm", NDR64, 0x43n, `41${zeros(7)}` + `0100${zeros(6)}43` + `42${zeros(6)}`],
    ["a large arm", NDR64, 0x1122334455667788n, `41${zeros(7)}` + `0200${zeros(6)}${BIG}` + `42${zeros(7)}`],
  ] as const)("is as long as what the routine wrote: %s", async (_, encoding, number, octets) => {
    const { stubs, calls, conversions } = await made();
    const holder = { before: 65, number, after: 66 };
    const request = { holder, count: 0, some: [] };
    const sent = requestOf(stubs, "f", request, conversions, encoding.ndr64);
    expect(sent.startsWith(octets)).toBe(true);
    expect(calls).toEqual(["NUMBER_UserSize", "NUMBER_UserMarshal", "NUMBER_UserMarshal"]);
    const seen = (await served(stubs, sent, undefined, conversions, encoding)).request;
    expect(property(seen, "holder")).toEqual({ before: 65, number: BigInt(Number(number)), after: 66 });
  });

  it("is an element of an array", async () => {
    const { stubs, conversions } = await made("short");
    const holder = { before: 65, number: 1n, after: 66 };
    const request = { holder, count: 2, some: [0x41n, 0x42n] };
    // The number of elements, the maximum count; each element behind the other, aligned to 2.
    const octets = "41000100014200000200000002000000" + "010041" + "00" + "010042";
    expect(requestOf(stubs, "f", request, conversions)).toBe(octets);
    expect((await served(stubs, octets, undefined, conversions)).request).toEqual(request);
  });

  it("is written to the same size every time, and read no further", async () => {
    const { stubs, conversions } = await made();
    let octets = 3;
    const fickle = {
      ...conversions,
      NUMBER_UserMarshal: (_flags: number, buffer: NdrWriter) => buffer.reserve(octets++, 1),
      NUMBER_UserUnmarshal: (_flags: number, buffer: NdrReader) => BigInt(buffer.take(2, 2)),
    };
    const request = { holder: { before: 65, number: 1n, after: 66 }, count: 0, some: [] };
    expect(() => requestOf(stubs, "f", request, fickle)).toThrow(
      "HOLDER.number: NUMBER_UserMarshal wrote 4 octets where the wire type has 3",
    );
    await expect(served(stubs, "41000100434200000000000000000000", undefined, fickle)).rejects.toThrow(
      "HOLDER.number: NUMBER_UserUnmarshal read 2 octets where the wire type has 3",
    );
  });
});

describe("[wire_marshal] with a structure with pointers as wire type", () => {
  it("is written whole by the application, where nothing holds it", async () => {
    const stubs = await compiled(`
      typedef struct { long *p; } WITH; typedef [wire_marshal(WITH)] long T; void f([in] T t, [in, unique] T *other);`);
    const marshal = routineOf(stubs, "marshalWITHNode");
    const unmarshal = routineOf(stubs, "unmarshalWITHNode");
    const conversions = {
      T_UserSize: (_flags: number, startingSize: number) => startingSize + 8,
      T_UserMarshal: (_flags: number, buffer: NdrWriter, value: number) => marshal(buffer, { p: value }),
      T_UserUnmarshal: (_flags: number, buffer: NdrReader) => property(unmarshal(buffer, null), "p"),
      T_UserFree: nothing,
    };
    // C706 14.3.12: a structure with a pointer, and what it refers to behind it; then the pointer to another.
    const octets = "00000200" + "07000000" + "04000200" + "08000200" + "09000000";
    expect(requestOf(stubs, "f", { t: 7, other: 9 }, conversions)).toBe(octets);
    expect((await served(stubs, octets, undefined, conversions)).request).toEqual({ t: 7, other: 9 });
  });
});
