import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("struct-does-not-contain-itself", () => {
  it("refuses a struct in itself", () => {
    expect(messages(inInterface("struct s { struct s x; };"))).toBe(
      [
        "main.idl(1) : warning MIDL2231 : no remote procedures specified in non-[local] interface; no client/server stubs will be generated : test",
        "[uuid(12345678-1234-abcd-ef00-01234567cffb), version(1.0), pointer_default(unique)] interface test {",
        "                                                                                              ^~~~",
        "main.idl(2) : error MIDL2006 : recursive definition : s",
        "struct s { struct s x; };",
        "                    ^",
      ].join("\n"),
    );
  });

  it("refuses recursion through [ref] (M17)", () => {
    expect(messages(inInterface("struct s { [ref] struct s *x; };"))).toBe(
      [
        "main.idl(1) : warning MIDL2231 : no remote procedures specified in non-[local] interface; no client/server stubs will be generated : test",
        "[uuid(12345678-1234-abcd-ef00-01234567cffb), version(1.0), pointer_default(unique)] interface test {",
        "                                                                                              ^~~~",
        "main.idl(2) : error MIDL2164 : field/parameter must not derive from a structure that is recursive through a ref pointer : x in s",
        "struct s { [ref] struct s *x; };",
        "                           ^",
      ].join("\n"),
    );
  });
});
