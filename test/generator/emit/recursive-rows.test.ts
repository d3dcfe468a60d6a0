/** Arrays of recursive types whose elements have sizes from beside the array (C706 14.3.3.3, 14.3.12.3). */
import { describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/vector-values.ts";
import { RECURSIVE_ROWS_IDL } from "./recursive-rows-idl.ts";

const compiled = compileIdl("rows", RECURSIVE_ROWS_IDL);

interface Link {
  readonly value: number;
  readonly next: Link | null;
}
const list = (...values: number[]): Link =>
  values.slice(0, -1).reduceRight<Link>((next, value) => ({ value, next }), { value: values.at(-1) ?? 0, next: null });

const rows = [[list(1, 2)], [list(3)]];
const longs = (...values: number[]): Int32Array => Int32Array.from(values);
const node = {
  m: 2,
  next: { m: 1, next: null, rows: [longs(9), longs(8)] },
  rows: [longs(1, 2), longs(3, 4)],
};
const leaf = { n: 0, m: 0, kids: null };
const kids = { n: 2, m: 1, kids: [[{ n: 1, m: 2, kids: [[leaf, leaf]] }], [leaf]] };
const end = { n: 0, m: 0, cells: null };
const grid = {
  n: 1,
  m: 2,
  cells: [
    [
      [end, { n: 1, m: 1, cells: [[[end], [end]]] }],
      [end, end],
    ],
  ],
};

async function octetsOf(operation: string, request: object, ndr64: boolean): Promise<string> {
  const w = writer(ndr64);
  clientHalves((await compiled).exports, operation, request).marshal(w);
  return Buffer.from(w.octets()).toString("hex");
}

describe("the octets", () => {
  // C706 14.3.3.3: a maximum count before the elements; 14.3.12: any numbers that differ identify referents; 14.3.12.3: the pointers of an array, then what each refers to with all behind it.
  it("of rows that a parameter sizes", async () => {
    const expected = [
      "02000000" + "01000000", // n, m
      "02000000" + "00000200" + "08000200", // maximum count, two rows
      "01000000" + "01000000" + "04000200", // first row: one element
      "02000000" + "00000000", // the next of that
      "01000000" + "03000000" + "00000000", // second row
    ];
    expect(await octetsOf("Rows", { n: 2, m: 1, a: rows }, false)).toBe(expected.join(""));
  });

  it("of the same in NDR64 (MS-RPCE 2.2.5.3.2.1, 2.2.5.3.5: counts and pointers have 8 octets)", async () => {
    const expected = [
      "02000000" + "01000000",
      "0200000000000000" + "0000020000000000" + "0800020000000000",
      "0100000000000000" + "0100000000000000" + "0400020000000000",
      "0200000000000000" + "0000000000000000",
      "0100000000000000" + "0300000000000000" + "0000000000000000",
    ];
    expect(await octetsOf("Rows", { n: 2, m: 1, a: rows }, true)).toBe(expected.join(""));
  });

  it("of rows in the struct that sizes them, behind a pointer of its recursion", async () => {
    const expected = [
      "02000000" + "00000200" + "0c000200" + "10000200", // m, next, two rows
      "01000000" + "00000000" + "04000200" + "08000200", // next
      "01000000" + "09000000" + "01000000" + "08000000", // its rows
      "02000000" + "01000000" + "02000000", // first row
      "02000000" + "03000000" + "04000000", // second row
    ];
    expect(await octetsOf("Node", { a: node }, false)).toBe(expected.join(""));
  });
});

describe.each([false, true])("what was sent arrives, and comes back (NDR64: %s)", (ndr64) => {
  it.each<[string, object]>([
    ["Rows", { n: 2, m: 1, a: rows }],
    ["Names", { index: 2, owner: 1, a: rows }],
    ["Parts", { n: 2, m: 1, a: rows }],
    ["Table", { a: { n: 2, m: 1, rows } }],
    ["Node", { a: node }],
    ["Kids", { a: kids }],
    ["Grid", { a: grid }],
  ])("%s", async (operation, request) => {
    const { exports, model } = await compiled;
    const encoding = { ndr64, littleEndian: true };
    const value = property(structuredClone(request), "a");
    const w = writer(ndr64);
    const halves = clientHalves(exports, operation, structuredClone(request));
    halves.marshal(w);
    const opnum = model.main.interfaces[0]?.operations.findIndex(({ name }) => name === operation) ?? -1;
    const answer = writer(ndr64);
    let seen: unknown;
    await serve(exports, opnum, reader(w.octets(), encoding), answer, (received) => {
      seen = structuredClone(property(received, "a"));
      return { a: property(received, "a"), returnValue: 0 };
    });
    expect(seen).toEqual(value);
    expect(property(halves.unmarshal(reader(answer.octets(), encoding)), "a")).toEqual(value);
  });
});
