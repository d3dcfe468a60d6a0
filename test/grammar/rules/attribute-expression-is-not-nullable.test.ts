import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("attribute-expression-is-not-nullable", () => {
  it("refuses a size behind a [unique] pointer (M18)", () => {
    expect(messages(inInterface("void f([in, unique] long *n, [in, size_is(*n)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2195 : attribute expression derives from [unique] or [ptr] pointer dereference : a",
        "void f([in, unique] long *n, [in, size_is(*n)] char *a);",
        "                                          ^~",
      ].join("\n"),
    );
  });
});
