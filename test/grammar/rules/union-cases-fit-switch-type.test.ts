import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("union-cases-fit-switch-type", () => {
  it("refuses a case beyond the switch type", () => {
    expect(
      messages(
        inInterface(`typedef [switch_type(char)] union { [case(300)] long l; [default]; } U;
void f([in] char n, [in, switch_is(n)] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2206 : [case] value out of range of switch type : 300 in U",
        "typedef [switch_type(char)] union { [case(300)] long l; [default]; } U;",
        "                                                     ^",
      ].join("\n"),
    );
  });

  it("refuses a switch type that is no integer", () => {
    expect(
      messages(
        inInterface(`typedef [switch_type(float)] union { [case(1)] long l; [default]; } U;
void f([in] long n, [in, switch_is(n)] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2192 : switch type can only be integral, char, Boolean or enum : U",
        "typedef [switch_type(float)] union { [case(1)] long l; [default]; } U;",
        "         ^~~~~~~~~~~~~~~~~~",
      ].join("\n"),
    );
  });
});
