/**
 * Every construct that the stubs carry: what the client marshals, the server sees; what the server marshals, the client sees. The octets
 * beside them are worked out by hand from C706 chapter 14.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/vector-values.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5c), version(1.0), pointer_default(unique)]
interface constructs
{
    import "unknwn.idl";
    typedef struct { [ignore] long *skipped; short after; IUnknown *object; } IGNORING;
    typedef enum { RED = 1, GREEN = 2 } COLOUR;
    typedef [v1_enum] enum { NEAR_ = 0, FAR_ = 70000 } PLACE;
    typedef struct { char c; long l; } GAPPED;
    typedef struct { boolean on; double d; float f; COLOUR colour; PLACE place; small s; unsigned hyper big; hyper wide; } SCALARS;
    typedef struct { short count; [length_is(count)] long items[8]; char after; } VARYING;
    typedef struct { long size; long used; [size_is(size), length_is(used)] short items[]; } TAIL;
    typedef struct { char lead; TAIL inner; } NESTED_TAIL;
    typedef struct { [string] char name[10]; long after; } NAMED;
    typedef struct { long count; [size_is(count)] GAPPED items[]; } STRUCT_TAIL;
    typedef struct { GAPPED pair[2]; COLOUR colours[3]; [string] wchar_t *texts[2]; long matrix[2][3]; } FIXED;
    typedef [switch_type(short)] union { [case(1, 2)] long both; [case(3)] GAPPED pair; [default] char other; } MIXED;
    typedef struct { short kind; [switch_is(kind)] MIXED body; char after; } WITH_UNION;
    typedef union switch (long which) contents { case 1: [string] wchar_t *text; default: ; } TEXT_OR_NOT;
    typedef struct { unsigned long count; [size_is(count)] WITH_UNION *items; } UNIONS;
    typedef struct { unsigned __int3264 handle; long **twice; GAPPED **box; } POINTERS;
    typedef [switch_type(boolean)] union { [case(TRUE)] long yes; [case(FALSE)] ; } ANSWER;

    long Scalars([in, out] SCALARS *value);
    long Varying([in, out] VARYING *value);
    long Tail([in, out] TAIL *value);
    long NestedTail([in, out] NESTED_TAIL *value);
    long Named([in, out] NAMED *value);
    long StructTail([in, out] STRUCT_TAIL *value);
    long Fixed([in, out] FIXED *value);
    long WithUnion([in, out] WITH_UNION *value);
    long TextOrNot([in, out] TEXT_OR_NOT *value);
    long Unions([in, out] UNIONS *value);
    long Pointers([in, out] POINTERS *value);
    long Texts([in] unsigned long count, [in, out, size_is(count), string] char **value);
    long Colours([in] unsigned long count, [in, out, size_is(count)] COLOUR value[]);
    long Numbers([in] unsigned long count, [in] unsigned long used, [in, out, size_is(count), length_is(used)] long value[]);
    long Buffered([in] unsigned long size, [in, out, string, size_is(size)] wchar_t *value);
    long Four([in, out] short value[4]);
    long Part([in] short first, [in] short length, [in, out, first_is(first), length_is(length)] short value[6]);
    long Gapped([in] unsigned long count, [in, out, size_is(count)] GAPPED value[]);
    long Answer([in] boolean which, [in, out, switch_is(which)] ANSWER *value);
    long Grid([in] unsigned long rows, [in] unsigned long columns, [in, out, size_is(rows, columns)] long **value);
    long Names([in] unsigned long rows, [in] unsigned long width, [in, out, string, size_is(rows, width)] char **value);
    long Mixes([in] unsigned long count, [in, out, size_is(count)] TEXT_OR_NOT value[]);
    long Limited([in, out, unique, range(0, 3), string] char *value);
    long Bounded([in, range(0, 9)] unsigned long count, [in, out, unique, size_is(count), range(1, 2)] byte *value);
    long Lenient([in] unsigned long count, [in, out, unique, size_is(count), disable_consistency_check] byte *value);
    long Ignoring([in, out] IGNORING *value);
    long Object([in] IUnknown *given, [in, out] IUnknown **value);
    long Rows([in] unsigned long count, [in, out, size_is(count)] long value[][3]);
    GAPPED Plain([in] GAPPED one, [in] COLOUR colour, [in] hyper h);
}`;

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("constructs", IDL);
});

interface Case {
  readonly operation: string;
  /** Further [in] parameters. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  /** The request in NDR. */
  readonly ndr?: string;
  readonly ndr64?: string;
}

