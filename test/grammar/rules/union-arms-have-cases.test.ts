import { describe, expect, it } from "vitest";
import { inInterface, messages } from "../compile.ts";

describe("union-arms-have-cases", () => {
  it("refuses an arm without a case", () => {
    expect(
      messages(
        inInterface(`typedef [switch_type(long)] union { [case(1)] long l; long m; } U;
void f([in] long n, [in, switch_is(n)] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2161 : union has at least one arm without a case label : m in U",
        "typedef [switch_type(long)] union { [case(1)] long l; long m; } U;",
        "                                                           ^",
      ].join("\n"),
    );
  });

  it("refuses two defaults", () => {
    expect(
      messages(
        inInterface(`typedef union switch (long n) u { case 1: long l; default: long m; default: ; } U;
void f([in] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2232 : too many default cases specified for encapsulated union : U",
        "typedef union switch (long n) u { case 1: long l; default: long m; default: ; } U;",
        "                                                                   ^~~~~~~~~~",
      ].join("\n"),
    );
  });

  it("refuses a union without arms", () => {
    expect(
      messages(
        inInterface(`typedef union switch (long n) u { } U;
void f([in] U *u);`),
      ),
    ).toBe(
      [
        "main.idl(2) : error MIDL2235 : union specification with no fields is illegal : U",
        "typedef union switch (long n) u { } U;",
        "        ^~~~~~~~~~~~~~~~~~~~~~~~~~~",
      ].join("\n"),
    );
  });
});
