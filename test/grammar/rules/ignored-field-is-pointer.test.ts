import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "typedef struct { [ignore] long a; } S; void f([in] S *s);",
    source: inInterface("typedef struct { [ignore] long a; } S; void f([in] S *s);"),
    options: {},
    expected: ["main.idl(2,19) 2072 inapplicable attribute : [ignore] on a, which is no pointer"],
  },
  {
    title:
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; typedef struct { [ignore] long *t; [switch_is(*t)] U u; } S; void f([in] S *s);",
    source: inInterface(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; typedef struct { [ignore] long *t; [switch_is(*t)] U u; } S; void f([in] S *s);",
    ),
    options: {},
    expected: [
      "main.idl(2,117) 2229 discriminant of a union must not derive from a field with [ignore] applied to it : u",
    ],
  },
];

describe("ignored-field-is-pointer", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
