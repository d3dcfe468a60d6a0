import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "[ref] long *f();",
    source: inInterface("[ref] long *f();"),
    options: {},
    expected: ["main.idl(2,13) 2177 return type must not derive from a [ref] pointer : f"],
  },
  {
    title: "void *f();",
    source: inInterface("void *f();"),
    options: {},
    expected: ["main.idl(2,7) 2145 return type must not derive from a void pointer : f"],
  },
  {
    title: "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; U f();",
    source: inInterface("typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; U f();"),
    options: {},
    expected: ["main.idl(2,73) 2198 return type cannot derive from a nonencapsulated union : f"],
  },
  {
    title: "typedef struct { long n; [size_is(n)] long a[]; } S; S f();",
    source: inInterface("typedef struct { long n; [size_is(n)] long a[]; } S; S f();"),
    options: {},
    expected: ["main.idl(2,56) 2199 return type cannot derive from a conformant structure : f"],
  },
  {
    title: "typedef long (*F)(long x); F f();",
    source: inInterface("typedef long (*F)(long x); F f();"),
    options: {},
    expected: ["main.idl(2,30) 2148 return type must not derive from a pointer to a function : f"],
  },
];

describe("return-type-is-sendable", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
