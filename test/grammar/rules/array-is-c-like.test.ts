import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "void f([in, size_is(3)] long a[4]);",
    source: inInterface("void f([in, size_is(3)] long a[4]);"),
    options: {},
    expected: ["main.idl(2,13) 2299 [size_is] or [max_is] attribute is invalid on a fixed array : a"],
  },
  {
    title: "void f([in, size_is(n, n)] long a[][], [in] long n);",
    source: inInterface("void f([in, size_is(n, n)] long a[][], [in] long n);"),
    options: {},
    expected: ["main.idl(2,33) 2296 ANSI C only allows the leftmost array bound to be unspecified : a"],
  },
  {
    title: "typedef struct { [unique] long a[3]; } S; void f([in] S *s);",
    source: inInterface("typedef struct { [unique] long a[3]; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,19) 2222 pointer attribute(s) applied on an embedded array; ignored : a"],
  },
  {
    title: "void f([in, size_is(n), length_is(m)] long *a, [in] long n, [in] unsigned long m);",
    source: inInterface("void f([in, size_is(n), length_is(m)] long *a, [in] long n, [in] unsigned long m);"),
    options: {},
    expected: ["main.idl(2,45) 2081 type mismatch between length and size attribute expressions : a"],
  },
];

describe("array-is-c-like", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
