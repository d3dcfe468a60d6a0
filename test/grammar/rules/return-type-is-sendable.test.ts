import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("return-type-is-sendable", () => {
  it("refuses a [ref] pointer (M12)", () => {
    expect(messages(inInterface("[ref] long *f();"))).toBe(
      [
        "main.idl(2) : error MIDL2177 : return type must not derive from a [ref] pointer : f",
        "[ref] long *f();",
        "            ^",
      ].join("\n"),
    );
  });

  it("refuses a non-encapsulated union (M12)", () => {
    expect(
      messages(
        inInterface(`typedef [switch_type(long)] union { [case(1)] long l; [default]; } U;
U f();`),
      ),
    ).toBe(
      [
        "main.idl(3) : error MIDL2198 : return type cannot derive from a nonencapsulated union : f",
        "U f();",
        "  ^",
      ].join("\n"),
    );
  });

  it("refuses an open structure (M12)", () => {
    expect(
      messages(
        inInterface(`typedef struct { long n; [size_is(n)] long a[]; } OPEN;
OPEN f();`),
      ),
    ).toBe(
      [
        "main.idl(3) : error MIDL2199 : return type cannot derive from a conformant structure : f",
        "OPEN f();",
        "     ^",
      ].join("\n"),
    );
  });

  it("refuses a pointer to void", () => {
    expect(messages(inInterface("void *f();"))).toBe(
      [
        "main.idl(2) : error MIDL2145 : return type must not derive from a void pointer : f",
        "void *f();",
        "      ^",
      ].join("\n"),
    );
  });
});
