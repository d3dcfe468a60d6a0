import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const refusal = "2049 only the first parameter can be a binding handle; you must specify the /ms_ext switch";

describe("osf-handle-is-first", () => {
  it.each([
    ["void f([in] handle_t h, [in] long a);", []],
    ["typedef [context_handle] void *C; void f([in] long a, [in] C c);", []],
    ["void f([in] long a, [in] handle_t h);", [`main.idl(2,35) ${refusal} : h in f`]],
    ["typedef handle_t H; void f([in] long a, [in] H h);", [`main.idl(2,48) ${refusal} : h in f`]],
    ["void f([in] handle_t h, [in] handle_t k);", [`main.idl(2,39) ${refusal} : k in f`]],
    [
      "void f([in] long a, [in] handle_t h, [in] handle_t k);",
      [`main.idl(2,35) ${refusal} : h in f`, `main.idl(2,52) ${refusal} : k in f`],
    ],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });

  it("is for /osf alone", () => {
    expect(formatted(compile(inInterface("void f([in] long a, [in] handle_t h);")))).toEqual([]);
  });
});
