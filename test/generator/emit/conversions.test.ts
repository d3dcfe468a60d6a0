/** Types in whose place others travel: the octets are those of the transmitted type, as Windows recorded them or the pages show them. */
import { describe, expect, it } from "vitest";
import { MesDecodeBufferHandleCreate, MesEncodeDynBufferHandleCreate } from "../../../runtime/index.ts";
import type { NdrReader, NdrWriter } from "../../../runtime/index.ts";
import { compileIdl, generateIdl, type Compiled, type CompileOptions } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/property.ts";

const HEADER = "[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b7a), version(1.0), pointer_default(unique)] interface conv";
const NDR = { ndr64: false, littleEndian: true };
const NDR64 = { ndr64: true, littleEndian: true };

function compiled(body: string, options: CompileOptions = {}): Promise<Compiled> {
  return compileIdl("conv", `${HEADER} { ${body} }`, options);
}

/** Octets of a request in hexadecimal digits. */
function requestOf(
  { exports }: Compiled,
  operation: string,
  request: unknown,
  conversions: object,
  ndr64 = false,
): string {
  const w = writer(ndr64);
  clientHalves(exports, operation, request, { conversions }).marshal(w);
  return Buffer.from(w.octets()).toString("hex");
}

/** What the manager is given for these octets, and the octets of its answer. */
async function served(
  { exports }: Compiled,
  octets: string,
  answer: unknown,
  conversions: object,
  encoding = NDR,
): Promise<{ readonly request: unknown; readonly octets: string }> {
  const w = writer(encoding.ndr64);
  let seen: unknown;
  const manager = (request: unknown): unknown => {
    seen = structuredClone(request);
    return answer;
  };
  await serve(exports, 0, reader(Buffer.from(octets, "hex"), encoding), w, manager, conversions);
  return { request: seen, octets: Buffer.from(w.octets()).toString("hex") };
}

/** What a client makes of the octets of a response. */
function resultOf(
  { exports }: Compiled,
  operation: string,
  octets: string,
  conversions: object,
  encoding = NDR,
): unknown {
  return clientHalves(exports, operation, {}, { conversions }).unmarshal(reader(Buffer.from(octets, "hex"), encoding));
}

const nothing = (): void => undefined;

describe("[transmit_as] a conformant structure (windows-conformant-struct.json)", () => {
  const OCTETS = "cd".repeat(52);
  const NDR_OCTETS = `000002003400000034000000${OCTETS}54727565`;
  const NDR64_OCTETS = `0000020000000000340000000000000034000000${OCTETS}54727565`;
  const idl = compiled(`
    typedef struct { [range(1, 10000)] long size; [size_is(size)] char octets[]; } Blob;
    typedef struct { [string] char text[64]; } Line;
    typedef [transmit_as(Blob)] Line Text;
    long Fetch([out] Text **blob);`);
  const conversions = {
    Text_to_xmit: ({ text }: { text: string }) => ({ size: text.length, octets: Buffer.from(text, "latin1") }),
    Text_from_xmit: ({ octets }: { octets: Uint8Array }, presented: { text: string }) => {
      presented.text = Buffer.from(octets).toString("latin1");
    },
    Text_free_inst: nothing,
    Text_free_xmit: nothing,
  };
  const line = { text: Buffer.from(OCTETS, "hex").toString("latin1") };

  it.each([
    ["NDR", NDR, NDR_OCTETS],
    ["NDR64", NDR64, NDR64_OCTETS],
  ] as const)("in %s, by server and client", async (_, encoding, octets) => {
    const stubs = await idl;
    const answer = { blob: line, returnValue: 1702195796 };
    expect((await served(stubs, "", answer, conversions, encoding)).octets).toBe(octets);
    expect(resultOf(stubs, "Fetch", octets, conversions, encoding)).toEqual(answer);
  });
});