const gapped = (c: number, l: number): object => ({ c, l });

const CASES: readonly Case[] = [
  {
    operation: "Scalars",
    value: { on: true, d: 1.5, f: -2, colour: 2, place: 70000, s: -1, big: 0xffffffffffffffffn, wide: -2n },
    ndr: `01${"00".repeat(7)} 000000000000f83f 000000c0 0200 0000 70110100 ff 000000 ffffffffffffffff feffffffffffffff`,
    ndr64: `01${"00".repeat(7)} 000000000000f83f 000000c0 02000000 70110100 ff 000000 ffffffffffffffff feffffffffffffff`,
  },
  {
    operation: "Varying",
    value: { count: 3, items: Int32Array.of(1, 2, 3, 0, 0, 0, 0, 0), after: 65 },
    ndr: "0300 0000 00000000 03000000 01000000 02000000 03000000 41",
  },
  {
    operation: "Tail",
    value: { size: 4, used: 2, items: Int16Array.of(5, 6) },
    ndr: "04000000 04000000 02000000 00000000 02000000 0500 0600",
  },
  {
    operation: "NestedTail",
    value: { lead: 7, inner: { size: 2, used: 1, items: Int16Array.of(9) } },
    ndr: "02000000 07000000 02000000 01000000 00000000 01000000 0900",
  },
  { operation: "Named", value: { name: "abc", after: 1 }, ndr: "00000000 04000000 61626300 01000000" },
  {
    operation: "StructTail",
    value: { count: 2, items: [gapped(1, 2), gapped(3, 4)] },
    ndr: "02000000 02000000 01000000 02000000 03000000 04000000",
  },
  {
    operation: "Fixed",
    value: {
      pair: [gapped(1, 2), gapped(3, 4)],
      colours: [1, 2, 1],
      texts: ["x", null],
      matrix: [Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 6)],
    },
    ndr: "01000000 02000000 03000000 04000000 0100 0200 0100 0000 00000200 00000000 01000000 02000000 03000000 04000000 05000000 06000000 02000000 00000000 02000000 7800 0000",
  },
  {
    operation: "WithUnion",
    value: { kind: 2, body: { discriminant: 2, both: 9 }, after: 1 },
    ndr: "0200 0200 09000000 01",
  },
  {
    operation: "WithUnion",
    value: { kind: 3, body: { discriminant: 3, pair: gapped(1, 2) }, after: 1 },
    ndr: "0300 0300 01000000 02000000 01",
  },
  {
    operation: "WithUnion",
    value: { kind: 77, body: { discriminant: "default", discriminantValue: 77, other: 5 }, after: 1 },
    ndr: "4d00 4d00 05 01",
  },
  {
    operation: "TextOrNot",
    value: { discriminant: 1, text: "hi" },
    ndr: "01000000 00000200 03000000 00000000 03000000 68006900 0000",
  },
  { operation: "TextOrNot", value: { discriminant: "default", discriminantValue: 5 }, ndr: "05000000" },
  {
    operation: "Unions",
    value: {
      count: 2,
      items: [
        { kind: 77, body: { discriminant: "default", discriminantValue: 77, other: 5 }, after: 1 },
        { kind: 1, body: { discriminant: 1, both: 9 }, after: 2 },
      ],
    },
    ndr: "02000000 00000200 02000000 4d00 4d00 05 01 0000 0100 0100 09000000 02",
  },
  {
    operation: "Pointers",
    value: { handle: 5n, twice: { value: 6 }, box: { value: gapped(1, 2) } },
    ndr: "05000000 00000200 04000200 08000200 06000000 0c000200 01000000 02000000",
  },
  { operation: "Pointers", value: { handle: 5n, twice: { value: null }, box: null } },
  {
    operation: "Texts",
    more: { count: 3 },
    value: ["a", null, "bc"],
    ndr: "03000000 03000000 00000200 00000000 04000200 02000000 00000000 02000000 6100 0000 03000000 00000000 03000000 626300",
  },
  { operation: "Colours", more: { count: 2 }, value: [2, 1], ndr: "02000000 02000000 0200 0100" },
  {
    operation: "Numbers",
    more: { count: 4, used: 2 },
    value: Int32Array.of(1, 2),
    ndr: "04000000 02000000 04000000 00000000 02000000 01000000 02000000",
  },
  {
    operation: "Buffered",
    more: { size: 9 },
    value: "abc",
    ndr: "09000000 09000000 00000000 04000000 6100 6200 6300 0000",
  },
  { operation: "Four", value: Int16Array.of(1, 2, 3, 4), ndr: "0100 0200 0300 0400" },
  {
    operation: "Part",
    more: { first: 1, length: 2 },
    value: Int16Array.of(0, 8, 9, 0, 0, 0),
    ndr: "0100 0200 01000000 02000000 0800 0900",
  },
  {
    operation: "Gapped",
    more: { count: 2 },
    value: [gapped(1, 2), gapped(3, 4)],
    ndr: "02000000 02000000 01000000 02000000 03000000 04000000",
  },
  {
    operation: "Grid",
    more: { rows: 2, columns: 3 },
    value: [Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 6)],
    ndr: "02000000 03000000 02000000 00000200 04000200 03000000 01000000 02000000 03000000 03000000 04000000 05000000 06000000",
  },
  {
    operation: "Names",
    more: { rows: 1, width: 5 },
    value: ["ab"],
    ndr: "01000000 05000000 01000000 00000200 05000000 00000000 03000000 616200",
  },
  {
    operation: "Mixes",
    more: { count: 2 },
    value: [
      { discriminant: 1, text: "hi" },
      { discriminant: "default", discriminantValue: 5 },
    ],
    ndr: "02000000 02000000 01000000 00000200 05000000 03000000 00000000 03000000 68006900 0000",
  },
  {
    operation: "Ignoring",
    value: { skipped: null, after: 7, object: Uint8Array.of(0x4d, 0x45, 0x4f, 0x57, 1) },
    ndr: "00000000 0700 0000 00000200 05000000 05000000 4d454f5701",
  },
  {
    operation: "Object",
    more: { given: null },
    value: Uint8Array.of(0x4d, 0x45),
    ndr: "00000000 00000200 02000000 02000000 4d45",
  },
  { operation: "Limited", value: "ab", ndr: "00000200 03000000 00000000 03000000 616200" },
  { operation: "Bounded", more: { count: 2 }, value: Uint8Array.of(1, 2), ndr: "02000000 00000200 02000000 0102" },
  { operation: "Bounded", more: { count: 0 }, value: null, ndr: "00000000 00000000" },
  { operation: "Lenient", more: { count: 2 }, value: null, ndr: "02000000 00000000" },
  {
    operation: "Rows",
    more: { count: 2 },
    value: [Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 6)],
    ndr: "02000000 02000000 03000000 01000000 02000000 03000000 04000000 05000000 06000000",
  },
  { operation: "Answer", more: { which: true }, value: { discriminant: 1, yes: 3 }, ndr: "01 01 0000 03000000" },
  { operation: "Answer", more: { which: false }, value: { discriminant: 0 }, ndr: "00 00" },
];

