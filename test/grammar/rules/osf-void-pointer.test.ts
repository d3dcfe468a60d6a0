import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal = "2165 use of field deriving from a void pointer needs /c_ext";

describe("osf-void-pointer", () => {
  it.each([
    ["typedef [context_handle] void *C; void f([in] C c);", []],
    ["typedef struct { void *p; } S; void f([in] long a);", [`main.idl(2,24) ${refusal} : p`]],
    ["typedef struct { void **p; } S; void f([in] long a);", [`main.idl(2,25) ${refusal} : p`]],
    ["typedef struct { void *p[3]; } S; void f([in] long a);", [`main.idl(2,24) ${refusal} : p`]],
    ["typedef void *V; typedef struct { V v; } S; void f([in] long a);", [`main.idl(2,37) ${refusal} : v`]],
    [
      "typedef union switch (long t) u { case 1: void *p; default: ; } U; void f([in] long a);",
      [`main.idl(2,49) ${refusal} : p`],
    ],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(formatted(compile(inInterface("typedef struct { void *p; } S; void f([in] long a);")))).toEqual([]);
  });
});
