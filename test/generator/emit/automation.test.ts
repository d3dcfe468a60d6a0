/**
 * Types of automation in their transmitted form (MS-OAUT 2.2.23 and 2.2.29). The octets are those of Impacket 0.10 (impacket.dcerpc.v5.dcom.oaut:
 * BSTR and VARIANT as parameters of an NDRCALL) with its referent numbers and its filling exchanged for ours.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { property } from "../../support/property.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";

const IDL = `import "oaidl.idl";
[uuid(7b0f6a2c-35d1-4c4b-9d1c-2f8a7c1e0a11), pointer_default(unique)]
interface automation {
  void String([in] BSTR value);
  void Value([in] VARIANT value);
}
`;

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("automation", IDL);
});

const variant = (vt: number, clSize: number, value: object): object => ({
  clSize,
  rpcReserved: 0,
  vt,
  wReserved1: 0,
  wReserved2: 0,
  wReserved3: 0,
  _varUnion: { discriminant: vt, ...value },
});

const CASES: readonly (readonly [operation: string, value: unknown, octets: string])[] = [
  [
    "String",
    { cBytes: 10, clSize: 5, asData: Uint16Array.from("naïve", (letter) => letter.charCodeAt(0)) },
    "00000200 05000000 0a000000 05000000 6e00 6100 ef00 7600 6500",
  ],
  ["Value", variant(3, 4, { lVal: -2 }), "00000200 00000000 04000000 00000000 0300 0000 0000 0000 03000000 feffffff"],
  [
    "Value",
    variant(8, 5, { bstrVal: { cBytes: 4, clSize: 2, asData: Uint16Array.of(0x61, 0x62) } }),
    "00000200 00000000 05000000 00000000 0800 0000 0000 0000 08000000 04000200 02000000 04000000 02000000 6100 6200",
  ],
];

describe("automation", () => {
  it.each(CASES)("%s sends and takes %j", async (operation, value, text) => {
    const octets = Buffer.from(text.replaceAll(" ", ""), "hex");
    const w = writer();
    clientHalves(compiled.exports, operation, { value }).marshal(w);
    expect(Buffer.from(w.octets()).toString("hex")).toBe(octets.toString("hex"));
    let seen: unknown;
    const opnum = operation === "String" ? 0 : 1;
    await serve(compiled.exports, opnum, reader(octets, { ndr64: false, littleEndian: true }), writer(), (request) => {
      seen = property(request, "value");
    });
    expect(seen).toEqual(value);
  });
});
