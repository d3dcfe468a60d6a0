import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "typedef [transmit_as(void)] long D; void f();",
    source: inInterface("typedef [transmit_as(void)] long D; void f();"),
    options: {},
    expected: [
      'main.idl(2,10) 2188 transmitted type may not derive from "void" for [transmit_as], [represent_as], [wire_marshal], [user_marshal] : D',
    ],
  },
  ...["[in] D d", "[in] long k, [in, switch_is(k)] D d"].flatMap((parameters) =>
    ["[transmit_as(U)] long D", "[wire_marshal(U)] long D", "U A[2]; typedef [transmit_as(A)] long D"].map((type) => ({
      title: `a union without a discriminant: typedef ${type}; void f(${parameters});`,
      source: inInterface(
        `typedef [switch_type(long)] union { [case(1)] long a; [default]; } U;\ntypedef ${type};\nvoid f(${parameters});`,
      ),
      options: {},
      expected: [
        `main.idl(3,${`typedef ${type}`.search(/(transmit_as|wire_marshal)/) + 1}) 2085 [transmit_as] must specify a transmissible type : D`,
      ],
    })),
  ),
  ...["[transmit_as(long)] OPEN D", "[wire_marshal(long)] OPEN D[2]"].map((type) => ({
    title: `what has no definition, but not a pointer to it: typedef ${type}; void f([in] D *d);`,
    source: inInterface(
      `typedef struct open OPEN; typedef [transmit_as(long)] OPEN *E;\ntypedef ${type};\nvoid f([in] D *d, [in] E e);`,
    ),
    options: {},
    expected: ["main.idl(3,10) 2011 unresolved type declaration : OPEN in D"],
  })),
  {
    title: "typedef [represent_as(Date)] P;",
    source: {
      "main.idl": inInterface("typedef long *P; void f([in] P p);"),
      "main.acf": "interface test { typedef [represent_as(Date)] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,27) 2086 transmitted type for [transmit_as] and [represent_as] must not be a pointer or derive from a pointer : P",
    ],
  },
  {
    title: "typedef [transmit_as(handle_t)] long D; void f();",
    source: inInterface("typedef [transmit_as(handle_t)] long D; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2085 [transmit_as] must specify a transmissible type : D"],
  },
  {
    title: "typedef [transmit_as(error_status_t)] long D; void f();",
    source: inInterface("typedef [transmit_as(error_status_t)] long D; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2228 transmitted or presented type must not derive from error_status_t : D"],
  },
  {
    title: "typedef long *P; typedef [transmit_as(P)] long D; void f();",
    source: inInterface("typedef long *P; typedef [transmit_as(P)] long D; void f();"),
    options: {},
    expected: [
      "main.idl(2,27) 2086 transmitted type for [transmit_as] and [represent_as] must not be a pointer or derive from a pointer : D",
    ],
  },
  {
    title: "typedef struct { long n; [size_is(n)] char a[]; } O; typedef [transmit_as(long)] O D; void f();",
    source: inInterface(
      "typedef struct { long n; [size_is(n)] char a[]; } O; typedef [transmit_as(long)] O D; void f();",
    ),
    options: {},
    expected: [
      "main.idl(2,63) 2087 presented type for [transmit_as] and [represent_as] must not derive from a conformant/varying array, its pointer equivalent, or a conformant/varying structure : D",
    ],
  },
  {
    title: "typedef struct { long n; [size_is(n)] char a[]; } O; typedef [wire_marshal(O)] long D; void f();",
    source: inInterface(
      "typedef struct { long n; [size_is(n)] char a[]; } O; typedef [wire_marshal(O)] long D; void f();",
    ),
    options: {},
    expected: [
      "main.idl(2,63) 2417 transmitted type must either be a pointer or have a constant size for [wire_marshal] and [user_marshal] : D",
    ],
  },
  {
    title: "typedef struct { [ptr] long *a; } O; typedef [wire_marshal(O)] struct { long a; } D; void f([in] D d);",
    source: inInterface(
      "typedef struct { [ptr] long *a; } O; typedef [wire_marshal(O)] struct { long a; } D; void f([in] D d);",
    ),
    options: {},
    expected: [
      "main.idl(2,47) 2416 transmitted type may not contain a full pointer for either [wire_marshal] or [user_marshal] : D",
    ],
  },
  {
    title: "typedef struct { long *a; } O; typedef [wire_marshal(O)] struct { long a; } D; void f([in] D d);",
    source: inInterface(
      "typedef struct { long *a; } O; typedef [wire_marshal(O)] struct { long a; } D; void f([in] D d);",
    ),
    options: {},
    expected: [],
  },
  ...["[string] char a[4];", "long n; [length_is(n)] long a[4];", "struct { long n; [size_is(n)] char a[]; } s;"].map(
    (fields) => ({
      title: `typedef struct { ${fields} } V; typedef [wire_marshal(V)] long D; void f();`,
      source: inInterface(`typedef struct { ${fields} } V;\ntypedef [wire_marshal(V)] long D;\nvoid f();`),
      options: {},
      expected: [
        "main.idl(3,10) 2417 transmitted type must either be a pointer or have a constant size for [wire_marshal] and [user_marshal] : D",
      ],
    }),
  ),
  {
    title: "typedef [user_marshal(LOCAL)] V;",
    source: {
      "main.idl": inInterface("typedef struct { [string] char a[4]; } V; void f([in] V *v);"),
      "main.acf": "interface test { typedef [user_marshal(LOCAL)] V; }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,27) 2417 transmitted type must either be a pointer or have a constant size for [wire_marshal] and [user_marshal] : V",
    ],
  },
  ...["void f([in] T t);", "typedef struct { T *t; } S; void f([in] S *s);", "void f([in, unique] T *t);"].map(
    (use) => ({
      title: `typedef struct { long *a; } O; typedef [wire_marshal(O)] long T; ${use}`,
      source: inInterface(`typedef struct { long *a; } O; typedef [wire_marshal(O)] long T; ${use}`),
      options: {},
      expected: [],
    }),
  ),
  ...[
    ["typedef struct { T t; } S; void f([in] S *s);", 20, "t"],
    ["typedef union switch (long n) u { case 1: T t[2]; default: ; } S; void f([in] S *s);", 45, "t"],
    ["void f([in] T t[2]);", 15, "t"],
    ["void f([in] long n, [in, size_is(n)] T *t);", 41, "t"],
  ].map(([use, column, name]) => ({
    title: `typedef struct { long *a; } O; typedef [wire_marshal(O)] long T; ${use}`,
    source: inInterface(`typedef struct { long *a; } O; typedef [wire_marshal(O)] long T;\n${use}`),
    options: {},
    expected: [
      `main.idl(3,${column}) 9126 a transmitted type for [wire_marshal] or [user_marshal] that is not a pointer but contains one cannot be part of another type : ${name} of type T`,
    ],
  })),
];

describe("conversion-is-possible", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
