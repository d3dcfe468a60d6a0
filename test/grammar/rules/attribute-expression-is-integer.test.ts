import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("attribute-expression-is-integer", () => {
  it("refuses a size that is no integer", () => {
    expect(messages(inInterface("void f([in] float x, [in, size_is(x)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2059 : attribute expression must be of integral type, no support for 64-bit expressions : a",
        "void f([in] float x, [in, size_is(x)] char *a);",
        "                                  ^",
      ].join("\n"),
    );
  });
});
