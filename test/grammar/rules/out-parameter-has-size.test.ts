import { describe, expect, it } from "vitest";
import { compile, inInterface, messages } from "../compile.ts";

describe("out-parameter-has-size", () => {
  it("refuses a pointer to an open structure (M17)", () => {
    expect(
      messages(
        inInterface(`typedef struct { long n; [size_is(n)] long a[]; } OPEN;
void f([out] OPEN *x);`),
      ),
    ).toBe(
      [
        "main.idl(3) : error MIDL2040 : [out] only parameter cannot be a pointer to an open structure : x in f",
        "void f([out] OPEN *x);",
        "                   ^",
      ].join("\n"),
    );
  });

  it("warns of a pointer to an open structure where that is tolerated", () => {
    const body = "typedef struct { long n; [size_is(n)] long a[]; } OPEN; void f([out] OPEN *x);";
    const { model, diagnostics } = compile(inInterface(body), { tolerate: [2040, 2041] });
    expect(model).toBeDefined();
    expect(diagnostics.map(({ severity, midl }) => [severity, midl])).toEqual([["warning", 2040]]);
    expect(messages(inInterface("void f([out, string] wchar_t *s);"), { tolerate: [2041] })).toContain(
      "error MIDL2041",
    );
  });

  it("refuses an unsized string (M17)", () => {
    expect(messages(inInterface("void f([out, string] wchar_t *s);"))).toBe(
      [
        "main.idl(2) : error MIDL2041 : [out] only parameter cannot be an unsized string : s in f",
        "void f([out, string] wchar_t *s);",
        "                              ^",
      ].join("\n"),
    );
  });
});
