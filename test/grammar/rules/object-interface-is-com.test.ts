import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "}",
    source: 'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i {\nHRESULT f();\n}',
    options: {},
    expected: ["main.idl(2,64) 2257 only IUnknown may be used as the root interface : i"],
  },
  {
    title: "[object, uuid(12345678-1234-abcd-ef00-01234567cffc)] interface b : a { }",
    source:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface a { void f(); }\n[object, uuid(12345678-1234-abcd-ef00-01234567cffc)] interface b : a { }",
    options: {},
    expected: [
      "main.idl(2,64) 2271 [object] interfaces must derive from another [object] interface such as IUnknown : b",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : i {\nHRESULT f();\n}',
    options: {},
    expected: ["main.idl(2,68) 2256 circular interface dependency : i"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl"; [object, uuid(12345678-1234-abcd-ef00-01234567cffd)] interface IAdviseSink : IUnknown { }\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IAdviseSink {\nHRESULT f();\n}',
    options: {},
    expected: ["main.idl(2,64) 2365 cannot derive from IAdviseSink, IAdviseSink2, or IAdviseSinkEx : i"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl"; [object, uuid(12345678-1234-abcd-ef00-01234567cffd)] interface j : IUnknown { }\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb), async_uuid(12345678-1234-abcd-ef00-01234567cffe)] interface i : j {\nHRESULT f();\n}',
    options: {},
    expected: ["main.idl(2,54) 2272 (async) interface must derive from another (async) interface : i"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb), version(1.0)] interface i : IUnknown {\nHRESULT f();\n}',
    options: {},
    expected: ["main.idl(2,54) 2298 [version] attribute is ignored on an [object] interface : i"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb), endpoint("ncacn_np:[x]")] interface i : IUnknown {\nHRESULT f();\n}',
    options: {},
    expected: ["main.idl(2,54) 2305 attribute invalid on an [object] interface : [endpoint]"],
  },
  {
    title: "}",
    source:
      "[object, uuid(12345678-1234-abcd-ef00-01234567cffd), local] interface j { }\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb), oleautomation] interface i : j {\nHRESULT f();\n}",
    options: {},
    expected: [
      "main.idl(1,71) 2257 only IUnknown may be used as the root interface : j",
      "main.idl(2,54) 2039 interface is not automation marshaling conformant : i",
      "main.idl(3,1) 2011 unresolved type declaration : HRESULT",
    ],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb), dual] interface i : IUnknown {\nHRESULT f();\n}',
    options: {},
    expected: [],
  },
  {
    title: "[local, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f(); }",
    source: "[local, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f(); }",
    options: {},
    expected: ["main.idl(1,9) 2080 [uuid] ignored on [local] interface : i"],
  },
  {
    title: "[callback] void f();",
    source: inInterface("[callback] void f();"),
    options: {},
    expected: ["main.idl(1,95) 2208 this interface has only callbacks : test"],
  },
  {
    title: "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface b { void g(); }",
    source:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface a { void f(); }\n[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface b { void g(); }",
    options: {},
    expected: ["main.idl(2,2) 2270 duplicate UUID : b"],
  },
  {
    title: "void abcdefghijklmnopqrstuvwxyzabcdefg();",
    source: inInterface("void abcdefghijklmnopqrstuvwxyzabcdefg();"),
    options: {},
    expected: ["main.idl(2,6) 2111 identifier length exceeds 31 characters : abcdefghijklmnopqrstuvwxyzabcdefg"],
  },
  {
    title: "an interface without [object] that inherits it",
    source: 'import "unknwn.idl";\n[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nlong f();\n}',
    options: {},
    expected: ["main.idl(3,6) 2269 procedures in an object interface must return an HRESULT : f"],
  },
  {
    title: "an interface without [object] whose base is known by its name alone",
    source:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IDispatch {\n[propget] long f(); [propput] long f([in] long a);\n}",
    options: {},
    expected: ["main.idl(2,36) 2269 procedures in an object interface must return an HRESULT : f"],
  },
];

describe("object-interface-is-com", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
