import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "void f([in, string] long *s);",
    source: inInterface("void f([in, string] long *s);"),
    options: {},
    expected: ["main.idl(2,13) 2082 [string] attribute must be specified byte, char, or wchar_t array or pointer : s"],
  },
  {
    title: "typedef struct { byte a; long b; } T; void f([in, string] T *s);",
    source: inInterface("typedef struct { byte a; long b; } T; void f([in, string] T *s);"),
    options: {},
    expected: ["main.idl(2,51) 2293 stringable structure fields must be byte/char/wchar_t : s"],
  },
  {
    title: "typedef struct { byte a; byte b; } T; void f([in, string] T *s);",
    source: inInterface("typedef struct { byte a; byte b; } T; void f([in, string] T *s);"),
    options: {},
    expected: [],
  },
  {
    title: "typedef struct { byte a; } T; typedef [string] T S[9]; void f([in] S s);",
    source: inInterface("typedef struct { byte a; } T; typedef [string] T S[9]; void f([in] S s);"),
    options: {},
    expected: [],
  },
  {
    title: "what holds for strings holds for those of structures",
    source: inInterface(
      "typedef struct { byte a; byte b; } T;\n" +
        "typedef struct { [string] T a[]; } S; void f([in] S *s, [in] S t[2], [out, string] T *u, [out, string] T **v);\n" +
        "typedef union switch (long n) u { case 1: [string] T a[]; case 2: [string] T b[4]; default: ; } V; void g([in] V *v);\n" +
        "void h([in] long n, [in, string, size_is(, n)] T v[2][*], [in, string, length_is(n)] T w[4]);",
    ),
    options: {},
    expected: [
      "main.idl(3,64) 2104 pointer to a conformant array or an array that contains a conformant array is not supported : t",
      "main.idl(3,87) 2041 [out] only parameter cannot be an unsized string : u in f",
      "main.idl(4,54) 2171 field of a union cannot derive from a conformant/varying array or its pointer equivalent : a in V",
      "main.idl(5,50) 2104 pointer to a conformant array or an array that contains a conformant array is not supported : v",
      "main.idl(5,72) 2075 length attributes cannot be applied with string attribute : w",
    ],
  },
  {
    title: "typedef [string] long S[9]; typedef [transmit_as(S)] long T; void f([in] T t);",
    source: inInterface("typedef [string] long S[9]; typedef [transmit_as(S)] long T; void f([in] T t);"),
    options: {},
    expected: ["main.idl(2,76) 2082 [string] attribute must be specified byte, char, or wchar_t array or pointer : t"],
  },
  {
    title: "typedef [string] char S[9]; void f([in] S s, [in, string] byte *t);",
    source: inInterface("typedef [string] char S[9]; void f([in] S s, [in, string] byte *t);"),
    options: {},
    expected: [],
  },
];

describe("string-consists-of-characters", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