describe.each(["ndr", "ndr64"] as const)("%s", (syntax) => {
  const ndr64 = syntax === "ndr64";

  it.each(CASES.map((each): [string, Case] => [`${each.operation} ${describeValue(each.value)}`, each]))(
    "%s",
    async (_title, each) => {
      const operation = compiled.model.main.interfaces[0]?.operations.find(
        (candidate) => candidate.name === each.operation,
      );
      const w = writer(ndr64);
      const halves = clientHalves(compiled.exports, each.operation, {
        ...each.more,
        value: structuredClone(each.value),
      });
      halves.marshal(w);
      const expected = each[syntax];
      if (expected !== undefined) expect(hex(w.octets())).toBe(expected.replaceAll(" ", ""));
      const answer = writer(ndr64);
      let seen: unknown;
      await serve(
        compiled.exports,
        operation?.opnum ?? -1,
        reader(w.octets(), { ndr64, littleEndian: true }),
        answer,
        (request) => {
          seen = structuredClone(property(request, "value"));
          return { value: property(request, "value"), returnValue: 0 };
        },
      );
      expect(seen).toEqual(each.value);
      const response = halves.unmarshal(reader(answer.octets(), { ndr64, littleEndian: true }));
      expect(property(response, "value")).toEqual(each.value);
    },
  );

  it("structs by value, and a struct as the return value", async () => {
    const w = writer(ndr64);
    const halves = clientHalves(compiled.exports, "Plain", { one: gapped(1, 2), colour: 2, h: -5n });
    halves.marshal(w);
    if (!ndr64) expect(hex(w.octets())).toBe(`0100000002000000020000000000${"00".repeat(2)}fbffffffffffffff`);
    const answer = writer(ndr64);
    const opnum = (compiled.model.main.interfaces[0]?.operations.length ?? 0) - 1;
    await serve(compiled.exports, opnum, reader(w.octets(), { ndr64, littleEndian: true }), answer, (request) => {
      expect(request).toEqual({ one: gapped(1, 2), colour: 2, h: -5n });
      return gapped(3, 4);
    });
    expect(halves.unmarshal(reader(answer.octets(), { ndr64, littleEndian: true }))).toEqual(gapped(3, 4));
  });
});

