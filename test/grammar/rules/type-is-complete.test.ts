import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("type-is-complete", () => {
  it("refuses a struct that is nowhere defined", () => {
    expect(
      messages(
        inInterface(`typedef struct { struct missing m; } S;
void f([in] S *s);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2011 : unresolved type declaration : missing in m",
        "typedef struct { struct missing m; } S;",
        "                                ^",
      ].join("\n"),
    );
  });
});
