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

  it("refuses a field after what is converted to a conformant structure, not after a pointer to it", () => {
    const types = "typedef struct { long n; [size_is(n)] long a[]; } O; typedef [transmit_as(O)] long T;";
    expect(
      messages(
        inInterface(`${types} typedef struct { T *first; long second; } P; void g([in] P *p);
typedef struct { T t; long m; } S; void f([in] S *s);`),
      ),
    ).toBe(
      [
        "main.idl(3) : error MIDL2055 : field deriving from a conformant array must be the last member of the structure : t in S",
        "typedef struct { T t; long m; } S; void f([in] S *s);",
        "                   ^",
      ].join("\n"),
    );
  });
});
