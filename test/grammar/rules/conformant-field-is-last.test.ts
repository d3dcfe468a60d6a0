import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("conformant-field-is-last", () => {
  it("refuses a field after a conformant array", () => {
    expect(
      messages(
        inInterface(`typedef struct { long n; [size_is(n)] long a[]; long m; } S;
void f([in] S *s);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2055 : field deriving from a conformant array must be the last member of the structure : a in S",
        "typedef struct { long n; [size_is(n)] long a[]; long m; } S;",
        "                                           ^",
      ].join("\n"),
    );
  });
});
