/**
 * Arrays of which a part is sent, of elements of varying size, and struct tails behind members of varying size. The octets are worked out by
 * hand: counts as in C706 14.3.3.3 to 14.3.3.9 (NDR64: MS-RPCE 2.2.5.3.2), unions as in C706 14.3.8 (NDR64: MS-RPCE 2.2.5.3.4.4), the padding at
 * the end of NDR64 structures as in MS-RPCE 2.2.5.3.4.1.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/property.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b61), version(1.0), pointer_default(unique)]
interface uneven
{
    typedef [switch_type(short)] union { [case(1)] char letter; [case(2)] long number; [default] ; } VALUE;
    typedef struct { short kind; [switch_is(kind)] VALUE value; } CELL;
    typedef [switch_type(short)] union { [case(1)] char letter; [case(2)] [string] char *text; } WORDS;
    typedef struct { short kind; [switch_is(kind)] WORDS value; } TEXT;
    typedef struct { CELL head; long size; long used; [size_is(size), length_is(used)] short tail[*]; } TAIL;
    typedef struct { short lead; TAIL inner; } OUTER;
    typedef struct { CELL head; long rows; long used; [size_is(rows), length_is(used, 2)] char tail[*][3]; } ROWS;
    typedef struct { long used; [length_is(used)] CELL cells[3]; char after; } PART;
    typedef struct { long first; long used; [first_is(first), length_is(used)] CELL cells[3]; char after; } SHIFTED;
    typedef struct { long size; long used; [size_is(size), length_is(used)] CELL cells[*]; } CELLS;
    typedef struct { long used; [length_is(2, used)] CELL cells[2][2]; char after; } GRID;
    typedef struct { long used; [length_is(used)] hyper cells[2]; short after; } WIDE;
    typedef struct { long used; [size_is(2), length_is(used)] hyper cells[*]; } WIDE_TAIL;
    typedef struct { long used; [length_is(used)] hyper cells[1][2]; } WIDE_ROWS;
    typedef union switch (char kind) { case 1: char letter; case 2: hyper number; } CHOICE;
    typedef struct { char lead; CHOICE choices[2]; char after; } CHOICES;

    void Grid([in] long rows, [in] long used, [in, out, size_is(rows, 3), length_is(rows, used)] CELL value[*][*]);
    void Whole([in] long rows, [in, out, size_is(rows)] CELL value[*][2]);
    void Texts([in] long used, [in, out, length_is(used, 2)] TEXT value[2][2]);
    void Tail([in, out] TAIL *value);
    void Outer([in, out] OUTER *value);
    void Rows([in, out] ROWS *value);
    void Part([in, out] PART *value);
    void Shifted([in, out] SHIFTED *value);
    void Cells([in, out] CELLS *value);
    void InStruct([in, out] GRID *value);
    void Wide([in, out] WIDE *value);
    void WideTail([in, out] WIDE_TAIL *value);
    void WideRows([in, out] WIDE_ROWS *value);
    void Choices([in, out] CHOICES *value);
    void Many([in] long count, [in, out, size_is(count)] CHOICE value[]);
    void Some([in] long used, [in, out, length_is(used)] CHOICE value[2]);
}`;

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("uneven", IDL);
});

const A = { kind: 1, value: { discriminant: 1, letter: 65 } };
const B = { kind: 2, value: { discriminant: 2, number: 7 } };
const C = { kind: 3, value: { discriminant: "default", discriminantValue: 3 } };
const LETTER = { discriminant: 1, letter: 65 };
const NUMBER = { discriminant: 2, number: 7n };
/** What an element that was not sent is. */
const NONE = { kind: 0, value: { discriminant: 1, letter: 0 } };

/** The cells in NDR: the arm right behind the discriminant. */
const [a, b, c] = ["0100 0100 41", "0200 0200 07000000", "0300 0300"];
/** In NDR64 union and arm are aligned to the largest arm, and the struct is padded. */
const [a64, b64, c64] = ["0100 0000 0100 0000 41 000000", "0200 0000 0200 0000 07000000", "0300 0000 0300 0000"];
const counts64 = (...counts: number[]): string =>
  counts.map((count) => `${count.toString(16).padStart(2, "0")}00000000000000`).join(" ");

interface Case {
  readonly operation: string;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly ndr: string;
  readonly ndr64: string;
}

