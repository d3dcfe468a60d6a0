import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "typedef long FOO; struct FOO { long a; }; void f([in] struct FOO *x, [in] FOO y);",
    source: inInterface("typedef long FOO; struct FOO { long a; }; void f([in] struct FOO *x, [in] FOO y);"),
    options: {},
    expected: ["main.idl(2,26) 9122 FOO is a typedef name and the tag of another type, which is called FOO$"],
  },
  {
    title: "struct FOO { long a; }; typedef long FOO; void f([in] struct FOO *x, [in] FOO y);",
    source: inInterface("struct FOO { long a; }; typedef long FOO; void f([in] struct FOO *x, [in] FOO y);"),
    options: {},
    expected: ["main.idl(2,38) 9122 FOO is a typedef name and the tag of another type, which is called FOO$"],
  },
  {
    title: "typedef struct FOO *FOO; struct FOO { FOO next; }; void f([in] FOO x);",
    source: inInterface("typedef struct FOO *FOO; struct FOO { FOO next; }; void f([in] FOO x);"),
    options: {},
    expected: ["main.idl(2,33) 9122 FOO is a typedef name and the tag of another type, which is called FOO$"],
  },
  {
    title: "typedef struct FOO FOO; struct FOO { FOO *next; }; void f([in] FOO *x);",
    source: inInterface("typedef struct FOO FOO; struct FOO { FOO *next; }; void f([in] FOO *x);"),
    options: {},
    expected: [],
  },
  {
    title: "typedef struct FOO { long a; } FOO; void f([in] FOO *x);",
    source: inInterface("typedef struct FOO { long a; } FOO; void f([in] FOO *x);"),
    options: {},
    expected: [],
  },
];

describe("declare", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
