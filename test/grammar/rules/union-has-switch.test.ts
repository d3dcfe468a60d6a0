import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("union-has-switch", () => {
  it("asks for [switch_is]", () => {
    expect(
      messages(
        inInterface(`typedef [switch_type(long)] union { [case(1)] long l; [default]; } U;
void f([in] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(3) : error MIDL2078 : no [switch_is] attribute specified at use of union : u",
        "void f([in] U *u);",
        "               ^",
      ].join("\n"),
    );
  });

  it("refuses [switch_is] on what is no union", () => {
    expect(messages(inInterface("void f([in] long n, [in, switch_is(n)] long x);"))).toBe(
      [
        "main.idl(2) : error MIDL2190 : [switch_is] must be specified only on a type deriving from a nonencapsulated union : x",
        "void f([in] long n, [in, switch_is(n)] long x);",
        "                         ^~~~~~~~~~~~",
      ].join("\n"),
    );
  });
});
