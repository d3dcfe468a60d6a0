import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const MESSAGE = "2104 pointer to a conformant array or an array that contains a conformant array is not supported : a";
const judged = (text: string, ...expected: string[]): Judged => ({
  title: text,
  source: inInterface(text),
  options: {},
  expected,
});

const cases: readonly Judged[] = [
  judged("void f([in] long n, [in] long m, [in, string, size_is(n, m)] char a[*][*]);", `main.idl(2,67) ${MESSAGE}`),
  judged("void f([in] long m, [in, string, size_is(, m)] char a[3][*]);", `main.idl(2,53) ${MESSAGE}`),
  judged(
    "typedef [string, size_is(80)] char LINE[]; typedef struct { LINE a[3]; } S; void f([in] S *s);",
    `main.idl(2,66) ${MESSAGE}`,
  ),
  // RPC "Multidimensional Arrays": a conformant array of strings; MIDL "string": the attribute applies to the rightmost array.
  judged("void f([in] long n, [in, string, size_is(n)] char a[][10]);"),
  judged("void f([in] long n, [in, string, size_is(n)] char *a[]);"),
  judged("void f([in] long n, [in] long m, [in, string, size_is(n, m)] char **a);"),
];

describe("arrays of strings", () => {
  it.each(cases)("$title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
