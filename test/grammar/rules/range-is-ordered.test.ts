import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("range-is-ordered", () => {
  it("refuses a range that ends before it begins", () => {
    expect(messages(inInterface("void f([in, range(5, 1)] long a);"))).toBe(
      [
        "main.idl(2) : error MIDL2371 : incorrect range specified : a",
        "void f([in, range(5, 1)] long a);",
        "            ^~~~~~~~~~~",
      ].join("\n"),
    );
  });
});
