import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "typedef long T; const long A = T; void f();",
    source: inInterface("typedef long T; const long A = T; void f();"),
    options: {},
    expected: ["main.idl(2,32) 2035 constant expression expected : T is a type"],
  },
  {
    title: "const long A = 1x2; void f();",
    source: inInterface("const long A = 1x2; void f();"),
    options: {},
    expected: ["main.idl(2,16) 2116 numerical parsing error : 1x2"],
  },
  {
    title: "const hyper A = 0x12345678901234567; void f();",
    source: inInterface("const hyper A = 0x12345678901234567; void f();"),
    options: {},
    expected: ["main.idl(2,17) 2115 constant too big : 0x12345678901234567"],
  },
  {
    title: "const long A = 'ab'; void f();",
    source: inInterface("const long A = 'ab'; void f();"),
    options: {},
    expected: ["main.idl(2,16) 2108 badly formed character constant : 'ab'"],
  },
  {
    title: "typedef long T[n]; void f();",
    source: inInterface("typedef long T[n]; void f();"),
    options: {},
    expected: ["main.idl(2,16) 2009 undefined symbol : n"],
  },
  {
    title: "const long n = 1; typedef long T[1.5]; void f();",
    source: inInterface("const long n = 1; typedef long T[1.5]; void f();"),
    options: {},
    expected: ["main.idl(2,34) 2035 constant expression expected"],
  },
  {
    title: "const long A = 1 / 0; void f();",
    source: inInterface("const long A = 1 / 0; void f();"),
    options: {},
    expected: ["main.idl(2,20) 2031 expression has a divide by zero"],
  },
  {
    title: 'const long A = "a" * 2; void f();',
    source: inInterface('const long A = "a" * 2; void f();'),
    options: {},
    expected: ["main.idl(2,16) 2173 initializing expression must resolve to a constant expression : A"],
  },
  {
    title: "const long A = *3; void f();",
    source: inInterface("const long A = *3; void f();"),
    options: {},
    expected: ["main.idl(2,16) 2030 non-pointer used in a dereference operation"],
  },
  {
    title: "const long A = 3[0]; void f();",
    source: inInterface("const long A = 3[0]; void f();"),
    options: {},
    expected: ["main.idl(2,16) 2033 nonarray expression uses index operator"],
  },
  {
    title: "const long A = (1).x; void f();",
    source: inInterface("const long A = (1).x; void f();"),
    options: {},
    expected: ["main.idl(2,17) 2034 left-hand side of expression does not evaluate to struct/union/enum"],
  },
  {
    title: 'typedef [switch_type(long)] union { [case("a")] long a; [default]; } U; void f();',
    source: inInterface('typedef [switch_type(long)] union { [case("a")] long a; [default]; } U; void f();'),
    options: {},
    expected: ["main.idl(2,43) 2067 [case] expression is not of integral type"],
  },
  {
    title: "void g([in] long a, ...); void f();",
    source: inInterface("void g([in] long a, ...); void f();"),
    options: {},
    expected: ["main.idl(2,6) 2046 cannot specify a variable number of arguments to a remote procedure : g"],
  },
  {
    title: "typedef long wchar_t; void f();",
    source: inInterface("typedef long wchar_t; void f();"),
    options: {},
    expected: ["main.idl(2,14) 2014 inconsistent redefinition of type wchar_t"],
  },
  {
    title: "typedef short error_status_t; void f();",
    source: inInterface("typedef short error_status_t; void f();"),
    options: {},
    expected: ["main.idl(2,15) 2205 inconsistent redefinition of type error_status_t"],
  },
  {
    title: 'const long A = "a"; void f();',
    source: inInterface('const long A = "a"; void f();'),
    options: {},
    expected: ["main.idl(2,16) 2154 mismatch in assignment type : A"],
  },
  {
    title: "interface i {",
    source: "interface i {",
    options: {},
    expected: ['main.idl(1,13) 2183 unexpected end of file found, expected "}"'],
  },
  {
    title:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef union { long a; long b; } U; void f([in] long a); }",
    source:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef union { long a; long b; } U; void f([in] long a); }",
    options: { mode: "osf" },
    expected: ["main.idl(1,68) 2137 this specification of union needs /c_ext : U"],
  },
];

describe("expression-mistakes", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
