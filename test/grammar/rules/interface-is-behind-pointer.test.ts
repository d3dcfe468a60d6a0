import { describe, expect, it } from "vitest";
import { compile, formatted, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in] IUnknown p);\n}',
    options: {},
    expected: ["main.idl(3,25) 2259 interfaces may only be used in pointer-to-interface constructs : p"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in] REFIID r, [in, iid_is(r)] long *p);\n}',
    options: {},
    expected: ["main.idl(3,31) 2258 [IID_IS] may only be applied to pointers to interfaces : p"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in, ptr] IUnknown *p);\n}',
    options: {},
    expected: ["main.idl(3,16) 2314 explicit pointer attribute [ptr] [ref] ignored for interface pointers : p"],
  },
  {
    title: "}",
    source:
      'import "unknwn.idl";\n[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {\nHRESULT f([in] REFIID r, [out, iid_is(r)] void **p);\n}',
    options: {},
    expected: [],
  },
];

describe("interface-is-behind-pointer", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