describe("parameters that can be left out", () => {
  it.each<[string, object, string]>([
    ["Colours", { value: [2, 1] }, "02000000020000000200" + "0100"],
    ["Numbers", { value: Int32Array.of(1, 2) }, "0200000002000000020000000000000002000000" + "0100000002000000"],
    ["Buffered", { value: "abc" }, "04000000040000000000000004000000" + "6100620063000000"],
    ["Texts", { value: ["a"] }, "010000000100000000000200" + "020000000000000002000000" + "6100"],
  ])("%s: the size is taken from the value", (operation, request, expected) => {
    const w = writer();
    clientHalves(compiled.exports, operation, request).marshal(w);
    expect(hex(w.octets())).toBe(expected);
  });
});

describe("values that cannot be sent name the field", () => {
  it.each<[string, object, string, string]>([
    ["Scalars", { value: { on: 1 } }, "SCALARS.on: 1 is not a boolean", "RPC_X_BAD_STUB_DATA"],
    [
      "Scalars",
      { value: { on: true, d: 0, f: 0, colour: 40000 } },
      "SCALARS.colour: 40000 is not an enum value (0 to 32767)",
      "RPC_X_ENUM_VALUE_OUT_OF_RANGE",
    ],
    [
      "Scalars",
      { value: { on: true, d: 0, f: 0, colour: 0, place: 0, s: 200 } },
      "SCALARS.s: 200 is not a small (-128 to 127)",
      "RPC_X_BAD_STUB_DATA",
    ],
    [
      "Scalars",
      { value: { on: true, d: 0, f: 0, colour: 0, place: 0, s: 0, big: 1 } },
      "SCALARS.big: 1 is not an unsigned hyper (bigint of 64 bits)",
      "RPC_X_BAD_STUB_DATA",
    ],
    [
      "Named",
      { value: { name: "0123456789", after: 0 } },
      "NAMED.name: 10 characters and a terminator do not fit into 10",
      "RPC_X_BAD_STUB_DATA",
    ],
    [
      "Named",
      { value: { name: "a\0b", after: 0 } },
      "NAMED.name: a string with a null character inside",
      "RPC_X_BAD_STUB_DATA",
    ],
    [
      "Named",
      { value: { name: "\u20ac", after: 0 } },
      'NAMED.name: "\u20ac" has characters that an 8-bit string cannot hold',
      "RPC_X_BAD_STUB_DATA",
    ],
    ["Named", {}, "Named.value: a [ref] pointer is null", "RPC_X_NULL_REF_POINTER"],
    ["Limited", { value: "abc" }, "Limited.value: 4 is not in range(0, 3)", "RPC_X_INVALID_BOUND"],
    ["Bounded", { value: Uint8Array.of(1, 2, 3) }, "Bounded.value: 3 is not in range(1, 2)", "RPC_X_INVALID_BOUND"],
    ["Bounded", { count: 2, value: null }, "Bounded.value: null where the size is 2", "RPC_X_BAD_STUB_DATA"],
    [
      "StructTail",
      { value: { count: 3, items: [gapped(1, 2)] } },
      "STRUCT_TAIL.items: an array of 1 elements where the size is 3",
      "RPC_X_BAD_STUB_DATA",
    ],
    [
      "WithUnion",
      { value: { kind: 1, body: { discriminant: 3, pair: gapped(1, 2) }, after: 0 } },
      "WITH_UNION.body: discriminant is 3 where switch_is says 1",
      "RPC_X_BAD_STUB_DATA",
    ],
    [
      "Four",
      { value: Int16Array.of(1) },
      "Four.value: an array of 1 elements where the size is 4",
      "RPC_X_BAD_STUB_DATA",
    ],
    ["Four", { value: [1, 2, 3, 4] }, "Four.value: not a Int16Array", "RPC_X_BAD_STUB_DATA"],
    [
      "Part",
      { first: 5, length: 2, value: new Int16Array(6) },
      "Part.value: 7 elements are to be sent of an array of 6",
      "RPC_X_BAD_STUB_DATA",
    ],
  ])("%s", (operation, request, message, name) => {
    expect(() => {
      clientHalves(compiled.exports, operation, request).marshal(writer());
    }).toThrow(expect.objectContaining({ message, name }));
  });
});

