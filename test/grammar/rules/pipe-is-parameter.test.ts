import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "interface test { [encode] f(); }",
    source: {
      "main.idl": inInterface("typedef pipe long P; void f([in] P p);"),
      "main.acf": "interface test { [encode] f(); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.idl(2,36) 2342 pipes can't be used with data serialization, i.e. [encode] and/or [decode] : f"],
  },
  {
    title: "typedef pipe long *P; void f();",
    source: inInterface("typedef pipe long *P; void f();"),
    options: {},
    expected: [],
  },
  {
    title: "typedef long *Q; typedef pipe Q P; void f([in] P p);",
    source: inInterface("typedef long *Q; typedef pipe Q P; void f([in] P p);"),
    options: {},
    expected: ["main.idl(2,50) 2317 illegal type used in pipe : p"],
  },
  {
    title: "typedef pipe long P; P f();",
    source: inInterface("typedef pipe long P; P f();"),
    options: {},
    expected: ["main.idl(2,24) 2322 invalid pipe usage : f"],
  },
  {
    title: "typedef pipe long P; typedef struct { P p; } S; void f([in] S *s);",
    source: inInterface("typedef pipe long P; typedef struct { P p; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,41) 2321 pipes cannot be array elements, or members of structures or unions : p"],
  },
  {
    title: "typedef pipe long P; void f([in] P p[2]);",
    source: inInterface("typedef pipe long P; void f([in] P p[2]);"),
    options: {},
    expected: ["main.idl(2,36) 2390 invalid array element : p is an array of pipes"],
  },
  {
    title: "typedef pipe long P; typedef [transmit_as(long)] P Q; void f();",
    source: inInterface("typedef pipe long P; typedef [transmit_as(long)] P Q; void f();"),
    options: {},
    expected: ["main.idl(2,31) 2322 invalid pipe usage : Q"],
  },
  ...["[transmit_as(long)] short E", "[wire_marshal(long)] short E", "struct { T t[2]; } E"].map((element) => ({
    title: `typedef [transmit_as(long)] short T; typedef ${element}; typedef pipe E P; void f([in] P p);`,
    source: inInterface(
      `typedef [transmit_as(long)] short T;\ntypedef ${element};\ntypedef pipe E P;\nvoid f([in] P p);`,
    ),
    options: {},
    expected: ["main.idl(5,15) 2322 invalid pipe usage : p"],
  })),
  ...[
    "struct { long *a; } E",
    "struct { [string] char a[4]; } E",
    "struct { long n; [length_is(n)] long a[4]; } E",
    "struct { long n; [size_is(n)] long a[]; } E",
    "union switch (long n) u { case 1: long a; default: ; } E",
  ].map((element) => ({
    title: `typedef ${element}; typedef pipe E P; void f([in] P p);`,
    source: inInterface(`typedef ${element};\ntypedef pipe E P;\nvoid f([in] P p);`),
    options: {},
    expected: ["main.idl(4,15) 2317 illegal type used in pipe : p"],
  })),
  ...[
    "enum { A } E",
    "__int3264 E",
    "struct { enum { A } a; } E",
    "struct { long l; struct { __int3264 a[2]; } b; } E",
  ].map((element) => ({
    title: `MIDL "pipe", the Microsoft implementation: typedef ${element}; typedef pipe E P; void f([out] P p);`,
    source: inInterface(`typedef ${element};\ntypedef pipe E P;\nvoid f([out] P p);`),
    options: {},
    expected: ["main.idl(4,16) 2317 illegal type used in pipe : p"],
  })),
  ...["[in, unique] P *p", "[in, ptr] P *p", "[in] P **p", "[in] Q p", "[in] Q *p"].map((parameter) => ({
    title: `void f(${parameter});`,
    source: inInterface(`typedef pipe long P; typedef [unique] P *Q;\nvoid f(${parameter});`),
    options: {},
    expected: [`main.idl(3,${`void f(${parameter}`.length}) 2322 invalid pipe usage : p`],
  })),
  {
    title: "void f([in] P p, [in] P *q, [out, ref] P *r);",
    source: inInterface("typedef pipe long P;\nvoid f([in] P p, [in] P *q, [out, ref] P *r);"),
    options: {},
    expected: [],
  },
  {
    title: "typedef [v1_enum] enum { A } E; typedef pipe E P; void f([in] P p);",
    source: inInterface("typedef [v1_enum] enum { A } E; typedef pipe E P; void f([in] P p);"),
    options: {},
    expected: [],
  },
  {
    title: "typedef struct { long a[2]; struct { short b; } c; } E; typedef pipe E P; void f([in] P p);",
    source: inInterface("typedef struct { long a[2]; struct { short b; } c; } E; typedef pipe E P; void f([in] P p);"),
    options: {},
    expected: [],
  },
];

describe("pipe-is-parameter", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