describe("[transmit_as] a structure with pointers (windows-string-list-in-out.json)", () => {
  const OCTETS =
    "0300000003000000000002000400020000000000040000000000000004000000666f6f000500000000000000050000006261723200";
  const RESPONSE = `${OCTETS}00000054727565`;
  const idl = compiled(`
    typedef struct { long count; [size_is(count), string] char *names[]; } List;
    typedef struct _NAME { [string] char *name; struct _NAME *next; } NAME;
    typedef [transmit_as(List)] NAME *NAMES;
    long Send([in, out, ref] NAMES *list);`);
  interface Name {
    name: string | null;
    next: Name | null;
  }
  const conversions = {
    NAMES_to_xmit(head: Name | null) {
      const names: (string | null)[] = [];
      for (let each = head; each !== null; each = each.next) names.push(each.name);
      return { count: names.length, names };
    },
    NAMES_from_xmit: ({ names }: { names: (string | null)[] }) =>
      names.reduceRight<Name | null>((next, name) => ({ name, next }), null),
    NAMES_free_inst: nothing,
    NAMES_free_xmit: nothing,
  };
  const list = conversions.NAMES_from_xmit({ names: ["foo", "bar2", null] });

  it("sends and receives the strings behind it", async () => {
    const stubs = await idl;
    expect(requestOf(stubs, "Send", { list }, conversions)).toBe(OCTETS);
    const answer = { list, returnValue: 1702195796 };
    expect(await served(stubs, OCTETS, answer, conversions)).toEqual({ request: { list }, octets: RESPONSE });
    expect(resultOf(stubs, "Send", RESPONSE, conversions)).toEqual(answer);
  });
});

describe("[transmit_as] an array (windows-fixed-array.json)", () => {
  it("is two numbers in place of one", async () => {
    const stubs = await compiled(`
      typedef long PAIR[2]; typedef [transmit_as(PAIR)] hyper BOTH; long Send([in] BOTH pair);`);
    const conversions = {
      BOTH_to_xmit: (both: bigint) => Int32Array.of(Number(both >> 32n), Number(BigInt.asIntN(32, both))),
      BOTH_from_xmit: ([high = 0, low = 0]: Int32Array) => (BigInt(high) << 32n) | BigInt(low),
      BOTH_free_inst: nothing,
      BOTH_free_xmit: nothing,
    };
    expect(requestOf(stubs, "Send", { pair: 0x1_0000_0002n }, conversions)).toBe("0100000002000000");
    const answered = await served(stubs, "0100000002000000", 1702195796, conversions);
    expect(answered).toEqual({ request: { pair: 0x1_0000_0002n }, octets: "54727565" });
  });
});

describe("[transmit_as] in the arm of a union (windows-union-align-04.json)", () => {
  it("is aligned as what travels", async () => {
    const stubs = await compiled(`
      typedef [transmit_as(char)] hyper LETTER;
      typedef [switch_type(long)] union { [case(1)] LETTER item; } Choice;
      long Send([in] long which, [in] char before, [in, switch_is(which)] Choice choice);`);
    const conversions = {
      LETTER_to_xmit: Number,
      LETTER_from_xmit: BigInt,
      LETTER_free_inst: nothing,
      LETTER_free_xmit: nothing,
    };
    const request = { which: 1, before: 86, choice: { discriminant: 1, item: 67n } };
    for (const ndr64 of [false, true])
      expect(requestOf(stubs, "Send", request, conversions, ndr64)).toBe("01000000560000000100000043");
    expect((await served(stubs, "01000000560000000100000043", 0, conversions)).request).toEqual(request);
  });
});

describe("[represent_as]", () => {
  it("presents a structure as a type of JavaScript, wherever it stands, and travels as the structure", async () => {
    const stubs = await compiled(
      `typedef struct { long year; short month; short day; } DAY;
       typedef struct { char letter; DAY from; DAY *to; DAY both[2]; } SPAN;
       void f([in] SPAN *span);`,
      { acf: "interface conv { typedef [represent_as(Date)] DAY; }" },
    );
    const conversions = {
      DAY_from_local: (date: Date) => ({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      }),
      DAY_to_local: ({ year, month, day }: { year: number; month: number; day: number }) =>
        new Date(Date.UTC(year, month - 1, day)),
      DAY_free_inst: nothing,
      DAY_free_local: nothing,
    };
    const [first, second] = [new Date(Date.UTC(1969, 6, 20)), new Date(Date.UTC(2000, 0, 1))];
    const span = { letter: 65, from: first, to: second, both: [second, first] };
    // C706 14.3.7.1: members in order, each aligned; 0x7b1 is 1969, 0x7d0 2000.
    const [early, late] = ["b107000007001400", "d007000001000100"];
    const octets = `41000000${early}00000200${late}${early}${late}`;
    expect(requestOf(stubs, "f", { span }, conversions)).toBe(octets);
    expect((await served(stubs, octets, undefined, conversions)).request).toEqual({ span });
  });
});

