import { describe, expect, it } from "vitest";
import { compile, formatted, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef struct { long *p; } S; void f([in] S *s); }",
    source:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef struct { long *p; } S; void f([in] S *s); }",
    options: {},
    expected: [
      "main.idl(1,56) 2038 no [pointer_default] attribute specified, assuming [unique] for all unattributed pointers : i",
    ],
  },
  {
    title:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef struct { [unique] long *p; } S; void f([in] S *s); }",
    source:
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef struct { [unique] long *p; } S; void f([in] S *s); }",
    options: {},
    expected: [],
  },
];

describe("pointer-default-is-said", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