describe("stub data that disagrees with itself is refused", () => {
  it.each<[string, string, string]>([
    ["Tail", "05000000 04000000 02000000 00000000 02000000 0500 0600", "maximum count is 5 where 4 was said elsewhere"],
    ["Tail", "04000000 04000000 03000000 00000000 02000000 0500 0600", "actual count is 2 where 3 was said elsewhere"],
    [
      "Tail",
      "04000000 04000000 02000000 03000000 02000000 0500 0600",
      "offset 3 and actual count 2 exceed the maximum count 4",
    ],
    ["Named", "00000000 0b000000 616263646566676869006a00 01000000", "actual count 11 exceeds the maximum count 10"],
    ["Named", "00000000 03000000 616263 00 01000000", "a string without a terminator"],
    ["Named", "01000000 03000000 616200 00 01000000", "offset of a string is 1, not 0"],
    ["StructTail", "ffffffff 02000000", "ends before"],
    ["WithUnion", "0100 0300 01000000 02000000 01", "discriminant is 3 where switch_is says 1"],
    ["TextOrNot", "01000000 00000200 03000000 00000000 03000000 6800", "ends before"],
    ["Colours", "03000000 02000000 0200 0100", "maximum count is 2 where the size expression says 3"],
    ["Gapped", "ffffffff ffffffff 01", "ends before"],
    ["Limited", "00000200 04000000 00000000 04000000 61626300", "maximum count 4 is not in range(0, 3)"],
    ["Bounded", "03000000 00000200 03000000 010203", "maximum count 3 is not in range(1, 2)"],
    ["Bounded", "02000000 00000000", "a null pointer where the size is 2"],
  ])("%s: %s", async (operation, octets, message) => {
    const opnum =
      compiled.model.main.interfaces[0]?.operations.find((candidate) => candidate.name === operation)?.opnum ?? -1;
    const request = reader(Buffer.from(octets.replaceAll(" ", ""), "hex"), { ndr64: false, littleEndian: true });
    const containing: unknown = expect.stringContaining(message);
    await expect(
      (async () => {
        await serve(compiled.exports, opnum, request, writer(), () => 0);
      })(),
    ).rejects.toMatchObject({ name: "RPC_X_BAD_STUB_DATA", message: containing });
  });
});

it("an enum value over 32767 is refused", async () => {
  const opnum =
    compiled.model.main.interfaces[0]?.operations.find((candidate) => candidate.name === "Colours")?.opnum ?? -1;
  const request = reader(Buffer.from("010000000100000000800000", "hex").subarray(0, 10), {
    ndr64: false,
    littleEndian: true,
  });
  await expect(
    (async () => {
      await serve(compiled.exports, opnum, request, writer(), () => 0);
    })(),
  ).rejects.toMatchObject({ name: "RPC_X_ENUM_VALUE_OUT_OF_RANGE" });
});

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

function describeValue(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? String(each) : each)).slice(0, 60);
}
