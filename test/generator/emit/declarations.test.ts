import { describe, expect, it } from "vitest";
import { compileIdl, generateIdl } from "../../support/compile-idl.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5d), version(1.0), pointer_default(unique)]
interface lonely
{
    typedef [switch_type(long)] union { [case(7)] long only; } ONLY;
    typedef [switch_type(long)] union { [default] long other; } OTHER;
    typedef [switch_type(long)] union { [case(1)] long first; [default] ; } BOTH;
    void Only([in] long kind, [in, switch_is(kind)] ONLY *only);
    void Other([in] long kind, [in, switch_is(kind)] OTHER *other);
    void Both([in] long kind, [in, switch_is(kind)] BOTH *both);
}`;

describe("unionDeclaration", () => {
  it("declares a union of one arm as an interface, and of several as a union", async () => {
    const text = (await generateIdl("lonely", IDL)).texts.get("lonely.ts");
    expect(text).toContain("export interface ONLY {\n  discriminant: 7;\n  only: number;\n}\n");
    expect(text).toContain(
      'export interface OTHER {\n  discriminant: "default";\n  discriminantValue: number;\n  other: number;\n}\n',
    );
    expect(text).toContain(
      'export type BOTH = { discriminant: 1; first: number } | { discriminant: "default"; discriminantValue: number };',
    );
  });

  it("declares a union of C, which cannot travel, by its members", async () => {
    const idl = IDL.replace("void Only", "typedef union { long a; char b[2]; } OF_C;\n    void Only");
    const text = (await generateIdl("lonely", idl)).texts.get("lonely.ts");
    expect(text).toContain("export type OF_C = { a: number } | { b: Uint8Array };");
    expect(text).not.toContain("marshalOF_C");
  });

  it("gives an enumerator called __proto__ its value", async () => {
    const idl = IDL.replace("void Only", "typedef enum { __proto__ = 3, OTHER_ONE } PROTO;\n    void Only");
    const { exports } = await compileIdl("lonely", idl);
    expect(JSON.stringify(exports.get("PROTO"))).toBe('{"__proto__":3,"OTHER_ONE":4}');
  });

  it("still refuses a wrong discriminant where one arm is all there is", async () => {
    const text = (await generateIdl("lonely", IDL)).texts.get("lonely.ts");
    expect(text).toContain(
      "const discriminant: number | string = value.discriminant;\n  switch (discriminant) {\n    case 7: {",
    );
    expect(text).toContain("switch (value.discriminant) {\n    case 1: {");
  });
});
