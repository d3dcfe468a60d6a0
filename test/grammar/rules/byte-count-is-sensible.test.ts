import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("void f([in] long n, [in] long *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,21) 2061 [byte_count] can be applied only to out parameters of pointer type : p in f"],
  },
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("void f([in] long n, [in, out] long *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,21) 2063 parameter specifying the byte count is not [in] only or byte count parameter is not [out] only : p in f",
    ],
  },
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("void f([in, out] long *n, [out] long *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,21) 2063 parameter specifying the byte count is not [in] only or byte count parameter is not [out] only : p in f",
    ],
  },
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("void f([in] float n, [out] long *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,21) 2064 parameter specifying the byte count is not an integral type : p in f"],
  },
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("void f([in] long n, [out, size_is(n)] long *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,21) 2065 [byte_count] cannot be specified on a parameter with size attributes : p in f"],
  },
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("typedef struct { long n; [size_is(n)] long a[]; } S; void f([in] long n, [out] S *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { tolerate: [2040], acfPath: "main.acf" },
    expected: [
      "main.idl(2,83) 2040 [out] only parameter cannot be a pointer to an open structure : p in f",
      "main.acf(1,21) 2062 [byte_count] cannot be specified on a pointer to a conformant array or structure : p in f",
    ],
  },
  {
    title: "interface test { f([byte_count(n)] p); }",
    source: {
      "main.idl": inInterface("void f([in] long n, [out] long *p);"),
      "main.acf": "interface test { f([byte_count(n)] p); }",
    },
    options: { acfPath: "main.acf" },
    expected: [],
  },
];

describe("byte-count-is-sensible", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
