import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const VALUE = "2059 attribute expression must be of integral type, no support for 64-bit expressions : a";
const EXPRESSION = "2037 expression not implemented : a";
const PARAMETERS =
  "typedef struct { long n; } S;\nvoid f([in] long n, [in] hyper h, [in] double d, [in] long *p, [in, unique] long *q, [in] long v[4], [in] S s, [in] S t[4], [in] S *r,\n";

/** A size expression, with what is wrong at its column. */
const sized = (expression: string, column?: number, message?: string): Judged => ({
  title: `size_is(${expression})`,
  source: inInterface(`${PARAMETERS}[in, size_is(${expression})] char *a);`),
  options: {},
  expected: message === undefined ? [] : [`main.idl(4,${13 + (column ?? 1)}) ${message}`],
});

const cases: readonly Judged[] = [
  sized('n + "abc"', 5, VALUE),
  sized('n == "abc"', 6, VALUE),
  sized('n && "abc"', 6, VALUE),
  sized('n ? *"abc" : 1', 6, VALUE),
  sized('"abc"[n]', 1, EXPRESSION),
  sized('(long) (h + (hyper) "abc")', 13, VALUE),
  sized("n + 3.5", 5, VALUE),
  sized("(long) (d + 1)", 9, VALUE),
  sized("(long) (hyper) d", 16, VALUE),
  sized("(long) d"),
  sized("d > 3 ? 1 : 2"),
  sized("s + 1", 1, VALUE),
  sized("!s", 2, VALUE),
  sized("s ? 1 : 2", 1, VALUE),
  sized("&n != 0", 1, EXPRESSION),
  sized("(long) &n", 8, EXPRESSION),
  sized("h && &n", 6, EXPRESSION),
  sized("(long) (h + (hyper) &n)", 21, EXPRESSION),
  sized("p + 1 > n", 1, VALUE),
  sized("p == q", 1, EXPRESSION),
  sized("p[1]", 1, EXPRESSION),
  sized("v[n]", 1, EXPRESSION),
  sized("t[0].n", 1, EXPRESSION),
  sized("((S *) n)->n", 2, EXPRESSION),
  sized("q == 0 ? 1 : 2"),
  sized("NULL != q && n"),
  sized("*&n + p[0] + (&s)->n + (*r).n + (n ? r : r)->n"),
  {
    title: "max_is, length_is and switch_is",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long b; [default]; } U;\n" +
        'void f([in, max_is("m"), length_is(&n != 0)] long *a, [in] long n, [in, switch_is(n + "s")] U *u);',
    ),
    options: {},
    expected: [
      `main.idl(3,20) ${VALUE}`,
      `main.idl(3,36) ${EXPRESSION}`,
      "main.idl(3,87) 2174 attribute expression must be of type integer, char, Boolean or enum : u",
    ],
  },
];

describe("attribute-expression-is-arithmetic", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
