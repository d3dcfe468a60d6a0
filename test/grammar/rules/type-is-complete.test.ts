import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "void f([in] struct nowhere *p, [in] struct gone q);",
    source: inInterface("void f([in] struct nowhere *p, [in] struct gone q);"),
    options: {},
    expected: ["main.idl(2,49) 2011 unresolved type declaration : gone in q"],
  },
  {
    title: "typedef struct gone G; typedef [transmit_as(G)] long T; void f([in] T t, [in] T *p);",
    source: inInterface("typedef struct gone G; typedef [transmit_as(G)] long T; void f([in] T t, [in] T *p);"),
    options: {},
    expected: ["main.idl(2,71) 2011 unresolved type declaration : G in t"],
  },
  {
    title: "void f([in] void x);",
    source: inInterface("void f([in] void x);"),
    options: {},
    expected: ['main.idl(2,18) 2047 named parameter cannot be "void" : x'],
  },
  {
    title: "typedef struct { void x; } S; void f([in] S *s);",
    source: inInterface("typedef struct { void x; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,23) 2126 struct/union field must not be void : x"],
  },
  {
    title: "void f([in] void a[3]);",
    source: inInterface("void f([in] void a[3]);"),
    options: {},
    expected: ["main.idl(2,18) 2127 array element must not be void : a"],
  },
  {
    title: "typedef long F(long x); typedef struct { F f; } S; void f([in] S *s);",
    source: inInterface("typedef long F(long x); typedef struct { F f; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,44) 2129 struct/union field must not derive from a function : f"],
  },
  {
    title: "typedef long F(long x); void f([in] F a[2]);",
    source: inInterface("typedef long F(long x); void f([in] F a[2]);"),
    options: {},
    expected: ["main.idl(2,39) 2130 array element must not be a function : a"],
  },
  {
    title: "typedef long F(long x); void f([in] F a);",
    source: inInterface("typedef long F(long x); void f([in] F a);"),
    options: {},
    expected: ["main.idl(2,39) 2131 parameter must not be a function : a"],
  },
  {
    title: "void f([in] long a, void);",
    source: inInterface("void f([in] long a, void);"),
    options: {},
    expected: ['main.idl(2,21) 2189 "void" must be specified on the first and only parameter specification : f'],
  },
];

describe("type-is-complete", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
