/**
 * Arrays of several dimensions (C706 14.3.3.5 to 14.3.3.9; NDR64: MS-RPCE 2.2.5.3.2.4): maximum counts of all dimensions when one is
 * conformant, then offsets and actual counts of all when one is varying, then the elements in the order of C. The octets of `Cube`, `CubePart`
 * and `CubeOpen` are those of the NDR tests of the Go package github.com/jcmturner/rpc (ndr/arrays_test.go); the others are worked out by
 * hand from those sections. Arrays of strings: MS-RPCE 2.2.4.4, the strings one after the other.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/property.ts";
import { GRIDS_IDL } from "./grids-idl.ts";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("grids", GRIDS_IDL);
});

interface Case {
  readonly operation: string;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly ndr: string;
  readonly ndr64?: string;
}

const cube = [
  [Uint32Array.of(1, 2), Uint32Array.of(3, 4), Uint32Array.of(5, 6)],
  [Uint32Array.of(7, 8), Uint32Array.of(9, 10), Uint32Array.of(11, 12)],
];
const counted = Array.from({ length: 12 }, (_, index) => `${(index + 1).toString(16).padStart(2, "0")}000000`).join("");
const wide = (text: string): string => text.replaceAll(/[0-9a-f]{8}/g, "$&00000000");

const maximumCounts = "02000000 03000000 02000000";
const runs = "00000000 02000000 00000000 03000000 00000000 02000000";
const column = (...values: number[]): Int32Array => Int32Array.from({ length: 30 }, (_, index) => values[index] ?? 0);
const cell = (c: number, s: number): object => ({ c, s });

const CASES: readonly Case[] = [
  {
    operation: "Cube",
    more: { a: 2, b: 3, c: 2 },
    value: cube,
    ndr: `${maximumCounts} ${maximumCounts} ${counted}`,
    ndr64: `${maximumCounts} 00000000 ${wide(maximumCounts)} ${counted}`,
  },
  { operation: "Cube", more: { a: 0, b: 3, c: 2 }, value: [], ndr: `00000000 03000000 02000000`.repeat(2) },
  {
    operation: "Cube",
    more: { a: 1, b: 2, c: 0 },
    value: [[new Uint32Array(0), new Uint32Array(0)]],
    ndr: "01000000 02000000 00000000".repeat(2),
  },
  {
    operation: "CubePart",
    more: { a: 2, b: 3, c: 2 },
    value: cube,
    ndr: `${maximumCounts} ${runs} ${counted}`,
    ndr64: `${maximumCounts} 00000000 ${wide(runs)} ${counted}`,
  },
  {
    operation: "CubeOpen",
    more: { a: 2, b: 3, c: 2 },
    value: cube,
    ndr: `${maximumCounts} ${maximumCounts} ${runs} ${counted}`,
    ndr64: `${maximumCounts} 00000000 ${wide(maximumCounts)} ${wide(runs)} ${counted}`,
  },
  {
    // The example of RPC "Multidimensional Arrays": conformant in the first dimension, varying in the second.
    operation: "Columns",
    more: { rows: 2, used: 2 },
    value: [column(1, 2), column(3, 4)],
    ndr: "02000000 02000000 02000000 1e000000 00000000 02000000 00000000 02000000 01000000 02000000 03000000 04000000",
  },
  {
    operation: "Rows",
    more: { rows: 2 },
    value: [Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 6)],
    ndr: "02000000 02000000 03000000 01000000 02000000 03000000 04000000 05000000 06000000",
    ndr64: "02000000 00000000 0200000000000000 0300000000000000 01000000 02000000 03000000 04000000 05000000 06000000",
  },
  {
    operation: "Sized",
    more: { rows: 1 },
    value: [Int32Array.of(1, 2, 3)],
    ndr: "01000000 01000000 03000000 01000000 02000000 03000000",
  },
  { operation: "Optional", more: { rows: 0 }, value: null, ndr: "00000000 00000000" },
  {
    operation: "Optional",
    more: { rows: 1 },
    value: [Int32Array.of(1, 2, 3)],
    ndr: "01000000 00000200 01000000 03000000 01000000 02000000 03000000",
  },
  {
    operation: "Shifted",
    more: { first: 1, length: 2 },
    value: [Int16Array.of(0, 1, 2, 0), Int16Array.of(0, 3, 4, 0)],
    ndr: "01000000 02000000 00000000 02000000 01000000 02000000 0100 0200 0300 0400",
  },
  {
    operation: "Cells",
    more: { rows: 2, columns: 1 },
    value: [[cell(1, 2)], [cell(3, 4)]],
    ndr: "02000000 01000000 02000000 01000000 01 00 0200 03 00 0400",
  },
  {
    operation: "Links",
    more: { rows: 1 },
    value: [[{ value: 1, next: { value: 2, next: null } }, null]],
    ndr: "01000000 01000000 02000000 00000200 00000000 01000000 04000200 02000000 00000000",
  },
  {
    operation: "Named",
    more: { rows: 1 },
    value: [[{ name: "a" }, { name: "b" }]],
    ndr: "01000000 01000000 02000000 00000200 04000200 02000000 00000000 02000000 6100 0000 02000000 00000000 02000000 6200",
  },
  {
    operation: "Tail",
    value: { rows: 2, cells: [Int16Array.of(1, 2), Int16Array.of(3, 4)] },
    ndr: "02000000 02000000 02000000 0100 0200 0300 0400",
    ndr64: "0200000000000000 0200000000000000 02000000 0100 0200 0300 0400",
  },
  {
    operation: "Outer",
    value: { lead: 9, inner: { rows: 1, cells: [Int16Array.of(1, 2)] } },
    ndr: "01000000 02000000 09 000000 01000000 0100 0200",
  },
  {
    operation: "OpenTail",
    value: { rows: 2, used: 1, cells: [Int16Array.of(1, 0, 0), Int16Array.of(2, 0, 0)] },
    ndr: "02000000 03000000 02000000 01000000 00000000 02000000 00000000 01000000 0100 0200",
  },
  {
    operation: "Part",
    value: { used: 2, cells: [Int16Array.of(1, 2), Int16Array.of(3, 4), Int16Array.of(0, 0)], after: 65 },
    ndr: "02000000 00000000 02000000 00000000 02000000 0100 0200 0300 0400 41",
  },
  {
    operation: "Names",
    value: { rows: 2, names: ["a", "bc"] },
    ndr: "02000000 02000000 00000000 02000000 6100 0000 00000000 03000000 626300",
  },
  {
    operation: "Strings",
    more: { rows: 2 },
    value: ["abc", ""],
    ndr: "02000000 02000000 00000000 04000000 61626300 00000000 01000000 00",
  },
  {
    operation: "Pages",
    more: { pages: 1 },
    value: [["a", "b"]],
    ndr: "01000000 01000000 02000000 00000000 02000000 6100 0000 00000000 02000000 6200",
  },
];

const plain = (text: string): string => text.replaceAll(" ", "");
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");
const opnumOf = (name: string): number =>
  compiled.model.main.interfaces[0]?.operations.find((each) => each.name === name)?.opnum ?? -1;

/** What the manager routine is given. */
async function served(
  operation: string,
  octets: Uint8Array,
  ndr64: boolean,
  littleEndian = true,
): Promise<{ seen: unknown; answer: Uint8Array }> {
  let seen: unknown;
  const answer = writer(ndr64);
  await serve(compiled.exports, opnumOf(operation), reader(octets, { ndr64, littleEndian }), answer, (request) => {
    seen = structuredClone(property(request, "value"));
    return { value: property(request, "value") };
  });
  return { seen, answer: answer.octets() };
}

