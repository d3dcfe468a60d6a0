import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal = "2068 specifying [context_handle] on a type other than void * requires /ms_ext";

describe("osf-context-handle-is-void-pointer", () => {
  it.each([
    ["typedef [context_handle] void *C; void f([in] C c, [out] C *d);", []],
    ["void f([in, context_handle] void *c, [out, context_handle] void **d);", []],
    ["typedef [context_handle] long *C; void f([in] C c, [out] C *d);", [`main.idl(2,32) ${refusal} : C`]],
    ["typedef struct s *P; typedef [context_handle] P C; void f([in] C c);", [`main.idl(2,49) ${refusal} : C`]],
    ["void f([in, context_handle] long *c);", [`main.idl(2,35) ${refusal} : c`]],
    ["void f([out, context_handle] long **c);", [`main.idl(2,37) ${refusal} : c`]],
    ["typedef long *P; void f([in, context_handle] P c);", [`main.idl(2,48) ${refusal} : c`]],
    ["[context_handle] long *f([in] long a);", [`main.idl(2,24) ${refusal} : f`]],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(
      formatted(
        compile(inInterface("typedef [context_handle] long *C; void f([in] C c, [in, context_handle] long *d);")),
      ),
    ).toEqual([]);
  });
});
