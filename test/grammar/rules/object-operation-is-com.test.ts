import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "IUnknown of the .idl itself, which counts references, as in MS-RSMP",
    source:
      'import "wtypes.idl";\n[object, uuid(00000000-0000-0000-C000-000000000046)] interface IUnknown {\nDWORD AddRef();\n}',
    options: {},
    expected: [],
  },
  {
    title: "the result of a property",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[propget] long f(); [propput] long f([in] long a);\n}',
    options: {},
    expected: ["main.idl(3,36) 2269 procedures in an object interface must return an HRESULT : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nlong f();\n}',
    options: {},
    expected: ["main.idl(3,6) 2269 procedures in an object interface must return an HRESULT : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in] handle_t h);\n}',
    options: {},
    expected: [
      "main.idl(3,25) 2295 handle parameter or return type is not supported on a procedure in an [object] interface : f",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[idempotent] HRESULT f();\n}',
    options: {},
    expected: ["main.idl(3,2) 2304 attribute invalid on a procedure in an [object] interface : [idempotent]"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([out] IUnknown *p); HRESULT g([out] IUnknown **p);\n}',
    options: {},
    expected: ["main.idl(3,27) 2284 [out] interface pointers must use double indirection : p in f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[local] HRESULT f();\n}',
    options: {},
    expected: ["main.idl(3,17) 2392 [local] procedure without [call_as] : f"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[local] HRESULT f(); [call_as(f)] HRESULT g();\n}',
    options: {},
    expected: [],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[call_as(nowhere)] HRESULT g();\n}',
    options: {},
    expected: ["main.idl(3,2) 2275 undefined [call_as] must not be used in an object interface : g"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f(); [call_as(f)] HRESULT g();\n}',
    options: {},
    expected: ["main.idl(3,15) 2286 [call_as] target must have [local] in an object interface : g"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\n[local] HRESULT f(); [call_as(f)] HRESULT g(); [call_as(f)] HRESULT h();\n}',
    options: {},
    expected: ["main.idl(3,49) 2285 procedure used twice as the caller in [call_as] : f"],
  },
  {
    title: "void f(); [call_as(f)] void g();",
    source: inInterface("void f(); [call_as(f)] void g();"),
    options: {},
    expected: ["main.idl(2,12) 2274 [call_as] type must be a [local] procedure : g"],
  },
];

describe("object-operation-is-com", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
