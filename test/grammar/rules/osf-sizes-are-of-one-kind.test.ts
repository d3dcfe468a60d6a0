import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal = "2166 use of this attribute needs /ms_ext : mixed sizes of";

describe("osf-sizes-are-of-one-kind", () => {
  it.each([
    ["void f([in, size_is(n)] long *a, [in] long n);", []],
    ["void f([in, size_is(n)] long *a[], [in] long n);", []],
    ["void f([in, size_is(n)] long a[][3], [in] long n);", []],
    ["void f([in, size_is(, n)] long *a[3], [in] long n);", []],
    ["void f([in, size_is(n, n)] long *a[], [in] long n);", [`main.idl(2,34) ${refusal} a`]],
    ["void f([in, size_is(n, n)] long **a, [in] long n);", [`main.idl(2,35) ${refusal} a`]],
    ["typedef struct { long n; [size_is(n, n)] long **a; } S; void f([in] S *s);", [`main.idl(2,49) ${refusal} a`]],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(formatted(compile(inInterface("void f([in, size_is(n, n)] long *a[], [in] long n);")))).toEqual([]);
  });
});
