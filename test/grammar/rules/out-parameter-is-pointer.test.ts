import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("out-parameter-is-pointer", () => {
  it("refuses an [out] parameter by value", () => {
    expect(messages(inInterface("void f([out] long x);"))).toBe(
      [
        "main.idl(2) : error MIDL2042 : [out] parameter is not a pointer : x in f",
        "void f([out] long x);",
        "                  ^",
      ].join("\n"),
    );
  });

  it("refuses an [out] context handle by value", () => {
    expect(messages(inInterface("typedef [context_handle] void *BOOK; void f([out] BOOK b);"))).toBe(
      [
        "main.idl(2) : error MIDL2044 : [out] context handle/generic handle must be specified as a pointer to that handle type : b in f",
        "typedef [context_handle] void *BOOK; void f([out] BOOK b);",
        "                                                       ^",
      ].join("\n"),
    );
  });

  it("refuses an [out] binding handle", () => {
    expect(messages(inInterface("void f([in, out] handle_t h);"))).toBe(
      [
        "main.idl(2) : error MIDL2194 : parameter deriving from handle_t must not be an [out] parameter : h in f",
        "void f([in, out] handle_t h);",
        "                          ^",
      ].join("\n"),
    );
  });
});
