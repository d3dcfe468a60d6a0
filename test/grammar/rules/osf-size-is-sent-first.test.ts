import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal = "2123 expression used for a size attribute must not derive from an [out]-only parameter";

describe("osf-size-is-sent-first", () => {
  it.each([
    ["void f([in, out] long *n, [in, out, size_is(*n)] long a[]);", []],
    ["void f([in, out] long *n, [out, size_is(, *n)] long **a);", []],
    ["void f([out] long *n, [out, size_is(*n)] long a[]);", [`main.idl(2,37) ${refusal} : a in f`]],
    ["void f([out] long *n, [out, max_is(*n)] long a[]);", [`main.idl(2,36) ${refusal} : a in f`]],
    ["void f([out, size_is(, *n)] long **a, [out] long *n);", [`main.idl(2,24) ${refusal} : a in f`]],
    ["void f([in] long m, [out, size_is(m), length_is(*n)] long a[], [out] long *n);", []],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(formatted(compile(inInterface("void f([out, size_is(, *n)] long **a, [out] long *n);")))).toEqual([]);
  });
});
