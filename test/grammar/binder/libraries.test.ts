import { describe, expect, it } from "vitest";
import { compile, formatted, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "[uuid(12345678-1234-abcd-ef00-01234567cffc)] library B { }",
    source:
      '[uuid(12345678-1234-abcd-ef00-01234567cffb)] library A { importlib("stdole2.tlb"); }\n[uuid(12345678-1234-abcd-ef00-01234567cffc)] library B { }',
    options: {},
    expected: ["main.idl(2,54) 2016 two library blocks : B"],
  },
  {
    title: 'importlib("stdole2.tlb");',
    source: 'importlib("stdole2.tlb");',
    options: {},
    expected: ["main.idl(1,1) 2347 importlib is not allowed outside of a library block"],
  },
  {
    title: "library A { void f(); }",
    source: "library A { void f(); }",
    options: {},
    expected: ["main.idl(1,13) 2349 invalid member : f"],
  },
  {
    title: "module M { }",
    source: "module M { }",
    options: {},
    expected: ["main.idl(1,8) 2359 this construct is only allowed within a library block : module M"],
  },
  {
    title: "library L { module M { [entry(1)] long f(); } }",
    source: "library L { module M { [entry(1)] long f(); } }",
    options: {},
    expected: ["main.idl(1,20) 2091 [dllname] required when [entry] is used : M"],
  },
  {
    title: "attributes of functions of a module",
    source:
      'library L { [dllname("x.dll")] module M { [entry(1), usesgetlasterror, propputref, bindable, vararg] void f([in] long a);\n[usesgetlasterror] const long C = 1; } }',
    options: {},
    expected: ["main.idl(2,2) 2072 inapplicable attribute : [usesgetlasterror] on a constant"],
  },
  {
    title: 'library L { [dllname("x.dll")] module M { [entry(1)] long f(); } }',
    source: 'library L { [dllname("x.dll")] module M { [entry(1)] long f(); } }',
    options: {},
    expected: [],
  },
  {
    title: "dispinterface D { methods: [id(1)] long f(); }",
    source: "dispinterface D { methods: [id(1)] long f(); }",
    options: {},
    expected: ["main.idl(1,15) 2017 the dispinterface statement requires a definition for IDispatch : D"],
  },
  {
    title: "interface IDispatch; dispinterface D { properties: [id(1)] long p; methods: long f(); typedef long T; }",
    source: "interface IDispatch; dispinterface D { properties: [id(1)] long p; methods: long f(); typedef long T; }",
    options: {},
    expected: [
      "main.idl(1,36) 2391 dispinterface members must be methods, properties or interfaces : D",
      "main.idl(1,77) 2094 [id] attribute is required : f",
    ],
  },
  {
    title: "interface I : B in a coclass",
    source:
      "interface I; interface B; library L { coclass C { interface B; interface I : B; [default] interface I; [default] interface I; }; }",
    options: {},
    expected: ["main.idl(1,124) 2233 too many default interfaces specified for coclass : C"],
  },
  {
    title:
      "interface I; library L { coclass C { [default] interface I; [default] interface I; [default, source] interface I; [defaultvtable] interface I; }; }",
    source:
      "interface I; library L { coclass C { [default] interface I; [default] interface I; [default, source] interface I; [defaultvtable] interface I; }; }",
    options: {},
    expected: [
      "main.idl(1,81) 2233 too many default interfaces specified for coclass : C",
      "main.idl(1,141) 2234 items with [defaultvtable] must also have [source] : I",
    ],
  },
  {
    title: "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f([in] C *c); }",
    source:
      "library L { coclass C { }; }\n[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f([in] C *c); }",
    options: {},
    expected: ['main.idl(2,72) 2048 parameter derives from "coclass" or "module" : C'],
  },
  {
    title: "library L { typedef struct { SAFEARRAY(long) a; } S; }",
    source: "library L { typedef struct { SAFEARRAY(long) a; } S; }",
    options: {},
    expected: [],
  },
];

describe("libraries", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
