import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "typedef [context_handle] void *C; void f([in, context_handle] C c);",
    source: inInterface("typedef [context_handle] void *C; void f([in, context_handle] C c);"),
    options: {},
    expected: ["main.idl(2,47) 2217 parameter already defined as a context handle : c"],
  },
  {
    title: "void f([in, unique] handle_t *h);",
    source: inInterface("void f([in, unique] handle_t *h);"),
    options: {},
    expected: ["main.idl(2,31) 2181 pointer to a handle cannot be [unique] or [ptr] : h in f"],
  },
  {
    title: "void g(); [callback] void f([in] handle_t h);",
    source: inInterface("void g(); [callback] void f([in] handle_t h);"),
    options: {},
    expected: ["main.idl(2,43) 2215 handle parameter or return type is not supported on a [callback] procedure : f"],
  },
  {
    title: "handle_t f();",
    source: inInterface("handle_t f();"),
    options: {},
    expected: ["main.idl(2,10) 2238 return type must not derive from handle_t : f"],
  },
  {
    title: "typedef [context_handle] void *C; C *f();",
    source: inInterface("typedef [context_handle] void *C; C *f();"),
    options: {},
    expected: ["main.idl(2,38) 2268 pointers to context handles may not be used as return values : f"],
  },
  {
    title: "void f([in] handle_t h[3]);",
    source: inInterface("void f([in] handle_t h[3]);"),
    options: {},
    expected: ["main.idl(2,22) 2136 array element must not derive from handle_t or a context handle : h"],
  },
  {
    title: "typedef [context_handle] void *C; void f([in, unique] C *c);",
    source: inInterface("typedef [context_handle] void *C; void f([in, unique] C *c);"),
    options: {},
    expected: ["main.idl(2,58) 2181 pointer to a handle cannot be [unique] or [ptr] : c in f"],
  },
  {
    title: "typedef [context_handle] void *C; void f([in] handle_t h, [in, out, ptr] C *c);",
    source: inInterface("typedef [context_handle] void *C; void f([in] handle_t h, [in, out, ptr] C *c);"),
    options: {},
    expected: ["main.idl(2,77) 2181 pointer to a handle cannot be [unique] or [ptr] : c in f"],
  },
  {
    title: "typedef [context_handle] void *C; void f([in, context_handle, unique] void **c);",
    source: inInterface("typedef [context_handle] void *C; void f([in, context_handle, unique] void **c);"),
    options: {},
    expected: ["main.idl(2,78) 2181 pointer to a handle cannot be [unique] or [ptr] : c in f"],
  },
  {
    title: "typedef [context_handle] void *C; void f([in] C c[2][3]);",
    source: inInterface("typedef [context_handle] void *C; void f([in] C c[2][3]);"),
    options: {},
    expected: ["main.idl(2,49) 2136 array element must not derive from handle_t or a context handle : c"],
  },
  {
    title: "typedef [context_handle] void *C; void f([in] long n, [in, size_is(n)] C c[][3]);",
    source: inInterface("typedef [context_handle] void *C; void f([in] long n, [in, size_is(n)] C c[][3]);"),
    options: {},
    expected: ["main.idl(2,74) 2136 array element must not derive from handle_t or a context handle : c"],
  },
  {
    title: "typedef [context_handle] void *C; void f([in, ref] C *c);",
    source: inInterface("typedef [context_handle] void *C; void f([in, ref] C *c);"),
    options: {},
    expected: [],
  },
  {
    title: "typedef [context_handle] void *C; void f([in] C c[3]);",
    source: inInterface("typedef [context_handle] void *C; void f([in] C c[3]);"),
    options: {},
    expected: [],
  },
  {
    title: "typedef [context_handle] void *C; void f([in] long n, [in, unique, size_is(n)] C *c);",
    source: inInterface("typedef [context_handle] void *C; void f([in] long n, [in, unique, size_is(n)] C *c);"),
    options: {},
    expected: [],
  },
];

describe("handle-is-parameter", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
