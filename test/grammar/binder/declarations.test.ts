import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "enum E { A = 1.5 }; void f();",
    source: inInterface("enum E { A = 1.5 }; void f();"),
    options: {},
    expected: ["main.idl(2,14) 2336 illegal expression type in enum : A"],
  },
  {
    title: "typedef struct { long a; } S; const S X = 3; void f();",
    source: inInterface("typedef struct { long a; } S; const S X = 3; void f();"),
    options: {},
    expected: ["main.idl(2,31) 2202 type specified for the const declaration is invalid : X"],
  },
  {
    title: "const long A = 1; const long A = 2; void f();",
    source: inInterface("const long A = 1; const long A = 2; void f();"),
    options: {},
    expected: ["main.idl(2,30) 2204 this name already used as a const identifier name : A"],
  },
  {
    title: "const long A = 1; const long A = 1; void f();",
    source: inInterface("const long A = 1; const long A = 1; void f();"),
    options: {},
    expected: [],
  },
  {
    title: "const long A = sizeof(void); void f();",
    source: inInterface("const long A = sizeof(void); void f();"),
    options: {},
    expected: ["main.idl(2,23) 2203 operand to the sizeof operator is not supported"],
  },
  {
    title: "const long A[] = { 1, 2 }; void f();",
    source: inInterface("const long A[] = { 1, 2 }; void f();"),
    options: {},
    expected: ["main.idl(2,12) 2149 compound initializers are not supported : A"],
  },
  {
    title: "const short A = 70000; const long B = 0x80000000; void f();",
    source: inInterface("const short A = 70000; const long B = 0x80000000; void f();"),
    options: {},
    expected: ["main.idl(2,17) 2175 illegal constant : A"],
  },
  {
    title: "void f([in] long a = 3);",
    source: inInterface("void f([in] long a = 3);"),
    options: {},
    expected: ["main.idl(2,22) 2366 cannot assign a default value : a"],
  },
  {
    title: "typedef T T[10]; void f();",
    source: inInterface("typedef T T[10]; void f();"),
    options: {},
    expected: ["main.idl(2,9) 2360 invalid type redefinition : T"],
  },
  {
    title: "void f([in] ISO_UCS c);",
    source: inInterface("void f([in] ISO_UCS c);"),
    options: {},
    expected: ["main.idl(2,13) 2029 type not implemented : ISO_UCS"],
  },
  {
    title: "const long const f();",
    source: inInterface("const long const f();"),
    options: {},
    expected: ['main.idl(2,1) 2280 return values may not have "const" : f'],
  },
  {
    title: "long __stdcall __cdecl f();",
    source: inInterface("long __stdcall __cdecl f();"),
    options: {},
    expected: ["main.idl(2,24) 2282 multiple calling conventions illegal : f"],
  },
  {
    title: "void f([out] const long *p);",
    source: inInterface("void f([out] const long *p);"),
    options: {},
    expected: ['main.idl(2,14) 2279 [out] parameters may not have "const" : p in f'],
  },
  {
    title: "void f([in] struct { long a; } *p);",
    source: inInterface("void f([in] struct { long a; } *p);"),
    options: {},
    expected: ["main.idl(2,13) 2157 struct/union/enum must not be defined in a parameter-type specification : p"],
  },
  {
    title: "typedef struct { long; } S; void f([in] S *s);",
    source: inInterface("typedef struct { long; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,18) 2170 unnamed fields can derive only from struct/union types : S"],
  },
  {
    title: "void f([in] SAFEARRAY(long) a);",
    source: inInterface("void f([in] SAFEARRAY(long) a);"),
    options: {},
    expected: [
      "main.idl(2,13) 2412 SAFEARRAY(long) syntax is not supported outside of the library block, use LPSAFEARRAY for proxy",
    ],
  },
  {
    title: "void f([in] SAFEARRAY *a);",
    source: inInterface("void f([in] SAFEARRAY *a);"),
    options: {},
    expected: ["main.idl(2,13) 2107 SAFEARRAYs are only legal inside a library block"],
  },
  {
    title: "struct names an encapsulated union by its tag, as in MS-RRASM",
    source: inInterface(
      "typedef union _U switch (long t) u { case 1: long a; default: ; } U;\ntypedef struct _U *PU; void f([in] PU p);",
    ),
    options: {},
    expected: [],
  },
  {
    title: "an array of characters is a string constant, as in MS-TSTS",
    source: inInterface('static const wchar_t W[] = L"\\\\pipe"; const char C[] = "x"; void f([in] long a);'),
    options: {},
    expected: [],
  },
  {
    title: "SAFEARRAY is a name where something has it, as in MS-OAUT",
    source: inInterface("typedef struct { long a; } *SAFEARRAY; void f([in] SAFEARRAY a);"),
    options: {},
    expected: [],
  },
  {
    title: "a field without a name has a struct, also by a name of it, as in MS-TSTS",
    source: inInterface("typedef struct { long a; } A; typedef struct { A; long b; } S; void f([in] S *s);"),
    options: {},
    expected: [],
  },
  {
    title: "a field without a name has nothing else",
    source: inInterface("typedef long A; typedef struct { A; long b; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,34) 2170 unnamed fields can derive only from struct/union types : S"],
  },
  {
    title:
      "typedef [switch_type(short)] union { [case(1)] long a; [default]; } U; void f([in] long n, [in, switch_is(n)] U *u);",
    source: inInterface(
      "typedef [switch_type(short)] union { [case(1)] long a; [default]; } U; void f([in] long n, [in, switch_is(n)] U *u);",
    ),
    options: {},
    expected: [
      "main.idl(2,107) 2083 mismatch between the type of the [switch_is] expression and the switch type of the union : U",
    ],
  },
  {
    title:
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] short n, [in, switch_is(n)] U *u);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] short n, [in, switch_is(n)] U *u);",
    ),
    options: {},
    expected: [],
  },
  {
    title:
      "/osf typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] short n, [in, switch_is(n)] U *u);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] short n, [in, switch_is(n)] U *u);",
    ),
    options: { mode: "osf" },
    expected: [
      "main.idl(2,107) 2083 mismatch between the type of the [switch_is] expression and the switch type of the union : U",
    ],
  },
  {
    title:
      "/osf typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] unsigned long n, [in, switch_is(n)] U *u);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in] unsigned long n, [in, switch_is(n)] U *u);",
    ),
    options: { mode: "osf" },
    expected: [],
  },
  {
    title: "typedef union { [case(1)] long a; [default]; } U; void f([in] short n, [in, switch_is(n)] U *u);",
    source: inInterface(
      "typedef union { [case(1)] long a; [default]; } U; void f([in] short n, [in, switch_is(n)] U *u);",
    ),
    options: {},
    expected: ["main.idl(2,9) 2213 no switch type found at definition of union, using the [switch_is] type : U"],
  },
  {
    title: 'import "a.idl", "a.idl"; typedef T U;',
    source: { "main.idl": 'import "a.idl", "a.idl"; typedef T U;', "a.idl": "typedef long T;" },
    options: {},
    expected: ["main.idl(1,17) 2007 import ignored; file already imported : a.idl"],
  },
  {
    title: "typedef __int3264 T; const T A = 0xFFFFFFFF; const unsigned __int3264 B = -1;",
    source: "typedef __int3264 T; const T A = 0xFFFFFFFF; const unsigned __int3264 B = -1;",
    options: { environment: "win32" },
    expected: [],
  },
];

describe("declarations", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
