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

  it.each([
    "typedef struct { long m; T t; } S; void f([in] S s);",
    "typedef struct { long m; T t; } S; void f([in, out] S *s);",
    "typedef struct { long m; STR t; } S; S f();",
    "typedef [transmit_as(T)] short U; typedef struct { U t; } S; void f([in] S s[2]);",
  ])("refuses a last field that is converted to what is conformant: %s", (body) => {
    const types =
      "typedef struct { long n; [size_is(n)] long a[]; } O; typedef [transmit_as(O)] long T; typedef [string] char TEXT[]; typedef [transmit_as(TEXT)] long STR;";
    const column = body.search(/\bt;/);
    expect(messages(inInterface(`${types}\n${body}`))).toBe(
      [
        "main.idl(3) : error MIDL9127 : field must not be converted to a conformant array or structure : t in S",
        body,
        `${" ".repeat(column)}^`,
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
