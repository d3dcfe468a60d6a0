import { describe, expect, it } from "vitest";
import { messages } from "../compile.ts";

describe("interface-has-uuid", () => {
  it("asks for a UUID", () => {
    expect(messages("interface test { void f(); }\n")).toBe(
      [
        "main.idl(1) : error MIDL2079 : no [uuid] specified : test",
        "interface test { void f(); }",
        "          ^~~~",
      ].join("\n"),
    );
  });
});
