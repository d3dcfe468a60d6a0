import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("union-arm-is-not-ref", () => {
  it("refuses a [ref] arm (M17)", () => {
    expect(
      messages(
        inInterface(`typedef [switch_type(long)] union { [case(1), ref] long *l; [default]; } U;
void f([in] long n, [in, switch_is(n)] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2249 : cannot have a [ref] pointer as a union arm : l in U",
        "typedef [switch_type(long)] union { [case(1), ref] long *l; [default]; } U;",
        "                                                         ^",
      ].join("\n"),
    );
  });
});
