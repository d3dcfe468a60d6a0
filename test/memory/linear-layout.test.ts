/**
 * M31: C layout as MIDL lays it out. The offsets are computed by hand from the rules of the MIDL pages "/Zp" ("the packing level") and "/env"
 * (4-octet or 8-octet pointers): every member at a multiple of its alignment or of the packing, whichever is less; the size a multiple of
 * the largest.
 */
import { describe, expect, it } from "vitest";
import { linearMemory } from "../../runtime/index.ts";
import type { LinearMemory } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import type { CompileOptions } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { nodeType } from "./call-support.ts";
import { bufferHeap } from "./test-heap.ts";
import type { TestHeap } from "./test-heap.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e55), version(1.0), pointer_default(unique)]
interface layouts
{
    typedef enum { RED, GREEN = 7 } COLOR;
    typedef [v1_enum] enum { SMALL, LARGE = 0x12345678 } SIZE;
    typedef struct
    {
        boolean flag;       /* 1 */
        small s;            /* 1 */
        short h;            /* 2 */
        char c;             /* 1 */
        long l;             /* 4 */
        byte b;             /* 1 */
        hyper y;            /* 8 */
        wchar_t w;          /* 2 */
        double d;           /* 8 */
        float f;            /* 4 */
        COLOR color;        /* 4 */
        SIZE size;          /* 4 */
        unsigned __int3264 n; /* pointer */
        error_status_t status; /* 4 */
    } SCALARS;
    typedef struct { byte b; SCALARS inner; } NEST;
    typedef struct { byte b; short pair[3]; [string] char name[5]; [string] wchar_t wide[4]; byte tail; } INPLACE;
    typedef struct _NODE { byte b; struct _NODE *next; [string] char *narrow; [string] wchar_t *wide; long *number; } NODE;
    typedef [switch_type(short)] union { [case(1)] byte b; [case(2)] hyper y; [default]; } CHOICE;
    typedef struct { short which; [switch_is(which)] CHOICE choice; byte after; } CHOOSE;
    typedef union switch (byte which) body { case 5: long l; case 6: hyper y; } ENCAPSULATED;
    typedef struct { short count; [size_is(count)] hyper values[]; } TAIL;
    typedef struct { long a; NODE *rows[2][3]; } TABLE;
    long Use([in] SCALARS *a, [in] NEST *b, [in] INPLACE *c, [in] NODE *d, [in] CHOOSE *e, [in] ENCAPSULATED *f, [in] TAIL *g, [in] TABLE *h);
}`;

interface Heap {
  readonly memory: LinearMemory;
  readonly heap: TestHeap;
  allocate(
    type: string,
    more?: number,
  ): { readonly node: Record<string, unknown>; readonly octets: () => string; readonly size: number };
}

async function heapFor(options: CompileOptions): Promise<Heap> {
  const { exports } = await compileIdl("layouts", IDL, options);
  const heap = bufferHeap();
  const memory = linearMemory(heap);
  return {
    memory,
    heap,
    allocate(name, more = 0) {
      const type = nodeType(exports, name);
      const node = memory.midl_user_allocate(type.size + more, type);
      if (!isRecord(node)) throw new Error("no node");
      const at = memory.addressOf(node);
      const buffer = "buffer" in heap.memory ? heap.memory.buffer : heap.memory;
      return {
        node,
        size: type.size,
        octets: () => Buffer.from(buffer, at, type.size + more).toString("hex"),
      };
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const WIN64 = { environment: "win64" } as const;
const WIN32 = { environment: "win32" } as const;

const SCALAR_VALUES = {
  flag: true,
  s: -2,
  h: 0x0304,
  c: 0x05,
  l: 0x06070809,
  b: 0x0a,
  y: 0x0b0c0d0e0f101112n,
  w: 0x1314,
  d: 1,
  f: 1,
  color: 7,
  size: 0x12345678,
  n: 0x15161718n,
  status: 0x191a1b1c,
};

const D = "000000000000f03f";
const F = "0000803f";

/** What stands where, and the octets between: flag s h | c .. l | b .. y | w .. d | f color size (..) n status (..). */
const SCALAR_OCTETS: readonly [string, CompileOptions, number, string][] = [
  [
    "win64",
    WIN64,
    72,
    `01fe0403 05000000 09080706 0a000000 121110 0f0e0d0c0b 1413000000000000 ${D} ${F} 07000000 78563412 00000000 1817161500000000 1c1b1a1900000000`,
  ],
  [
    "win32",
    WIN32,
    64,
    `01fe0403 05000000 09080706 0a000000 121110 0f0e0d0c0b 1413000000000000 ${D} ${F} 07000000 78563412 18171615 1c1b1a19 00000000`,
  ],
  [
    "win64 /Zp1",
    { ...WIN64, packing: 1 },
    52,
    `01fe0403 05 09080706 0a 1211100f0e0d0c0b 1413 ${D} ${F} 07000000 78563412 1817161500000000 1c1b1a19`,
  ],
  [
    "win64 /Zp2",
    { ...WIN64, packing: 2 },
    54,
    `01fe0403 0500 09080706 0a00 1211100f0e0d0c0b 1413 ${D} ${F} 07000000 78563412 1817161500000000 1c1b1a19`,
  ],
  [
    "win64 /Zp4",
    { ...WIN64, packing: 4 },
    60,
    `01fe0403 05000000 09080706 0a000000 1211100f0e0d0c0b 14130000 ${D} ${F} 07000000 78563412 1817161500000000 1c1b1a19`,
  ],
  [
    "win64 /Zp8",
    { ...WIN64, packing: 8 },
    72,
    `01fe0403 05000000 09080706 0a000000 1211100f0e0d0c0b 1413000000000000 ${D} ${F} 07000000 78563412 00000000 1817161500000000 1c1b1a1900000000`,
  ],
  [
    "win32 /Zp1",
    { ...WIN32, packing: 1 },
    48,
    `01fe0403 05 09080706 0a 1211100f0e0d0c0b 1413 ${D} ${F} 07000000 78563412 18171615 1c1b1a19`,
  ],
];

describe("M31: scalars lie as MIDL lays them out", () => {
  it.each(SCALAR_OCTETS)("%s", async (_title, options, size, octets) => {
    const heap = await heapFor(options);
    const scalars = heap.allocate("SCALARS");
    expect(scalars.size).toBe(size);
    Object.assign(scalars.node, SCALAR_VALUES);
    expect(scalars.octets()).toBe(octets.replaceAll(" ", ""));
    expect(JSON.stringify(scalars.node, bigints)).toBe(JSON.stringify(SCALAR_VALUES, bigints));
  });

  it.each<[string, unknown, string]>([
    ["flag", 1, "SCALARS.flag: 1 is not of type boolean"],
    ["s", 128, "SCALARS.s: 128 is not of type int8"],
    ["h", 1.5, "SCALARS.h: 1.5 is not of type int16"],
    ["c", -1, "SCALARS.c: -1 is not of type uint8"],
    ["l", 2 ** 31, "SCALARS.l: 2147483648 is not of type int32"],
    ["y", 1, "SCALARS.y: 1 is not of type int64"],
    ["y", 2n ** 63n, "SCALARS.y: 9223372036854775808n is not of type int64"],
    ["d", "1", 'SCALARS.d: "1" is not of type double'],
    ["status", null, "SCALARS.status: null is not of type uint32"],
  ])("%s does not take %s", async (name, value, message) => {
    const { node } = (await heapFor(WIN64)).allocate("SCALARS");
    expect(() => {
      node[name] = value;
    }).toThrow(new TypeError(message));
  });
});

describe("M31: what lies in a struct", () => {
  it.each<[string, CompileOptions, number, number]>([
    ["win64", WIN64, 8, 80],
    ["win32", WIN32, 8, 72],
    ["win64 /Zp2", { ...WIN64, packing: 2 }, 2, 56],
    ["win64 /Zp1", { ...WIN64, packing: 1 }, 1, 53],
  ])("a struct begins at its alignment: %s", async (_title, options, offset, size) => {
    const heap = await heapFor(options);
    const nest = heap.allocate("NEST");
    expect(nest.size).toBe(size);
    Object.assign(Object(nest.node["inner"]), { flag: true, y: -1n });
    expect(nest.octets().indexOf("01")).toBe(2 * offset);
    nest.node["inner"] = { ...SCALAR_VALUES, s: 3 };
    expect(property(nest.node["inner"], "s")).toBe(3);
    expect(nest.node["inner"]).toBe(nest.node["inner"]);
  });

  it("fixed arrays and strings have their octets in it, and the rest of a shorter one is zeroes", async () => {
    const { node, octets, size } = (await heapFor(WIN64)).allocate("INPLACE");
    expect(size).toBe(24);
    Object.assign(node, { b: 1, pair: Int16Array.of(1, -1, 2), name: "abcd", wide: "\u00e9\u4e2d", tail: 9 });
    // b . pair | name . | wide | tail .
    expect(octets()).toBe("0100" + "0100ffff0200" + "6162636400" + "00" + "e9002d4e00000000" + "0900");
    expect(node["name"]).toBe("abcd");
    node["name"] = "";
    node["pair"] = Int16Array.of(5);
    expect(octets()).toBe("0100" + "050000000000" + "0062636400" + "00" + "e9002d4e00000000" + "0900");
    expect(node["pair"]).toEqual(Int16Array.of(5, 0, 0));
    expect(() => {
      node["name"] = "abcde";
    }).toThrow(new RangeError("INPLACE.name: a string of 6 octets does not fit into 5"));
    expect(() => {
      node["pair"] = new Int16Array(4);
    }).toThrow(new RangeError("INPLACE.pair: 4 elements do not fit into 3"));
  });

  it("an array of numbers that packing puts between its multiples is refused with the reason", async () => {
    const { node } = (await heapFor({ ...WIN64, packing: 1 })).allocate("INPLACE");
    expect(() => node["pair"]).toThrow(/^short\[\]: 0x[0-9a-f]+ is no multiple of its alignment, 2$/);
  });

  it.each<[string, CompileOptions, number, string]>([
    ["win64: 8 octets, low half first", WIN64, 40, "0100000000000000" + "P300000000000000"],
    ["win32: 4 octets", WIN32, 20, "01000000" + "P3000000"],
  ])("pointers are addresses: %s", async (_title, options, size, octets) => {
    const heap = await heapFor(options);
    const first = heap.allocate("NODE");
    const second = heap.allocate("NODE");
    expect(first.size).toBe(size);
    Object.assign(first.node, { b: 1, next: second.node });
    const address = heap.memory.addressOf(second.node).toString(16).padStart(2, "0");
    const low = Buffer.from(address.padStart(4, "0"), "hex").reverse().toString("hex");
    expect(first.octets().slice(0, octets.length)).toBe(octets.replace("P300", low));
    expect(first.node["next"]).toBe(second.node);
  });

  it("a table of pointers is an array of arrays", async () => {
    const heap = await heapFor(WIN32);
    const { node, octets, size } = heap.allocate("TABLE");
    expect(size).toBe(28);
    const other = heap.allocate("NODE").node;
    Reflect.set(Object(property(node["rows"], "1")), "2", other);
    expect(octets().slice(0, 48)).toBe("00".repeat(24));
    expect(property(property(node["rows"], "1"), "2")).toBe(other);
    expect(JSON.stringify(property(node["rows"], "0"))).toBe("[null,null,null]");
  });
});

describe("M31: unions", () => {
  it.each<[string, CompileOptions, number, string]>([
    ["win64", WIN64, 24, "0200000000000000" + "ffffffffffffffff" + "0700000000000000"],
    ["win64 /Zp1", { ...WIN64, packing: 1 }, 11, "0200" + "ffffffffffffffff" + "07"],
    ["win64 /Zp4", { ...WIN64, packing: 4 }, 16, "02000000" + "ffffffffffffffff" + "07000000"],
  ])("one that is not encapsulated has its arm alone: %s", async (_title, options, size, expected) => {
    const choose = (await heapFor(options)).allocate("CHOOSE");
    expect(choose.size).toBe(size);
    Object.assign(choose.node, { which: 2, choice: { discriminant: 2, y: -1n }, after: 7 });
    expect(choose.octets()).toBe(expected);
  });

  it.each<[string, CompileOptions, number, string]>([
    ["win64", WIN64, 16, "0600000000000000" + "0100000000000000"],
    ["win64 /Zp2", { ...WIN64, packing: 2 }, 10, "0600" + "0100000000000000"],
  ])("an encapsulated one has its discriminant before it: %s", async (_title, options, size, expected) => {
    const union = (await heapFor(options)).allocate("ENCAPSULATED");
    expect(union.size).toBe(size);
    // No arm has 0: a zeroed union has its first arm, as the ordinary object has.
    expect(union.octets().slice(0, 2)).toBe("05");
    Object.assign(union.node, { discriminant: 6 });
    union.node["y"] = 1n;
    expect(union.octets()).toBe(expected);
    expect(JSON.stringify(union.node, bigints)).toBe('{"discriminant":6,"y":"1"}');
  });
});

describe("M31: a conformant tail", () => {
  it("has the elements that cBytes leaves for it, at their alignment", async () => {
    const { node, octets, size } = (await heapFor(WIN64)).allocate("TAIL", 16);
    expect(size).toBe(8);
    node["count"] = 2;
    expect(node["values"]).toEqual(BigInt64Array.of(0n, 0n));
    node["values"] = BigInt64Array.of(1n, -1n);
    expect(octets()).toBe("0200000000000000" + "0100000000000000" + "ffffffffffffffff");
    node["count"] = 1;
    expect(node["values"]).toEqual(BigInt64Array.of(1n));
  });
});

function bigints(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