describe.each(["ndr", "ndr64"] as const)("%s", (syntax) => {
  const ndr64 = syntax === "ndr64";

  it.each(CASES.map((each, index): [string, Case] => [`${each.operation} ${index}`, each]))(
    "%s",
    async (_title, each) => {
      const w = writer(ndr64);
      const halves = clientHalves(compiled.exports, each.operation, {
        ...each.more,
        value: structuredClone(each.value),
      });
      halves.marshal(w);
      const expected = each[syntax];
      if (expected !== undefined) expect(hex(w.octets())).toBe(plain(expected));
      const { seen, answer } = await served(each.operation, w.octets(), ndr64);
      expect(seen).toEqual(each.value);
      const response = halves.unmarshal(reader(answer, { ndr64, littleEndian: true }));
      expect(property(response, "value")).toEqual(each.value);
    },
  );
});

it("big-endian rows are taken as well", async () => {
  const octets = Buffer.from(
    plain("00000002 00000002 00000003 00000001 00000002 00000003 00000004 00000005 00000006"),
    "hex",
  );
  const { seen } = await served("Rows", octets, false, false);
  expect(seen).toEqual([Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 6)]);
});

it("the stub makes the storage of an [out] array from the [in] sizes (M9)", async () => {
  const octets = Buffer.from(plain("02000000 03000000"), "hex");
  const { seen, answer } = await served("Made", octets, false);
  expect(seen).toEqual([new Int16Array(3), new Int16Array(3)]);
  expect(hex(answer)).toBe(plain(`02000000 03000000 ${"0000".repeat(6)}`));
});

