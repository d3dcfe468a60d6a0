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
    expected: ["main.idl(2,51) 2191 stringable structures are not implemented in this version : s"],
  },
  {
    title: "typedef struct { byte a; } T; typedef [string] T S[9]; void f([in] S s);",
    source: inInterface("typedef struct { byte a; } T; typedef [string] T S[9]; void f([in] S s);"),
    options: {},
    expected: ["main.idl(2,70) 2191 stringable structures are not implemented in this version : s"],
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