describe("[represent_as] and [transmit_as] on one type", () => {
  it("converts with the first, then with the second, and backwards", async () => {
    const calls: string[] = [];
    const routine =
      <Parameters extends unknown[], Result>(name: string, does: (...parameters: Parameters) => Result) =>
      (...parameters: Parameters): Result => {
        calls.push(name);
        return does(...parameters);
      };
    const stubs = await compiled(
      `typedef struct { long low; long high; } WIDE; typedef [transmit_as(hyper)] WIDE T; void f([in] T t);`,
      { acf: "interface conv { typedef [represent_as(string)] T; }" },
    );
    const conversions = {
      T_from_local: routine("T_from_local", (text: string) => ({ low: text.length, high: 7 })),
      T_to_local: routine("T_to_local", ({ low, high }: { low: number; high: number }) => `${low} ${high}`),
      T_free_local: routine("T_free_local", nothing),
      T_free_inst: routine("T_free_inst", nothing),
      T_to_xmit: routine("T_to_xmit", ({ low, high }: { low: number; high: number }) => BigInt(low * 16 + high)),
      T_from_xmit: routine("T_from_xmit", (wide: bigint, presented: object) => {
        Object.assign(presented, { low: Number(wide >> 4n), high: Number(wide & 15n) });
      }),
      T_free_xmit: routine("T_free_xmit", nothing),
    };
    expect(requestOf(stubs, "f", { t: "abc" }, conversions)).toBe("3700000000000000");
    expect(calls.splice(0)).toEqual(["T_from_local", "T_to_xmit", "T_free_xmit", "T_free_inst"]);
    expect((await served(stubs, "3700000000000000", undefined, conversions)).request).toEqual({ t: "3 7" });
    expect(calls).toEqual(["T_from_xmit", "T_to_local", "T_free_inst", "T_free_local"]);
  });
});

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

