import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("string-consists-of-characters", () => {
  it("refuses [string] on numbers", () => {
    expect(messages(inInterface("void f([in, string] float *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2082 : [string] attribute must be specified byte, char, or wchar_t array or pointer : a",
        "void f([in, string] float *a);",
        "            ^~~~~~",
      ].join("\n"),
    );
  });
});
