import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title:
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; typedef [switch_type(long)] union { [case(1)] U u; [default]; } V; void f([in] long n, [in, switch_is(n)] V *v);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; typedef [switch_type(long)] union { [case(1)] U u; [default]; } V; void f([in] long n, [in, switch_is(n)] V *v);",
    ),
    options: {},
    expected: [
      "main.idl(2,119) 2221 field of a nonencapsulated union cannot be another nonencapsulated union : u in V",
    ],
  },
  {
    title:
      "typedef [switch_type(long)] union { [case(1)] long a[]; [default]; } V; void f([in] long n, [in, switch_is(n)] V *v);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a[]; [default]; } V; void f([in] long n, [in, switch_is(n)] V *v);",
    ),
    options: {},
    expected: [
      "main.idl(2,52) 2171 field of a union cannot derive from a conformant/varying array or its pointer equivalent : a in V",
    ],
  },
  ...[
    "typedef union switch (long n) u { case 1: O a; case 2: O *p; default: ; } V; void f([in] V *v);",
    "typedef [switch_type(long)] union { [case(1)] O a; [default]; } V; void f([in] long n, [out, switch_is(n)] V *v);",
    "typedef [switch_type(long)] union { [case(1)] struct { O o; } a; [default]; } V; typedef struct { long n; [switch_is(n)] V v; } S; S f();",
  ].map((body) => ({
    title: `an arm that is a conformant structure: ${body}`,
    source: inInterface(`typedef struct { long n; [size_is(n)] long b[]; } O;\n${body}`),
    options: {},
    expected: [
      `main.idl(3,${body.search(/\ba\b/) + 1}) 2171 field of a union cannot derive from a conformant/varying array or its pointer equivalent : a in V`,
    ],
  })),
  {
    title: "an arm that is converted to a conformant structure",
    source: inInterface(
      "typedef struct { long n; [size_is(n)] long a[]; } O; typedef [transmit_as(O)] long T;\n" +
        "typedef union switch (long n) u { case 1: T t; case 2: T *p; default: ; } V; void f([in] V *v);",
    ),
    options: {},
    expected: [
      "main.idl(3,45) 2171 field of a union cannot derive from a conformant/varying array or its pointer equivalent : t in V",
    ],
  },
  {
    title: "typedef [switch_type(long)] union { [case(1)] long a; } V; void f([in] long n, [in, switch_is(n)] V *v);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; } V; void f([in] long n, [in, switch_is(n)] V *v);",
    ),
    options: {},
    expected: ["main.idl(2,29) 2057 no [default] case specified for discriminated union : V"],
  },
  {
    title: "typedef union switch (long n) { case 1: long a; long b; default: ; } V; void f([in] V *v);",
    source: inInterface("typedef union switch (long n) { case 1: long a; long b; default: ; } V; void f([in] V *v);"),
    options: {},
    expected: ["main.idl(2,54) 2340 no case expression found for union : b in V"],
  },
];

describe("union-arm-is-complete", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
