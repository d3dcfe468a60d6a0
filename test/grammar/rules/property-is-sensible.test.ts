import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[propget, propput] HRESULT f([in] long x);\n}',
    options: {},
    expected: ["main.idl(3,11) 2053 a procedure may not have more than one property attribute : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[propput] HRESULT f();\n}',
    options: {},
    expected: ["main.idl(3,19) 2093 procedures with [propput] or [propputref] must have at least one parameter : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[bindable] HRESULT f();\n}',
    options: {},
    expected: ["main.idl(3,2) 2092 [bindable] is invalid without [propget], [propput], or [propputref] : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[readonly] HRESULT f();\n}',
    options: {},
    expected: ["main.idl(3,2) 2461 The [readonly] attribute was applied at the method level. : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[id(1)] HRESULT f(); [id(1)] HRESULT g();\n}',
    options: {},
    expected: ["main.idl(3,23) 2021 duplicate id : g"],
  },
  {
    title: "numbers by their value, not by the text of a macro's argument, as in MS-FSRM",
    source:
      '#define P(x) x | 0x80\nimport "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[id(P(1))] HRESULT f(); [id(1)] HRESULT g(); [id(0x81)] HRESULT h();\n}',
    options: {},
    expected: ["main.idl(4,47) 2021 duplicate id : h"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[id(1), propget] HRESULT f([out, retval] long *x); [id(1), propput] HRESULT f([in] long x);\n}',
    options: {},
    expected: [],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[entry] HRESULT f();\n}',
    options: {},
    expected: ["main.idl(3,2) 2022 illegal or missing value for entry attribute : f"],
  },
  {
    title: "[propget] void f();",
    source: inInterface("[propget] void f();"),
    options: {},
    expected: ["main.idl(2,16) 2418 procedures with [propget] must have at least one parameter or a return value : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[propget] HRESULT f([in, propget] long x);\n}',
    options: {},
    expected: ["main.idl(3,26) 2052 property attributes may only be used with procedures : [propget]"],
  },
];

describe("property-is-sensible", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
