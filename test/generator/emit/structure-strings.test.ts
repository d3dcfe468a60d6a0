/** [string] of structures of bytes (MIDL "string"; C706 14.3.4: strings are arrays with offset and actual count, the terminator included). */
import { describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/vector-values.ts";
import { CONVERTED_STRINGS_IDL, STRUCTURE_STRINGS_IDL } from "./structure-strings-idl.ts";

const compiled = compileIdl("pairs", STRUCTURE_STRINGS_IDL);

interface Pair {
  readonly a: number;
  readonly b: number;
}
const end: Pair = { a: 0, b: 0 };
const pair = (a: number, b: number): Pair => ({ a, b });
const text = [pair(1, 2), pair(0, 3), end];

const ZERO = "00000000";
const THREE = "03000000";
const TEXT = "010200030000";

/** Operation, request, and the octets: in NDR (C706 14.3.4) and in NDR64 (MS-RPCE 2.2.5.3.2: counts have 8 octets). */
const cases: readonly (readonly [string, object, string, string])[] = [
  ["Plain", { s: text }, THREE + ZERO + THREE + TEXT, THREE + ZERO + ZERO + ZERO + THREE + ZERO + TEXT],
  [
    "Sized",
    { n: 5, s: text },
    "05000000" + "05000000" + ZERO + THREE + TEXT,
    "05000000" + ZERO + "05000000" + ZERO + ZERO + ZERO + THREE + ZERO + TEXT,
  ],
  ["Fixed", { s: text }, ZERO + THREE + TEXT, ZERO + ZERO + THREE + ZERO + TEXT],
  [
    "Held",
    { s: { m: 7, p: text, q: [pair(5, 6), end, end] } },
    "07000000" + "00000200" + ZERO + "02000000" + "05060000" + THREE + ZERO + THREE + TEXT,
    "07000000" +
      ZERO +
      ("00000200" + ZERO) +
      (ZERO + ZERO + "02000000" + ZERO) +
      ("05060000" + ZERO) +
      (THREE + ZERO + ZERO + ZERO + THREE + ZERO + TEXT),
  ],
  [
    "Ends",
    { s: { m: 7, tail: text } },
    THREE + "07000000" + ZERO + THREE + TEXT,
    THREE + ZERO + ("07000000" + ZERO) + (ZERO + ZERO + THREE + ZERO) + TEXT + "0000",
  ],
  [
    "Lines",
    {
      s: [
        [pair(1, 1), end, end],
        [end, end, end],
      ],
    },
    ZERO + "02000000" + "01010000" + ZERO + "01000000" + "0000",
    ZERO + ZERO + "02000000" + ZERO + "01010000" + ZERO + ZERO + ZERO + "01000000" + ZERO + "0000",
  ],
];

describe.each([false, true])("NDR64: %s", (ndr64) => {
  const encoding = { ndr64, littleEndian: true };

  it.each(cases)("%s: a string ends with a structure of zeros", async (operation, request, narrow, wide) => {
    const { exports, model } = await compiled;
    const w = writer(ndr64);
    const halves = clientHalves(exports, operation, structuredClone(request));
    halves.marshal(w);
    expect(Buffer.from(w.octets()).toString("hex")).toBe(ndr64 ? wide : narrow);
    const opnum = model.main.interfaces[0]?.operations.findIndex(({ name }) => name === operation) ?? -1;
    const answer = writer(ndr64);
    let seen: unknown;
    await serve(exports, opnum, reader(w.octets(), encoding), answer, (received) => {
      seen = structuredClone(property(received, "s"));
      return { s: property(received, "s"), returnValue: 0 };
    });
    expect(seen).toEqual(property(request, "s"));
    expect(property(halves.unmarshal(reader(answer.octets(), encoding)), "s")).toEqual(property(request, "s"));
  });

  it.each<[string, object]>([
    ["Choice", { s: { discriminant: 1, p: text } }],
    ["Choice", { s: { discriminant: 2, q: [pair(1, 1), end, end] } }],
    ["Listed", { s: { n: 5, p: text, q: text, r: [[end], null] } }],
    [
      "Returned",
      {
        n: 2,
        s: [
          [pair(1, 1), end, end, end],
          [...text, end],
        ],
      },
    ],
  ])("%s: what was sent arrives, and comes back", async (operation, request) => {
    const { exports, model } = await compiled;
    const w = writer(ndr64);
    const halves = clientHalves(exports, operation, structuredClone(request));
    halves.marshal(w);
    const opnum = model.main.interfaces[0]?.operations.findIndex(({ name }) => name === operation) ?? -1;
    const answer = writer(ndr64);
    let seen: unknown;
    await serve(exports, opnum, reader(w.octets(), encoding), answer, (received) => {
      seen = structuredClone(property(received, "s"));
      return { s: property(received, "s"), t: text, returnValue: operation === "Returned" ? text : 0 };
    });
    expect(seen).toEqual(property(request, "s"));
    const response = halves.unmarshal(reader(answer.octets(), encoding));
    expect(property(response, "s")).toEqual(property(request, "s"));
    if (operation === "Returned") expect(response).toMatchObject({ t: text, returnValue: text });
  });

  it("sends nothing behind the first terminator", async () => {
    const w = writer(ndr64);
    clientHalves((await compiled).exports, "Plain", { s: [...text, pair(9, 9)] }).marshal(w);
    const [, , narrow, wide] = cases[0] ?? [];
    expect(Buffer.from(w.octets()).toString("hex")).toBe(ndr64 ? wide : narrow);
  });

  it.each([
    ["Plain", { s: [pair(1, 2)] }, "Plain.s"],
    ["Plain", { s: [] }, "Plain.s"],
    ["Held", { s: { m: 1, p: null, q: [pair(1, 2)] } }, "PAIR[]"],
    ["Ends", { s: { m: 1, tail: [pair(1, 2)] } }, "ENDS.tail"],
  ])("refuses to send %s without a terminator", async (operation, request, path) => {
    const { exports } = await compiled;
    expect(() => {
      clientHalves(exports, operation, request).marshal(writer(ndr64));
    }).toThrow(`${path}: a string without a terminator`);
  });

  it.each([
    ["Plain", { s: text }],
    ["Fixed", { s: text }],
    ["Ends", { s: { m: 7, tail: text } }],
  ])("refuses %s that arrives without a terminator", async (operation, request) => {
    const { exports, model } = await compiled;
    const w = writer(ndr64);
    clientHalves(exports, operation, request).marshal(w);
    const octets = Buffer.from(w.octets());
    octets[octets.indexOf(Buffer.from(TEXT, "hex")) + 5] = 1;
    const opnum = model.main.interfaces[0]?.operations.findIndex(({ name }) => name === operation) ?? -1;
    await expect(serve(exports, opnum, reader(octets, encoding), writer(ndr64), () => ({}))).rejects.toThrow(
      "a string without a terminator",
    );
  });
});

it("travels in place of other types", async () => {
  const { exports } = await compileIdl("converted", CONVERTED_STRINGS_IDL);
  const string = (number: number): Pair[] => [pair(number, 1), end, end, end];
  const first = (sent: readonly Pair[]): number => sent[0]?.a ?? -1;
  const nothing = (): void => undefined;
  const conversions = {
    ROOMY_to_xmit: string,
    ROOMY_from_xmit: first,
    ROOMY_free_inst: nothing,
    ROOMY_free_xmit: nothing,
    ANYWAY_to_xmit: string,
    ANYWAY_from_xmit: first,
    ANYWAY_free_inst: nothing,
    ANYWAY_free_xmit: nothing,
  };
  const request = { s: { r: 5, a: 6 }, t: 7 };
  const w = writer();
  clientHalves(exports, "Converted", request, { conversions }).marshal(w);
  const two = "02000000";
  const octets = [
    ZERO + two + "05010000" + "00000200", // a varying string in the struct, and a pointer
    two + ZERO + two + "06010000", // what it refers to
    two + ZERO + two + "07010000",
  ];
  expect(Buffer.from(w.octets()).toString("hex")).toBe(octets.join(""));
  let seen: unknown;
  const manager = (received: unknown): object => {
    seen = structuredClone(received);
    return { s: request.s, returnValue: 0 };
  };
  const encoding = { ndr64: false, littleEndian: true };
  await serve(exports, 0, reader(w.octets(), encoding), writer(), manager, conversions);
  expect(seen).toEqual(request);
});
