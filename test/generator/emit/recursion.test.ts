/** Recursive types: the order of deferral on the wire (C706 14.3.12.3), at any depth of the data. */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/vector-values.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5b), version(1.0), pointer_default(unique)]
interface recursion
{
    typedef struct _TREE { struct _TREE *left; [string] wchar_t *name; struct _TREE *right; long value; } TREE;
    typedef struct _NODE { unsigned long count; [size_is(count)] struct _NODE *children; short label; } NODE;
    typedef struct _MULTI { unsigned long count; [size_is(count)] struct _MULTI **children; short label; } MULTI;
    typedef struct _LIST { long value; struct _LIST *next; } LIST;
    typedef struct { LIST *a; TREE *b; [string] wchar_t *c; } BOTH;
    struct _UN;
    typedef union switch(long kind) { case 1: struct _UN *un; case 2: long leaf; } UN_BODY;
    typedef struct _UN { UN_BODY left; UN_BODY right; } UN;
    typedef struct _PAIR { LIST first; struct _PAIR *other; BOTH both; } PAIR;
    long Tree([in, out] TREE **tree);
    long Nodes([in, out] NODE *node);
    long Multi([in, out] MULTI *node);
    long List([in, out] LIST **list);
    long Both([in, out] BOTH *both);
    long Unions([in, out] UN *un);
    long Pair([in, out] PAIR *pair);
    LIST *Make([in] long n);
    typedef struct { LIST *rows[2]; LIST pair[2]; LIST first; LIST *one; } TABLE;
    long Table([in] TABLE *table);
}`;

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("recursion", IDL);
});

interface List {
  value: number;
  next: List | null;
}

const list = (...values: number[]): List | null =>
  values.reduceRight<List | null>((next, value) => ({ value, next }), null);

describe("the order of referents", () => {
  it("goes on behind an array in the struct, whose elements lead to recursive types", async () => {
    const table = {
      rows: [list(1, 2), list(3)],
      pair: [
        { value: 4, next: list(5) },
        { value: 6, next: null },
      ],
      first: { value: 7, next: list(8) },
      one: list(9),
    };
    const w = writer();
    clientHalves(compiled.exports, "Table", { table }).marshal(w);
    // C706 14.3.12.3: the fixed part of the struct, then the referents in the order of their pointers, each with all behind it.
    const expected = [
      "rr" + "rr", // rows
      "04000000rr" + "0600000000000000", // pair
      "07000000rr", // first
      "rr", // one
      "01000000rr" + "0200000000000000", // behind rows[0]
      "0300000000000000", // behind rows[1]
      "0500000000000000", // behind pair[0]
      "0800000000000000", // behind first
      "0900000000000000", // behind one
    ];
    const octets = Buffer.from(w.octets()).toString("hex");
    expect(octets.replaceAll(/[0-9a-f]{2}000200/g, "rr")).toBe(expected.join(""));
    let seen: unknown;
    await serve(compiled.exports, 8, reader(w.octets(), { ndr64: false, littleEndian: true }), writer(), (request) => {
      seen = structuredClone(request);
      return 0;
    });
    expect(seen).toEqual({ table });
  });

  it("is depth first, in the order of the declaration", () => {
    const tree = {
      left: { left: null, name: "l", right: null, value: 2 },
      name: "n",
      right: { left: null, name: null, right: null, value: 3 },
      value: 1,
    };
    const w = writer();
    clientHalves(compiled.exports, "Tree", { tree }).marshal(w);
    // C706 14.3.12.3: the node, then everything behind its first pointer, then behind the second, then behind the third.
    const expected = [
      "00000200", // the parameter: a [unique] pointer
      "04000200" + "08000200" + "0c000200" + "01000000", // the root: left, name, right, value
      "00000000" + "10000200" + "00000000" + "02000000", // left
      "02000000" + "00000000" + "02000000" + "6c000000", // left's name
      "02000000" + "00000000" + "02000000" + "6e000000", // the root's name
      "00000000" + "00000000" + "00000000" + "03000000", // right
    ];
    expect(Buffer.from(w.octets()).toString("hex")).toBe(expected.join(""));
  });

  it("keeps the fixed parts of an array before everything behind them", () => {
    const node = {
      count: 2,
      children: [
        { count: 1, children: [{ count: 0, children: null, label: 3 }], label: 1 },
        { count: 0, children: [], label: 2 },
      ],
      label: 0,
    };
    const w = writer();
    clientHalves(compiled.exports, "Nodes", { node }).marshal(w);
    const expected = [
      "02000000" + "00000200" + "00000000", // the root: two children
      "02000000", // maximum count
      "01000000" + "04000200" + "01000000", // first child
      "00000000" + "08000200" + "02000000", // second child
      "01000000" + "00000000" + "00000000" + "03000000", // children of the first: one
      "00000000", // children of the second: none
    ];
    expect(Buffer.from(w.octets()).toString("hex")).toBe(expected.join(""));
  });
});

describe.each([false, true])("what was sent arrives (NDR64: %s)", (ndr64) => {
  const cases: [string, string, unknown][] = [
    [
      "Tree",
      "tree",
      {
        left: { left: null, name: "l", right: null, value: 2 },
        name: "n",
        right: { left: null, name: null, right: null, value: 3 },
        value: 1,
      },
    ],
    [
      "Nodes",
      "node",
      {
        count: 2,
        children: [
          { count: 1, children: [{ count: 0, children: null, label: 3 }], label: 1 },
          { count: 0, children: [], label: 2 },
        ],
        label: 0,
      },
    ],
    [
      "Multi",
      "node",
      {
        count: 3,
        children: [{ count: 1, children: [null], label: 3 }, null, { count: 0, children: [], label: 2 }],
        label: 0,
      },
    ],
    ["List", "list", list(1, 2, 3)],
    ["Both", "both", { a: list(4, 5), b: { left: null, name: "tree", right: null, value: 9 }, c: "last" }],
    [
      "Unions",
      "un",
      {
        left: { discriminant: 1, un: { left: { discriminant: 2, leaf: 5 }, right: { discriminant: 1, un: null } } },
        right: { discriminant: 2, leaf: 7 },
      },
    ],
    [
      "Pair",
      "pair",
      {
        first: list(1, 2),
        other: { first: list(3), other: null, both: { a: list(7), b: null, c: "inner" } },
        both: { a: list(4, 5), b: { left: null, name: "tree", right: null, value: 9 }, c: "outer" },
      },
    ],
  ];

  it.each(cases)("%s", async (operation, parameter, value) => {
    const w = writer(ndr64);
    const halves = clientHalves(compiled.exports, operation, { [parameter]: structuredClone(value) });
    halves.marshal(w);
    const opnum = compiled.model.main.interfaces[0]?.operations.find((each) => each.name === operation)?.opnum ?? -1;
    const answer = writer(ndr64);
    let seen: unknown;
    await serve(compiled.exports, opnum, reader(w.octets(), { ndr64, littleEndian: true }), answer, (request) => {
      seen = structuredClone(property(request, parameter));
      return { [parameter]: property(request, parameter), returnValue: 0 };
    });
    expect(seen).toEqual(value);
    const response = halves.unmarshal(reader(answer.octets(), { ndr64, littleEndian: true }));
    expect(property(response, parameter)).toEqual(value);
  });
});

describe.each([false, true])("depth, NDR64 %s", (ndr64) => {
  const COUNT = 1_000_000;

  /** Marshals, unmarshals and marshals again. */
  async function carried(
    operation: string,
    parameter: string,
    value: object,
    walk: (root: unknown) => number,
  ): Promise<void> {
    const halves = clientHalves(compiled.exports, operation, { [parameter]: value });
    const w = writer(ndr64);
    halves.marshal(w);
    const opnum = compiled.model.main.interfaces[0]?.operations.find((each) => each.name === operation)?.opnum ?? -1;
    let served = 0;
    const answer = writer(ndr64);
    await serve(compiled.exports, opnum, reader(w.octets(), { ndr64, littleEndian: true }), answer, (request) => {
      served = walk(property(request, parameter));
      return { [parameter]: property(request, parameter), returnValue: 0 };
    });
    expect(served).toBe(COUNT);
    expect(Buffer.from(answer.octets()).subarray(0, w.octets().length).equals(w.octets())).toBe(true);
    const fresh = clientHalves(compiled.exports, operation, { [parameter]: null });
    const response = fresh.unmarshal(reader(answer.octets(), { ndr64, littleEndian: true }));
    expect(walk(property(response, parameter))).toBe(COUNT);
  }

  it("of a list of a million nodes costs no call stack, in both directions", async () => {
    let head: List | null = null;
    for (let value = COUNT; value > 0; value--) head = { value, next: head };
    await carried("List", "list", head ?? {}, (root) => {
      let count = 0;
      for (let node = root; node !== null; node = property(node, "next")) count++;
      return count;
    });
  });

  it("of a tree of a million nodes that has become a list costs no call stack, in both directions", async () => {
    let tree: object | null = null;
    for (let value = COUNT; value > 0; value--)
      tree = { left: value % 2 ? tree : null, name: null, right: value % 2 ? null : tree, value };
    await carried("Tree", "tree", tree ?? {}, (root) => {
      let depth = 0;
      for (let node = root; node !== null; node = property(node, "left") ?? property(node, "right")) depth++;
      return depth;
    });
  });
});
