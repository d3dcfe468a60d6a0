import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("array-derives-size", () => {
  it("refuses an array without a size (M18)", () => {
    expect(messages(inInterface("void f([in] char a[]);"))).toBe(
      [
        "main.idl(2) : error MIDL2105 : pointee/array does not derive any size : a",
        "void f([in] char a[]);",
        "                 ^",
      ].join("\n"),
    );
  });
});
