import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const UNION =
  "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; typedef struct { long n; [switch_is(n)] U u; } S;\n";

const cases: readonly Judged[] = [
  ...[
    "void f([in] long n, [in, switch_is(n)] U u[2]);",
    "void f([in] long n, [in, size_is(n), switch_is(n)] U u[]);",
    "void f([in] long n, [in, size_is(n), switch_is(n)] U *u);",
    "void f([in] long n, [out, size_is(, n), switch_is(n)] U **u);",
    "typedef struct { long n; [switch_is(n)] U u[2]; } T; void f([in] T *t);",
    "typedef struct { long n; [size_is(n), switch_is(n)] U *u; } T; void f([in] T *t);",
  ].map((body) => ({
    title: body,
    source: inInterface(`${UNION}${body}`),
    options: {},
    expected: [
      `main.idl(3,${body.search(/\bu\b/) + 1}) 2159 array or equivalent pointer construct cannot derive from a nonencapsulated union : u`,
    ],
  })),
  {
    title: "arrays of structures, and of pointers to unions",
    source: inInterface(
      `${UNION}void f([in] long n, [in, size_is(n)] S *s, [in] S t[2], [in, switch_is(n)] U *u[2], [in, switch_is(n)] U *v);`,
    ),
    options: {},
    expected: [],
  },
];

describe("array-has-no-unions", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
