import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("interface-has-remote-operations", () => {
  it("warns of an interface without remote operations", () => {
    expect(messages(inInterface("typedef long T;"))).toBe(
      [
        "main.idl(1) : warning MIDL2231 : no remote procedures specified in non-[local] interface; no client/server stubs will be generated : test",
        "[uuid(12345678-1234-abcd-ef00-01234567cffb), version(1.0), pointer_default(unique)] interface test {",
        "                                                                                              ^~~~",
      ].join("\n"),
    );
  });
});
