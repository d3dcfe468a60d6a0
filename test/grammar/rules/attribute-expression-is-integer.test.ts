import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "void f([in, size_is(n)] long *a, [in] float n);",
    source: inInterface("void f([in, size_is(n)] long *a, [in] float n);"),
    options: {},
    expected: [
      "main.idl(2,21) 2059 attribute expression must be of integral type, no support for 64-bit expressions : a",
    ],
  },
  {
    title: "void f([in, size_is(n)] long *a, [in] hyper n);",
    source: inInterface("void f([in, size_is(n)] long *a, [in] hyper n);"),
    options: {},
    expected: [
      "main.idl(2,21) 2059 attribute expression must be of integral type, no support for 64-bit expressions : a",
    ],
  },
  {
    title:
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] float n, [in, switch_is(n)] U *u);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] float n, [in, switch_is(n)] U *u);",
    ),
    options: {},
    expected: ["main.idl(2,107) 2174 attribute expression must be of type integer, char, Boolean or enum : u"],
  },
  {
    title: "void f([in, size_is(nowhere)] long *a);",
    source: inInterface("void f([in, size_is(nowhere)] long *a);"),
    options: {},
    expected: ["main.idl(2,21) 2058 attribute expression cannot be resolved : nowhere"],
  },
  {
    title: "void f([in, range(0, n)] long a, [in] long n);",
    source: inInterface("void f([in, range(0, n)] long a, [in] long n);"),
    options: {},
    expected: ["main.idl(2,13) 2316 illegal expression type used in attribute : range"],
  },
];

describe("attribute-expression-is-integer", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
