import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("size-is-known-before-call", () => {
  it("refuses a size from an [out]-only parameter (M18)", () => {
    expect(messages(inInterface("void f([out] long *n, [in, size_is(*n)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2123 : expression used for a size attribute must not derive from an [out]-only parameter : a in f",
        "void f([out] long *n, [in, size_is(*n)] char *a);",
        "                                   ^~",
      ].join("\n"),
    );
  });

  it("refuses a length of an [in] array from an [out]-only parameter (M18)", () => {
    expect(messages(inInterface("void f([out] long *n, [in, size_is(10), length_is(*n)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2124 : expression used for a length attribute for an [in] parameter cannot derive from an [out]-only parameter : a in f",
        "void f([out] long *n, [in, size_is(10), length_is(*n)] char *a);",
        "                                                  ^~",
      ].join("\n"),
    );
  });
});
