import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("field-is-sendable", () => {
  it("refuses void * in a struct that travels", () => {
    expect(messages(inInterface("typedef struct { void *p; } S; void f([in] S *s);"))).toBe(
      [
        "main.idl(2) : error MIDL2241 : field must not derive from a void or void * : p in S",
        "typedef struct { void *p; } S; void f([in] S *s);",
        "                       ^",
      ].join("\n"),
    );
  });

  it("refuses a handle in a struct that travels", () => {
    expect(messages(inInterface("typedef struct { handle_t h; } S; void f([in] S *s);"))).toBe(
      [
        "main.idl(2) : error MIDL2135 : struct/union field must not derive from handle_t or a context-handle : h in S",
        "typedef struct { handle_t h; } S; void f([in] S *s);",
        "                          ^",
      ].join("\n"),
    );
  });
});