describe("what does not fit is refused", () => {
  it.each([
    ["Rows", "02000000 02000000 04000000", "maximum count is 4 where the size expression says 3"],
    ["Rows", "02000000 03000000 03000000", "maximum count is 3 where the size expression says 2"],
    ["Rows", "02000000 02000000 03000000 01000000", "ends before 24 octets"],
    ["Cube", "ffffff7f ffffff7f ffffff7f ffffff7f ffffff7f ffffff7f", "octets ends before"],
    ["Cube", "ffffff7f ffffff7f 00000000 ffffff7f ffffff7f 00000000", "exceed the limit of storage"],
    [
      "Columns",
      "02000000 02000000 02000000 1e000000 00000000 02000000 1e000000 02000000",
      "offset 30 and actual count 2 exceed the maximum count 30",
    ],
    [
      "CubePart",
      "02000000 03000000 02000000 00000000 02000000 00000000 02000000",
      "actual count is 2 where 3 was said elsewhere",
    ],
    ["Tail", "02000000 02000000 01000000 0100 0200 0300 0400", "maximum count is 2 where 1 was said elsewhere"],
    ["Tail", "ffffff7f 00000000 ffffff7f", "maximum count is 0 where the size expression says 2"],
    [
      "OpenTail",
      "ffffff7f 03000000 ffffff7f 00000000 00000000 ffffff7f 00000000 00000000",
      "exceed the limit of storage",
    ],
  ])("%s %s", async (operation, octets, message) => {
    await expect(served(operation, Buffer.from(plain(octets), "hex"), false)).rejects.toThrow(message);
  });

  it("on the side that sends it", () => {
    const send = (operation: string, request: object): void => {
      clientHalves(compiled.exports, operation, request).marshal(writer());
    };
    expect(() => {
      send("Rows", { rows: 2, value: [Int32Array.of(1, 2, 3)] });
    }).toThrow("Rows.value: an array of 1 elements where the size is 2");
    expect(() => {
      send("Rows", { rows: 1, value: [Int32Array.of(1, 2)] });
    }).toThrow("Rows.value: a row of 2 elements where 3 are to be sent");
    expect(() => {
      send("Columns", { rows: 1, used: 31, value: [column(1)] });
    }).toThrow("31 elements from 0 on exceed the size 30");
  });
});

it("the outermost size is taken from the array when it is left out", () => {
  const w = writer();
  clientHalves(compiled.exports, "Rows", { value: [Int32Array.of(1, 2, 3)] }).marshal(w);
  expect(hex(w.octets())).toBe(plain("01000000 01000000 03000000 01000000 02000000 03000000"));
});