describe("a conversion to something of varying size inside a structure", () => {
  const idl = `
    typedef struct { [string] char text[16]; } LINE;
    typedef [transmit_as(LINE)] long NUMBER;
    typedef struct { char before; NUMBER number; char after; } HOLDER;
    void f([in] HOLDER *holder);`;
  const conversions = {
    NUMBER_to_xmit: (number: number) => ({ text: String(number) }),
    NUMBER_from_xmit: ({ text }: { text: string }) => Number(text),
    NUMBER_free_inst: nothing,
    NUMBER_free_xmit: nothing,
  };

  it("is converted to find its size, as on Windows, and again to be sent", async () => {
    // C706 14.3.4.1: offset and actual count of a varying string, its characters with the terminator; then the member behind.
    const octets = "41000000" + "00000000" + "04000000" + "31323300" + "42";
    const holder = { before: 65, number: 123, after: 66 };
    expect(requestOf(await compiled(idl), "f", { holder }, conversions)).toBe(octets);
    expect((await served(await compiled(idl), octets, undefined, conversions)).request).toEqual({ holder });
  });

  it("has to come to the same size every time", async () => {
    const stubs = await compiled(idl);
    let calls = 0;
    const fickle = { ...conversions, NUMBER_to_xmit: () => ({ text: "x".repeat(++calls) }) };
    const holder = { before: 65, number: 1, after: 66 };
    expect(() => requestOf(stubs, "f", { holder }, fickle)).toThrow(
      "HOLDER.number: converted to 10 octets first and to 11 later",
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

describe("a transmitted type that leads back to its presented type", () => {
  const idl = `
    typedef struct _LINK LINK;
    typedef [transmit_as(LINK)] struct { long number; [ptr] struct _TAIL *tail; } CHAIN;
    struct _LINK { long number; struct _LINK *other; CHAIN *rest; };
    void f([in] CHAIN *chain);`;
  interface Chain {
    number: number;
    tail: Chain | null;
  }
  const conversions = {
    CHAIN_to_xmit: ({ number, tail }: Chain) => ({
      number,
      other: { number: -number, other: null, rest: null },
      rest: tail,
    }),
    CHAIN_from_xmit({ number, rest }: { number: number; rest: Chain | null }, chain: Chain) {
      // The object inside is freed with the transmitted one: its numbers are copied.
      Object.assign(chain, { number, tail: rest === null ? null : { ...rest } });
    },
    CHAIN_free_inst: nothing,
    CHAIN_free_xmit: nothing,
  };
  const chainOf = (length: number): Chain | null =>
    length === 0 ? null : { number: length, tail: chainOf(length - 1) };

  it("is converted object by object, in the order of the declaration", async () => {
    const stubs = await compiled(idl);
    // C706 14.3.12.3: what the first pointer leads to comes before what the second one leads to.
    const octets =
      "02000000" +
      "00000200" +
      "04000200" +
      "feffffff0000000000000000" +
      "01000000" +
      "08000200" +
      "00000000" +
      "ffffffff0000000000000000";
    expect(requestOf(stubs, "f", { chain: chainOf(2) }, conversions)).toBe(octets);
    expect((await served(stubs, octets, undefined, conversions)).request).toEqual({ chain: chainOf(2) });
  });

  it("meets a limit, on both sides", async () => {
    const stubs = await compiled(idl);
    const octets = requestOf(stubs, "f", { chain: chainOf(200) }, conversions);
    expect((await served(stubs, octets, undefined, conversions)).request).toEqual({ chain: chainOf(200) });
    expect(() => requestOf(stubs, "f", { chain: chainOf(201) }, conversions)).toThrow(
      "LINK.rest: conversions nest more than 200 deep",
    );
    const link = (rest: string): string => `01000000` + `00000000` + rest;
    await expect(served(stubs, link("00000200").repeat(5000), undefined, conversions)).rejects.toThrow(
      "LINK.rest: conversions nest more than 200 deep",
    );
  });

  it("cannot hold itself", async () => {
    const body = "typedef struct _R R; typedef [transmit_as(R)] long T; struct _R { T t; }; void f([in] T t);";
    await expect(compiled(body)).rejects.toThrow("MIDL2006");
  });

  it("of [wire_marshal] is the routine's to follow, to the same limit", async () => {
    const stubs = await compiled(`
      typedef struct _LINK LINK; typedef LINK *WIRE; typedef [wire_marshal(WIRE)] hyper T;
      struct _LINK { T next; }; void f([in] T t);`);
    const marshal = routineOf(stubs, "marshalLINKNode");
    const unmarshal = routineOf(stubs, "unmarshalLINKNode");
    const user = {
      T_UserSize: (_flags: number, startingSize: number) => startingSize + 100_000,
      T_UserMarshal: (_flags: number, buffer: NdrWriter, depth: bigint) => marshal(buffer, { next: depth - 1n }),
      T_UserUnmarshal(_flags: number, buffer: NdrReader) {
        return BigInt(Number(property(unmarshal(buffer, null), "next"))) + 1n;
      },
      T_UserFree: nothing,
    };
    expect(() => requestOf(stubs, "f", { t: 1n }, user)).toThrow("LINK.next: conversions nest more than 200 deep");
    const octets = "00000200".repeat(3) + "00000000";
    expect((await served(stubs, octets, undefined, user)).request).toEqual({ t: 3n });
    await expect(served(stubs, "00000200".repeat(300), undefined, user)).rejects.toThrow(
      "LINK.next: conversions nest more than 200 deep",
    );
  });
});

describe("a presented type that cannot travel", () => {
  it("is storage like any other, with whatever objects the application keeps in it", async () => {
    const stubs = await compiled(`
      typedef struct _LOCAL { void *any; struct _OPEN *open; void (*call)(void); struct _LOCAL *next; long number; } LOCAL;
      typedef [transmit_as(long)] LOCAL T;
      void f([in, out] T *t);`);
    const call = (): void => undefined;
    const filled: unknown[] = [];
    const conversions = {
      T_to_xmit: ({ number }: { number: number }) => number,
      T_from_xmit(number: number, presented: object) {
        filled.push({ ...presented });
        Object.assign(presented, { call, number });
      },
      T_free_inst: nothing,
      T_free_xmit: nothing,
    };
    const t = { any: {}, open: new Map(), call, next: null, number: 7 };
    expect(requestOf(stubs, "f", { t }, conversions)).toBe("07000000");
    const w = writer();
    let seen: unknown;
    const manager = (request: unknown): object => {
      seen = property(request, "t");
      return {};
    };
    await serve(stubs.exports, 0, reader(Buffer.from("07000000", "hex"), NDR), w, manager, conversions);
    expect(seen).toEqual({ any: null, open: null, call, next: null, number: 7 });
    expect(filled).toEqual([{ any: null, open: null, call: null, next: null, number: 0 }]);
    expect(Buffer.from(w.octets()).toString("hex")).toBe("07000000");
  });
});

describe("a pointer that may be null to a type that may be null itself", () => {
  const idl = `
    typedef [transmit_as(hyper)] long *T;
    typedef struct { T *unique; [ptr] T *full; [ptr] T *again; } HOLDER;
    HOLDER f([in, out, unique] T *t, [in] HOLDER *holder);`;
  const conversions = {
    T_to_xmit: (number: number | null) => BigInt(number ?? -1),
    T_from_xmit: (sent: bigint) => (sent === -1n ? null : Number(sent)),
    T_free_inst: nothing,
    T_free_xmit: nothing,
  };
  const MINUS = "ff".repeat(8);

  it("refers to a box: nothing is sent, or what null is converted to, or a value", async () => {
    const stubs = await compiled(idl);
    const empty = { unique: null, full: null, again: null };
    const both = { value: 5 };
    // C706 14.3.12: identifiers in place, what they refer to behind, aligned to 8; a full pointer's once.
    const cases: readonly [t: object | null, holder: object, octets: string][] = [
      [null, empty, "00000000" + "000000000000000000000000"],
      [{ value: null }, empty, `0000020000000000${MINUS}` + "000000000000000000000000"],
      [{ value: 7 }, empty, "00000200000000000700000000000000" + "000000000000000000000000"],
      [
        null,
        { unique: { value: null }, full: both, again: both },
        `00000000` + `000002000400020004000200${MINUS}0500000000000000`,
      ],
    ];
    for (const [t, holder, octets] of cases) {
      expect(requestOf(stubs, "f", { t, holder }, conversions)).toBe(octets);
      const answer = { t, returnValue: holder };
      const { request, octets: answered } = await served(stubs, octets, answer, conversions);
      expect(request).toEqual({ t, holder });
      if (holder !== empty)
        expect(property(property(request, "holder"), "full")).toBe(property(property(request, "holder"), "again"));
      expect(resultOf(stubs, "f", answered, conversions)).toEqual(answer);
    }
  });
});

describe("types of the application", () => {
  const idl = "typedef struct { long a; } SENT; typedef struct { SENT s; SENT *p; } S; void f([in] S *s);";

  it.each([
    ['include "local.h"; typedef [represent_as(LOCAL)] SENT;', 'import type { LOCAL } from "./local.ts";'],
    [
      'include "../types/local.ts"; typedef [user_marshal(LOCAL)] SENT;',
      'import type { LOCAL } from "../types/local.ts";',
    ],
    ['include "@acme/types"; typedef [represent_as(LOCAL)] SENT;', 'import type { LOCAL } from "@acme/types";'],
  ])("come from what the ACF includes: %s", async (acf, line) => {
    const { texts, omitted } = await generateIdl("conv", `${HEADER} { ${idl} }`, {
      acf: `interface conv { ${acf} }`,
    });
    expect(omitted).toEqual([]);
    expect(texts.get("conv.ts")).toContain(line);
    expect(texts.get("conv.ts")).toContain("export interface S {\n  s: LOCAL;\n  p: LOCAL | null;\n}");
  });

  it("come from whichever of several modules has them", async () => {
    const acf = 'interface conv { include "a.h", "../b.h"; include "c.h"; typedef [represent_as(LOCAL)] SENT; }';
    const { texts, omitted } = await generateIdl("conv", `${HEADER} { ${idl} }`, { acf });
    expect(omitted).toEqual([]);
    expect(texts.get("conv.ts")).toContain(
      'export type * from "./a.ts";\n\nexport type * from "../b.ts";\n\nexport type * from "./c.ts";\n',
    );
    expect(texts.get("conv.ts")).toMatch(/^import type \{ LOCAL \} from "\.\/conv\.ts";$/m);
  });

  it("need a module to come from", async () => {
    const { omitted } = await compiled(idl, { acf: "interface conv { typedef [represent_as(LOCAL)] SENT; }" });
    expect(omitted).toEqual([
      "f: [represent_as] on SENT: the .idl does not declare LOCAL; have the ACF include the module that exports it",
    ]);
  });
});

describe("what cannot be converted", () => {
  it.each([
    [
      "typedef struct { long a : 3; } BITS; typedef [represent_as(BITS)] long T; void f([in] T *t);",
      "f: [represent_as] on T: struct BITS has bit fields",
    ],
  ])("is left out, and why: %s", async (body, reason) => {
    expect((await compiled(body, { applicationConfiguration: true })).omitted).toEqual([reason]);
  });

  it("is refused with [allocate] (MIDL2223)", async () => {
    const body = "typedef [transmit_as(long), allocate(all_nodes)] hyper *T; void f([in] T t);";
    await expect(compiled(body)).rejects.toThrow("MIDL2223");
    const behind =
      "typedef [wire_marshal(long)] hyper T; typedef struct { T *t; } S; typedef [allocate(dont_free)] S *P; void f([in] P p);";
    await expect(compiled(behind, { applicationConfiguration: true })).rejects.toThrow(/MIDL2223 : .* : T$/m);
  });
});

describe("[encode] and [decode] of a converted type", () => {
  it("of a procedure ask for them too", async () => {
    const stubs = await compiled("typedef [transmit_as(hyper)] long T; void f([in, out] T *t);", {
      acf: "[encode, decode] interface conv { }",
    });
    const conversions = { T_to_xmit: BigInt, T_from_xmit: Number, T_free_inst: nothing, T_free_xmit: nothing };
    const handle = MesEncodeDynBufferHandleCreate();
    routineOf(stubs, "f_Encode")(handle, { t: 7 }, conversions);
    const octets = Buffer.from(handle.octets());
    expect(octets.subarray(-8).toString("hex")).toBe("0700000000000000");
    expect(routineOf(stubs, "f_Decode")(MesDecodeBufferHandleCreate(octets), conversions)).toEqual({ t: 7 });
  });

  it("ask for the routines, and write what travels", async () => {
    const stubs = await compiled("typedef [transmit_as(hyper)] long T;", {
      acf: "[encode, decode] interface conv { }",
    });
    const conversions = {
      T_to_xmit: BigInt,
      T_from_xmit: Number,
      T_free_inst: nothing,
      T_free_xmit: nothing,
    };
    const handle = MesEncodeDynBufferHandleCreate();
    routineOf(stubs, "T_Encode")(handle, 7, conversions);
    // MS-RPCE 2.2.6.1: the common header; then the octets of the transmitted type behind a private header.
    const octets = Buffer.from(handle.octets());
    expect(octets.subarray(16).toString("hex")).toBe("0700000000000000");
    expect(routineOf(stubs, "T_Decode")(MesDecodeBufferHandleCreate(octets), conversions)).toBe(7);
    expect(routineOf(stubs, "T_AlignSize")(7, conversions)).toBe(octets.length);
    expect(() => routineOf(stubs, "T_Encode")(handle, 7, {})).toThrow(
      "T_Encode needs the application's conversion of T: supply an object with T_to_xmit, T_from_xmit, T_free_inst, T_free_xmit",
    );
  });
});

function routineOf({ exports }: Compiled, name: string): (...parameters: unknown[]) => unknown {
  const routine = exports.get(name);
  if (typeof routine !== "function") throw new Error(`no ${name}`);
  return (...parameters) => {
    const result: unknown = Reflect.apply(routine, undefined, parameters);
    return result;
  };
}
