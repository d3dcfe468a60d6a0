import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";
import type { AnalyzeOptions } from "../../../grammar/index.ts";

const refusal =
  "2172 no [pointer_default] attribute specified, assuming [ptr] for all unattributed pointers in interface";

/** What is found in an interface without [pointer_default]. */
function found(body: string, options: AnalyzeOptions): string[] {
  return formatted(compile(inInterface(body).replace(", pointer_default(unique)", ""), options));
}

describe("osf-pointers-have-attributes", () => {
  it.each([
    ["void f([in] long *p);", []],
    ["void f([in] long *p[3]);", [`main.idl(2,19) ${refusal} : p`]],
    ["void f([in] long **p);", [`main.idl(2,20) ${refusal} : p`]],
    ["void f([in, ptr] long **p);", [`main.idl(2,25) ${refusal} : p`]],
    ["typedef [ptr] long *P; void f([in] P *p);", []],
    ["typedef struct { [ref] long *p; } S; void f([in] S *s);", []],
    ["typedef struct { long *p; } S; void f([in] S *s);", [`main.idl(2,24) ${refusal} : p`]],
    ["typedef struct { [ref] long **p; } S; void f([in] S *s);", [`main.idl(2,31) ${refusal} : p`]],
    ["typedef [unique] long *P; typedef struct { P p; } S; void f([in] S *s);", []],
    ["typedef long *P; typedef struct { P p; } S; void f([in] S *s);", [`main.idl(2,37) ${refusal} : p`]],
    ["typedef [ref] long *P; typedef struct { P *p; } S; void f([in] S *s);", [`main.idl(2,44) ${refusal} : p`]],
    ["typedef struct s { struct s *next; } S; void f([in] S *s);", [`main.idl(2,30) ${refusal} : next`]],
    [
      "typedef union switch (long t) u { case 1: long *p; default: ; } U; void f([in] U u);",
      [`main.idl(2,49) ${refusal} : p`],
    ],
  ])("judges %s", (body, expected) => {
    expect(found(body, { mode: "osf" })).toEqual(expected);
  });

  it("is content with [pointer_default]", () => {
    const body = "typedef struct s { struct s *next; } S; void f([in] S *s, [in] long **p);";
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual([]);
  });

  it("is for /osf alone", () => {
    expect(found("typedef struct { long *p; } S; void f([in] S *s);", {})).toEqual([
      "main.idl(1,70) 2038 no [pointer_default] attribute specified, assuming [unique] for all unattributed pointers : test",
    ]);
  });
});
