import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("parameter-is-sendable", () => {
  it("refuses a pointer to void", () => {
    expect(messages(inInterface("void f([in] void *p);"))).toBe(
      [
        "main.idl(2) : error MIDL2139 : type of the parameter cannot derive from void or void * : p in f",
        "void f([in] void *p);",
        "                  ^",
      ].join("\n"),
    );
  });

  it("refuses a pointer to a function", () => {
    expect(messages(inInterface("void f([in] long (*g)(long x));"))).toBe(
      [
        "main.idl(2) : error MIDL2142 : parameter must not derive from a pointer to a function : g in f",
        "void f([in] long (*g)(long x));",
        "                   ^",
      ].join("\n"),
    );
  });
});
