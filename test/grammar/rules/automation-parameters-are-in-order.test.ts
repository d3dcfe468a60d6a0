import { describe, expect, it } from "vitest";
import { compile, formatted, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in, optional] long a, [in] long b);\n}',
    options: {},
    expected: [
      "main.idl(3,16) 2402 [optional] attribute is inapplicable outside of a library block : a in f",
      "main.idl(3,44) 2090 optional parameters must come after required parameters : b in f",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in, optional, defaultvalue(1)] long a);\n}',
    options: {},
    expected: [
      "main.idl(3,16) 2402 [optional] attribute is inapplicable outside of a library block : a in f",
      "main.idl(3,16) 2401 [defaultvalue] is applied to a non-VARIANT and [optional]. Please remove [optional] : a in f",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[propput] HRESULT f([in, optional] long a, [in] long b, [in] long c);\n}',
    options: {},
    expected: [
      "main.idl(3,26) 2402 [optional] attribute is inapplicable outside of a library block : a in f",
      "main.idl(3,26) 2404 procedures with [propput], [propget] or [propref] can't have more than one required parameter after [optional] one : f",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in, lcid] long a, [in] long b);\n}',
    options: {},
    expected: [
      "main.idl(3,16) 2384 there can be only one [Icid] parameter in a method, and it should be last or second to last if last parameter has [retval] : a in f",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in, lcid] short a);\n}',
    options: {},
    expected: ["main.idl(3,16) 2403 The data type of the [Icid] parameter must be long : a in f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([out, retval] long *a, [in] long b);\n}',
    options: {},
    expected: ['main.idl(3,17) 2281 invalid use of "retval" attribute : a in f'],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[vararg] HRESULT f([in] long a);\n}',
    options: {},
    expected: [
      "main.idl(3,2) 2361 procedures with a [vararg] attribute must have a SAFEARRAY(VARIANT) parameter; param order is [vararg], [lcid], [retval] : f",
    ],
  },
];

describe("automation-parameters-are-in-order", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
