/**
 * Array bounds of DCE on the wire. Lower bounds do not travel: the maximum count is how many elements there are between the bounds, the
 * offset counts from the lower bound (C706 14.3.3.2 to 14.3.3.4). The octets are worked out by hand from there.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl, type Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5d), version(1.0), pointer_default(ptr)]
interface bounds
{
    void Fixed([in] short a[3..5]);
    void Negative([in] short a[-1..1]);
    void Low([in] long low, [in, min_is(low)] short a[*..5]);
    void Both([in] long low, [in] long high, [in, min_is(low), max_is(high)] short a[*..*]);
    void Sized([in] long size, [in, size_is(size)] short a[3..*]);
    void High([in] long high, [in, max_is(high)] short a[3..*]);
    void First([in] long first, [in, first_is(first)] short a[3..7]);
    void Last([in] long last, [in, last_is(last)] short a[3..7]);
    void Part([in] long low, [in] long first, [in] long last, [in, min_is(low), first_is(first), last_is(last)] short a[*..7]);
    void FirstOfZero([in] long first, [in, first_is(first)] short a[5]);
    void FirstOfOpen([in] long size, [in] long first, [in, size_is(size), first_is(first)] short a[]);
}`;

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("bounds", IDL, { mode: "osf" });
});

const whole = Int16Array.of(1, 2, 3);

const CASES: readonly (readonly [string, number, Readonly<Record<string, unknown>>, string])[] = [
  ["Fixed", 0, { a: whole }, "0100 0200 0300"],
  ["Negative", 1, { a: whole }, "0100 0200 0300"],
  ["Low", 2, { low: 3, a: whole }, "03000000 03000000 0100 0200 0300"],
  ["Both", 3, { low: -2, high: 0, a: whole }, "feffffff 00000000 03000000 0100 0200 0300"],
  ["Sized", 4, { size: 3, a: whole }, "03000000 03000000 0100 0200 0300"],
  ["High", 5, { high: 5, a: whole }, "05000000 03000000 0100 0200 0300"],
  ["First", 6, { first: 5, a: Int16Array.of(0, 0, 1, 2, 3) }, "05000000 02000000 03000000 0100 0200 0300"],
  ["Last", 7, { last: 5, a: Int16Array.of(1, 2, 3, 0, 0) }, "05000000 00000000 03000000 0100 0200 0300"],
  [
    "Part",
    8,
    { low: 2, first: 4, last: 5, a: Int16Array.of(0, 0, 8, 9) },
    "02000000 04000000 05000000 06000000 02000000 02000000 0800 0900",
  ],
  ["FirstOfZero", 9, { first: 3, a: Int16Array.of(0, 0, 0, 8, 9) }, "03000000 03000000 02000000 0800 0900"],
  [
    "FirstOfOpen",
    10,
    { size: 4, first: 2, a: Int16Array.of(0, 0, 8, 9) },
    "04000000 02000000 04000000 02000000 02000000 0800 0900",
  ],
];

describe("array bounds of DCE", () => {
  it.each(CASES)("%s", async (operation, opnum, request, expected) => {
    const w = writer();
    clientHalves(compiled.exports, operation, request).marshal(w);
    expect(Buffer.from(w.octets()).toString("hex")).toBe(expected.replaceAll(" ", ""));
    const received = reader(w.octets(), { ndr64: false, littleEndian: true });
    const seen: unknown[] = [];
    await serve(compiled.exports, opnum, received, writer(), (given) => void seen.push(given));
    expect(seen).toEqual([request]);
  });

  it("leave sizes that are counted from a lower bound to the caller", () => {
    expect(() => {
      clientHalves(compiled.exports, "Both", { low: 2, high: 5, a: whole }).marshal(writer());
    }).toThrow(expect.objectContaining({ message: "Both.a: an array of 3 elements where the size is 4" }));
  });
});
