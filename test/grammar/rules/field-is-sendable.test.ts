import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "typedef struct { void *p; } S; void f([in] S *s);",
    source: inInterface("typedef struct { void *p; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,24) 2241 field must not derive from a void or void * : p in S"],
  },
  {
    title: "typedef [context_handle] void *C; typedef struct { C c; } S; void f([in] S *s);",
    source: inInterface("typedef [context_handle] void *C; typedef struct { C c; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,54) 2135 struct/union field must not derive from handle_t or a context-handle : c in S"],
  },
  {
    title: "typedef struct { long (*p)(long x); } S; void f([in] S *s);",
    source: inInterface("typedef struct { long (*p)(long x); } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,25) 2244 field must not derive from a pointer to a function : p in S"],
  },
  {
    title: "typedef struct { [ignore] void *p; [ignore] long (*q)(long x); } S; void f([in] S *s);",
    source: inInterface("typedef struct { [ignore] void *p; [ignore] long (*q)(long x); } S; void f([in] S *s);"),
    options: {},
    expected: [],
  },
];

describe("field-is-sendable", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
