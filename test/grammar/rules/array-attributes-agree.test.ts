import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("array-attributes-agree", () => {
  it("refuses length_is with last_is", () => {
    expect(messages(inInterface("void f([in] long n, [in, size_is(10), length_is(n), last_is(n)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2076 : [last_is] and [length_is] cannot be specified at the same time : a",
        "void f([in] long n, [in, size_is(10), length_is(n), last_is(n)] char *a);",
        "                                                    ^~~~~~~~~~",
      ].join("\n"),
    );
  });

  it("refuses size_is with max_is", () => {
    expect(messages(inInterface("void f([in] long n, [in, size_is(n), max_is(n)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2077 : [max_is] and [size_is] cannot be specified at the same time : a",
        "void f([in] long n, [in, size_is(n), max_is(n)] char *a);",
        "                                     ^~~~~~~~~",
      ].join("\n"),
    );
  });

  it("refuses a length of a string", () => {
    expect(messages(inInterface("void f([in] long n, [in, string, size_is(n), length_is(n)] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2075 : length attributes cannot be applied with string attribute : a",
        "void f([in] long n, [in, string, size_is(n), length_is(n)] char *a);",
        "                                             ^~~~~~~~~~~~",
      ].join("\n"),
    );
  });

  it("refuses two pointer attributes", () => {
    expect(messages(inInterface("void f([in, unique, ref] char *a);"))).toBe(
      [
        "main.idl(2) : error MIDL2163 : pointer already has a pointer attribute applied to it : a",
        "void f([in, unique, ref] char *a);",
        "                    ^~~",
      ].join("\n"),
    );
  });

  it("refuses a size on an integer", () => {
    expect(messages(inInterface("void f([in] long n, [in, size_is(n)] char a);"))).toBe(
      [
        "main.idl(2) : error MIDL2072 : inapplicable attribute : [size_is] on a, which is neither array nor pointer",
        "void f([in] long n, [in, size_is(n)] char a);",
        "                         ^~~~~~~~~~",
      ].join("\n"),
    );
  });

  it("refuses a pointer attribute on an integer", () => {
    expect(messages(inInterface("void f([in, unique] char a);"))).toBe(
      [
        "main.idl(2) : error MIDL2072 : inapplicable attribute : [unique] on a, which is no pointer",
        "void f([in, unique] char a);",
        "            ^~~~~~",
      ].join("\n"),
    );
  });
});
