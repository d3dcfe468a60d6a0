import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "[auto_handle, explicit_handle] interface test { }",
    source: { "main.idl": inInterface("void f();"), "main.acf": "[auto_handle, explicit_handle] interface test { }" },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,15) 2263 only one of [implicit_handle], [auto_handle], or [explicit_handle] allowed : test"],
  },
  {
    title: "[implicit_handle(T h)] interface test { }",
    source: {
      "main.idl": inInterface("typedef long T; void f();"),
      "main.acf": "[implicit_handle(T h)] interface test { }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,2) 2264 [implicit_handle] references a type which is not a handle : T"],
  },
  {
    title: "[implicit_handle(NOPE h)] interface test { }",
    source: { "main.idl": inInterface("void f();"), "main.acf": "[implicit_handle(NOPE h)] interface test { }" },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,18) 2225 [implicit_handle] type undefined; assuming generic handle : NOPE"],
  },
  {
    title: "[implicit_handle(C h)] interface test { }",
    source: {
      "main.idl": inInterface("typedef [context_handle] void *C; void f();"),
      "main.acf": "[implicit_handle(C h)] interface test { }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,2) 2210 context handle type used for an implicit handle : C"],
  },
  {
    title: "[implicit_handle(T h)] interface test { }",
    source: {
      "main.idl": inInterface("typedef [handle] long T; void f();"),
      "main.acf": "[implicit_handle(T h)] interface test { }",
    },
    options: { acfPath: "main.acf" },
    expected: [],
  },
  {
    title: "[auto_handle] interface test { [async] f(); }",
    source: { "main.idl": inInterface("void f();"), "main.acf": "[auto_handle] interface test { [async] f(); }" },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,33) 2357 async procedures cannot use auto handle : f"],
  },
  {
    title: "[auto_handle] interface test { [encode] f(); }",
    source: { "main.idl": inInterface("void f();"), "main.acf": "[auto_handle] interface test { [encode] f(); }" },
    options: { acfPath: "main.acf" },
    expected: ["main.idl(2,6) 2276 [auto_handle] may not be used with [encode] or [decode] : test"],
  },
];

describe("interface-binding-is-one", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
