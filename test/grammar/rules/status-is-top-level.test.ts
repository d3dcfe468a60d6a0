import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "void f([in] error_status_t s[3]);",
    source: inInterface("void f([in] error_status_t s[3]);"),
    options: {},
    expected: ["main.idl(2,28) 2226 array element must not derive from error_status_t : s"],
  },
  {
    title: "void f([in] error_status_t s);",
    source: inInterface("void f([in] error_status_t s);"),
    options: {},
    expected: [],
  },
];

describe("status-is-top-level", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
