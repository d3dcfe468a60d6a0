import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("open-struct-is-behind-pointer", () => {
  it("refuses an open structure by value", () => {
    expect(
      messages(
        inInterface(`typedef struct { long n; [size_is(n)] long a[]; } OPEN;
void f([in] OPEN x);`),
      ),
    ).toBe(
      [
        "main.idl(3) : error MIDL2043 : open structure cannot be a parameter : x in f",
        "void f([in] OPEN x);",
        "                 ^",
      ].join("\n"),
    );
  });
});
