import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const MESSAGE = "2104 pointer to a conformant array or an array that contains a conformant array is not supported : a";
/** A conformant structure, arrays of it, and what is converted to it, to an array of it and to a string. */
const OPEN =
  "typedef struct { long n; [size_is(n)] long b[]; } O; typedef O ARRAY[4]; typedef [transmit_as(O)] long T; " +
  "typedef [transmit_as(ARRAY)] long SENT; typedef [string] char TEXT[]; typedef [transmit_as(TEXT)] long STR;\n";
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
  ...[
    "void f([in] O a[3]);",
    "void f([in] long k, [in, size_is(k)] O a[]);",
    "void f([in] long k, [in, out, size_is(k)] O *a);",
    "void f([in] long k, [out, size_is(, k)] O **a);",
    "void f([in] T a[3]);",
    "void f([in] ARRAY a);",
    "void f([in] SENT a);",
    "typedef struct { O a[2]; } S; void f([in] S *s);",
    "typedef struct { long k; [size_is(k)] O *a; } S; void f([in] S *s);",
    "typedef struct { T a[2]; } S; void f([in] S s);",
    "typedef struct { STR a[2]; } S; void f([in] S s);",
    "typedef union switch (long k) u { case 1: O a[2]; default: ; } U; void f([in] U *u);",
  ].map((body) => judged(`${OPEN}${body}`, `main.idl(3,${body.search(/\ba\b/) + 1}) ${MESSAGE}`)),
  judged(`${OPEN}ARRAY *a();`, `main.idl(3,8) ${MESSAGE}`),
  judged(`${OPEN}void f([in] long k, [in, size_is(k)] O **a, [in] O *b[3], [in] T *c[2], [out] O **d);`),
  // RPC "Multidimensional Arrays": a conformant array of strings; MIDL "string": the attribute applies to the rightmost array.
  judged("void f([in] long n, [in, string, size_is(n)] char a[][10]);"),
  judged("void f([in] long n, [in, string, size_is(n)] char *a[]);"),
  judged("void f([in] long n, [in] long m, [in, string, size_is(n, m)] char **a);"),
];

describe("array-element-has-size", () => {
  it.each(cases)("$title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
