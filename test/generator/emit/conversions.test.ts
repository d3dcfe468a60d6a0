/** Types in whose place others travel: the octets are those of the transmitted type, as Windows recorded them or the pages show them. */
import { describe, expect, it } from "vitest";
import { MesDecodeBufferHandleCreate, MesEncodeDynBufferHandleCreate } from "../../../runtime/index.ts";
import type { NdrReader, NdrWriter } from "../../../runtime/index.ts";
import { generateIdl } from "../../support/compile-idl.ts";
import { property } from "../../support/property.ts";
import { reader, serve, writer } from "../../support/stub-harness.ts";
import { HEADER, NDR, NDR64, compiled, requestOf, served, resultOf, nothing, routineOf } from "./conversion-stubs.ts";

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
