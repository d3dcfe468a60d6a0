import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("context-handle-is-pointer", () => {
  it("refuses [context_handle] on an integer", () => {
    expect(messages(inInterface("void f([in, context_handle] long a);"))).toBe(
      [
        "main.idl(2) : error MIDL2237 : [context_handle] must be applied on a pointer type : a",
        "void f([in, context_handle] long a);",
        "            ^~~~~~~~~~~~~~",
      ].join("\n"),
    );
  });
});
