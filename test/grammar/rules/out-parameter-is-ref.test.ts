import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("out-parameter-is-ref", () => {
  it("refuses an [out]-only [unique] pointer (M17)", () => {
    expect(messages(inInterface("void f([out, unique] long *x);"))).toBe(
      [
        "main.idl(2) : error MIDL2121 : [out] only parameter must not derive from a top-level [unique] or [ptr] pointer/array : x in f",
        "void f([out, unique] long *x);",
        "                           ^",
      ].join("\n"),
    );
  });

  it("refuses an [out]-only [ptr] pointer (M17)", () => {
    expect(messages(inInterface("void f([out, ptr] long *x);"))).toBe(
      [
        "main.idl(2) : error MIDL2121 : [out] only parameter must not derive from a top-level [unique] or [ptr] pointer/array : x in f",
        "void f([out, ptr] long *x);",
        "                        ^",
      ].join("\n"),
    );
  });
});