const CASES: readonly Case[] = [
  {
    operation: "Grid",
    more: { rows: 2, used: 2 },
    value: [
      [B, A],
      [A, C],
    ],
    ndr: `02000000 02000000 02000000 03000000 00000000 02000000 00000000 02000000 ${b} ${a} 000000 ${a} 000000 ${c}`,
    ndr64: `02000000 02000000 ${counts64(2, 3, 0, 2, 0, 2)} ${b64} ${a64} ${a64} ${c64}`,
  },
  {
    operation: "Grid",
    more: { rows: 1, used: 0 },
    value: [[]],
    ndr: "01000000 00000000 01000000 03000000 00000000 01000000 00000000 00000000",
    ndr64: `01000000 00000000 ${counts64(1, 3, 0, 1, 0, 0)}`,
  },
  {
    operation: "Whole",
    more: { rows: 2 },
    value: [
      [B, A],
      [A, C],
    ],
    ndr: `02000000 02000000 02000000 ${b} ${a} 000000 ${a} 000000 ${c}`,
    ndr64: `02000000 00000000 ${counts64(2, 2)} ${b64} ${a64} ${a64} ${c64}`,
  },
  {
    operation: "Texts",
    more: { used: 2 },
    value: [
      [{ kind: 2, value: { discriminant: 2, text: "a" } }, A],
      [{ kind: 2, value: { discriminant: 2, text: "b" } }, A],
    ],
    ndr:
      `02000000 00000000 02000000 00000000 02000000 02000200 00000200 ${a} 000000 02000200 04000200 ${a} 000000 ` +
      "02000000 00000000 02000000 6100 0000 02000000 00000000 02000000 6200",
    ndr64:
      `02000000 00000000 ${counts64(0, 2, 0, 2)} 0200000000000000 0200000000000000 0000020000000000 ` +
      "0100000000000000 0100000000000000 4100000000000000 0200000000000000 0200000000000000 0400020000000000 " +
      `0100000000000000 0100000000000000 4100000000000000 ${counts64(2, 0, 2)} 6100 000000000000 ${counts64(2, 0, 2)} 6200`,
  },
  {
    operation: "Tail",
    value: { head: A, size: 4, used: 2, tail: Int16Array.of(5, 6) },
    ndr: `04000000 ${a} 000000 04000000 02000000 00000000 02000000 0500 0600`,
    ndr64: `${counts64(4)} ${a64} 04000000 02000000 00000000 ${counts64(0, 2)} 0500 0600 00000000`,
  },
  {
    operation: "Outer",
    value: { lead: 9, inner: { head: C, size: 1, used: 1, tail: Int16Array.of(5) } },
    ndr: `01000000 0900 0000 ${c} 01000000 01000000 00000000 01000000 0500`,
    ndr64: `${counts64(1)} 0900 000000000000 ${c64} 01000000 01000000 ${counts64(0, 1)} 0500 000000000000`,
  },
  {
    operation: "Rows",
    value: { head: A, rows: 2, used: 1, tail: [Uint8Array.of(1, 2, 0)] },
    ndr: `02000000 03000000 ${a} 000000 02000000 01000000 00000000 01000000 00000000 02000000 01 02`,
    ndr64: `${counts64(2, 3)} ${a64} 02000000 01000000 00000000 ${counts64(0, 1, 0, 2)} 01 02 000000000000`,
  },
  {
    operation: "Part",
    value: { used: 2, cells: [A, B, NONE], after: 90 },
    ndr: `02000000 00000000 02000000 ${a} 000000 ${b} 5a`,
    ndr64: `02000000 00000000 ${counts64(0, 2)} ${a64} ${b64} 5a 00000000000000`,
  },
  {
    operation: "Shifted",
    value: { first: 1, used: 1, cells: [NONE, A, NONE], after: 90 },
    ndr: `01000000 01000000 01000000 01000000 ${a} 5a`,
    ndr64: `01000000 01000000 ${counts64(1, 1)} ${a64} 5a 000000`,
  },
  {
    operation: "Cells",
    value: { size: 3, used: 2, cells: [B, A] },
    ndr: `03000000 03000000 02000000 00000000 02000000 ${b} ${a}`,
    ndr64: `${counts64(3)} 03000000 02000000 ${counts64(0, 2)} ${b64} ${a64}`,
  },
  {
    operation: "InStruct",
    value: {
      used: 1,
      cells: [
        [A, NONE],
        [A, NONE],
      ],
      after: 90,
    },
    ndr: `01000000 00000000 02000000 00000000 01000000 ${a} 000000 ${a} 5a`,
    ndr64: `01000000 00000000 ${counts64(0, 2, 0, 1)} ${a64} ${a64} 5a 00000000000000`,
  },
  // The counts follow the member before them, the elements are aligned: Wide and WideTail in NDR as Impacket 0.10.0 packs them, gaps aside.
  {
    operation: "Wide",
    value: { used: 2, cells: BigInt64Array.of(1n, 2n), after: 0x5a5a },
    ndr: "02000000 00000000 02000000 00000000 0100000000000000 0200000000000000 5a5a",
    ndr64: `02000000 00000000 ${counts64(0, 2, 1, 2)} 5a5a 000000000000`,
  },
  {
    operation: "WideTail",
    value: { used: 2, cells: BigInt64Array.of(1n, 2n) },
    ndr: "02000000 00000000 02000000 00000000 02000000 00000000 0100000000000000 0200000000000000",
    ndr64: `${counts64(2)} 02000000 00000000 ${counts64(0, 2, 1, 2)}`,
  },
  {
    operation: "WideRows",
    value: { used: 1, cells: [BigInt64Array.of(1n, 2n)] },
    ndr: "01000000 00000000 01000000 00000000 02000000 00000000 0100000000000000 0200000000000000",
    ndr64: `01000000 00000000 ${counts64(0, 1, 0, 2, 1, 2)}`,
  },
  // In NDR a union begins where its discriminant may, in an array as in a structure.
  {
    operation: "Choices",
    value: { lead: 9, choices: [LETTER, NUMBER], after: 90 },
    ndr: "09 0141 02 00000000 0700000000000000 5a",
    ndr64: `09 00000000000000 ${counts64(1)} 41 00000000000000 ${counts64(2, 7)} 5a 00000000000000`,
  },
  {
    operation: "Many",
    more: { count: 2 },
    value: [LETTER, NUMBER],
    ndr: "02000000 02000000 0141 02 0000000000 0700000000000000",
    ndr64: `02000000 00000000 ${counts64(2, 1)} 41 00000000000000 ${counts64(2, 7)}`,
  },
  {
    operation: "Some",
    more: { used: 2 },
    value: [LETTER, NUMBER],
    ndr: "02000000 00000000 02000000 0141 02 00 0700000000000000",
    ndr64: `02000000 00000000 ${counts64(0, 2, 1)} 41 00000000000000 ${counts64(2, 7)}`,
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

it("leaves nothing out", () => {
  expect(compiled.omitted).toEqual([]);
});

describe.each(["ndr", "ndr64"] as const)("%s", (syntax) => {
  const ndr64 = syntax === "ndr64";

  it.each(CASES.map((each, index): [string, Case] => [`${each.operation} ${index}`, each]))(
    "%s",
    async (_title, each) => {
      const w = writer(ndr64);
      const value = structuredClone(each.value);
      const halves = clientHalves(compiled.exports, each.operation, { ...each.more, value });
      halves.marshal(w);
      expect(hex(w.octets())).toBe(plain(each[syntax]));
      const { seen, answer } = await served(each.operation, w.octets(), ndr64);
      expect(seen).toEqual(each.value);
      const response = halves.unmarshal(reader(answer, { ndr64, littleEndian: true }));
      expect(property(response, "value")).toEqual(each.value);
    },
  );
});

it("big-endian octets are taken as well", async () => {
  const tail = "00000004 0001 0001 41 000000 00000004 00000002 00000000 00000002 0005 0006";
  const { seen } = await served("Tail", Buffer.from(plain(tail), "hex"), false, false);
  expect(seen).toEqual({ head: A, size: 4, used: 2, tail: Int16Array.of(5, 6) });
  const grid =
    "00000001 00000002 00000001 00000003 00000000 00000001 00000000 00000002 0001 0001 41 000000 0002 0002 00000007";
  expect((await served("Grid", Buffer.from(plain(grid), "hex"), false, false)).seen).toEqual([[A, B]]);
});

describe("what does not fit is refused", () => {
  it.each([
    ["Grid", "ffffff7f ffffff7f ffffff7f 03000000 00000000 ffffff7f 00000000 ffffff7f", "exceed the maximum count 3"],
    ["Grid", "ffffff7f 03000000 ffffff7f 03000000 00000000 ffffff7f 00000000 03000000", "ends before"],
    ["Part", "ffffff7f 00000000 ffffff7f", "ends before"],
    ["Part", `04000000 00000000 04000000 ${c} ${c} ${c} ${c} 5a`, "exceed the maximum count 3"],
    ["Cells", "ffffff7f ffffff7f ffffff7f 00000000 ffffff7f", "ends before"],
    ["Tail", `04000000 ${a} 000000 04000000 02000000 00000000 05000000 0500 0600`, "ends before"],
    ["Tail", `04000000 0300`, "ends before"],
    [
      "Rows",
      `02000000 03000000 ${c} 02000000 ffffff7f 00000000 ffffff7f 00000000 00000000`,
      "exceed the maximum count 2",
    ],
  ])("%s %s", async (operation, octets, message) => {
    await expect(served(operation, Buffer.from(plain(octets), "hex"), false)).rejects.toThrow(message);
  });

  it("on the side that sends it", () => {
    const send = (operation: string, value: unknown): void => {
      clientHalves(compiled.exports, operation, { rows: 2, used: 2, value }).marshal(writer());
    };
    expect(() => {
      send("Part", { used: 3, cells: [A], after: 90 });
    }).toThrow("PART.cells: 3 elements are to be sent of an array of 1");
    expect(() => {
      send("Grid", [[A, B], [A]]);
    }).toThrow("Grid.value: 2 elements are to be sent of an array of 1");
    expect(() => {
      send("Grid", [[A, B]]);
    }).toThrow("Grid.value: 2 elements are to be sent of an array of 1");
  });
});
