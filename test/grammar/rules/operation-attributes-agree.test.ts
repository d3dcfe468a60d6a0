import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "[message, idempotent] void f();",
    source: inInterface("[message, idempotent] void f();"),
    options: {},
    expected: [
      "main.idl(2,11) 2054 the procedure has an illegal combination of operation attributes : [message] and [idempotent] on f",
    ],
  },
  {
    title: "void g(); [callback, maybe] void f();",
    source: inInterface("void g(); [callback, maybe] void f();"),
    options: {},
    expected: [
      "main.idl(2,22) 2054 the procedure has an illegal combination of operation attributes : [callback] and [maybe] on f",
    ],
  },
  {
    title: "[maybe] void f([out] long *a);",
    source: inInterface("[maybe] void f([out] long *a);"),
    options: {},
    expected: [
      "main.idl(2,2) 2288 procedures with [maybe] or [message] attributes may not have [out] params, or return values must be of type HRESULT or error_status_t : f",
    ],
  },
  {
    title: "[maybe] long f();",
    source: inInterface("[maybe] long f();"),
    options: {},
    expected: [
      "main.idl(2,2) 2288 procedures with [maybe] or [message] attributes may not have [out] params, or return values must be of type HRESULT or error_status_t : f",
    ],
  },
  {
    title: "[maybe] error_status_t f();",
    source: inInterface("[maybe] error_status_t f();"),
    options: {},
    expected: [],
  },
];

describe("operation-attributes-agree", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
