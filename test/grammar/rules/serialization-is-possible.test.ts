import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "interface test { [encode] f(); }",
    source: { "main.idl": inInterface("void f(); void g();"), "main.acf": "interface test { [encode] f(); }" },
    options: { acfPath: "main.acf" },
    expected: ["main.idl(2,16) 2277 normal procedures are not allowed in an interface with [encode] or [decode] : g"],
  },
  {
    title: "interface test { typedef [encode] A; }",
    source: {
      "main.idl": inInterface("typedef long A[]; void f();"),
      "main.acf": "interface test { typedef [encode] A; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2278 top-level conformance or variance not allowed with [encode] or [decode] : A"],
  },
  {
    title: "[encode] interface i { }",
    source: {
      "main.idl":
        '[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown { HRESULT f(); } import "unknwn.idl";',
      "main.acf": "[encode] interface i { }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,2) 2300 [encode] or [decode] are invalid in an [object] interface : i"],
  },
];

describe("serialization-is-possible", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
