import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal = "2137 this specification of union needs /c_ext";

describe("osf-union-has-cases", () => {
  it.each([
    ["typedef union switch (long t) u { case 1: long a; default: ; } U; void f([in] U u);", []],
    [
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in, switch_is(n)] U u, [in] long n);",
      [],
    ],
    ["typedef [switch_type(long)] union { [default] long a; } U; void f([in, switch_is(n)] U u, [in] long n);", []],
    ["typedef union { long a; short b; } U; void f([in] long a);", [`main.idl(2,9) ${refusal} : U`]],
    [
      "typedef struct { long t; union { long a; short b; } u; } S; void f([in] long a);",
      [`main.idl(2,26) ${refusal} : S_u`],
    ],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(formatted(compile(inInterface("typedef union { long a; short b; } U; void f([in] long a);")))).toEqual([]);
  });
});
