import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal =
  "2178 attribute expression must be a variable name or a pointer dereference expression in this mode. You must specify the /ms_ext switch";

describe("osf-attribute-expression-is-simple", () => {
  it.each([
    ["void f([in, size_is(n)] long a[], [in] long n);", []],
    ["void f([in, size_is((n))] long a[], [in] long n);", []],
    ["void f([in, size_is(*n)] long a[], [in] long *n);", []],
    ["void f([in, size_is(n * 2)] long a[], [in] long n);", [`main.idl(2,21) ${refusal} : a`]],
    ["void f([in, size_is(**n)] long a[], [in, ref] long **n);", [`main.idl(2,21) ${refusal} : a`]],
    ["void f([in, size_is(10)] long a[]);", [`main.idl(2,21) ${refusal} : a`]],
    ["void f([in, max_is(n - 1)] long a[], [in] long n);", [`main.idl(2,20) ${refusal} : a`]],
    [
      "void f([in, size_is(n), length_is(m / 2)] long a[], [in] long n, [in] long m);",
      [`main.idl(2,35) ${refusal} : a`],
    ],
    [
      "void f([in, size_is(n), first_is(m + 1), last_is(-n)] long a[], [in] long n, [in] long m);",
      [`main.idl(2,34) ${refusal} : a`, `main.idl(2,50) ${refusal} : a`],
    ],
    [
      "typedef struct { long n; [size_is(n ? n : 1)] long a[*]; } S; void f([in] S *s);",
      [`main.idl(2,35) ${refusal} : a`],
    ],
    [
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in, switch_is(n & 1)] U u, [in] long n);",
      [`main.idl(2,93) ${refusal} : u`],
    ],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(formatted(compile(inInterface("void f([in, size_is(n * 2)] long a[], [in] long n);")))).toEqual([]);
  });
});
