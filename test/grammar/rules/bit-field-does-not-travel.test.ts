import { describe, expect, it } from "vitest";
import { layoutOf } from "../../../grammar/index.ts";
import { compile, formatted, inInterface, modelOf } from "../compile.ts";

const bits = "typedef struct { long a : 3; long b : 29; long c : 1; short d : 4; short : 0; short e; } BITS;\n";

describe("bit-field-does-not-travel", () => {
  it("lets types have bit-fields that are not sent", () => {
    const { main } = modelOf(inInterface(`${bits}[local] void f([in] BITS *p); void g();`));
    const [declaration] = main.declarations;
    expect(declaration && layoutOf(declaration.type, "win64")).toMatchObject({ size: 12, alignment: 4 });
    expect(declaration?.type.kind === "struct" && declaration.type.fields.map((field) => field.bitWidth)).toEqual([
      3,
      29,
      1,
      4,
      0,
      undefined,
    ]);
  });

  it.each([
    [
      "typedef [transmit_as(BITS)] long T; void f([in] T t);",
      "main.idl(3,51) 2140 parameter deriving from a struct/union containing bit fields is not supported : t in f",
    ],
    [
      "void f([in] BITS *p);",
      "main.idl(3,19) 2140 parameter deriving from a struct/union containing bit fields is not supported : p in f",
    ],
    ["BITS f();", "main.idl(3,6) 2146 return type must not derive from a structure/union containing bit-fields : f"],
    [
      "typedef struct { BITS b; } S; void f([in] S *p);",
      "main.idl(3,23) 2242 field must not derive from a structure containing bit-fields : b in S",
    ],
  ])("refuses %s", (body, expected) => {
    const errors = compile(inInterface(bits + body)).diagnostics.filter(({ severity }) => severity === "error");
    expect(formatted({ diagnostics: errors })).toEqual([expected]);
  });

  it.each([
    [
      "typedef struct { float a : 3; } S;",
      "main.idl(2,28) 2134 bit field specification can be applied only to simple, integral types : a",
    ],
    ["typedef struct { short a : 17; } S;", "main.idl(2,28) 2175 illegal constant : a"],
    [
      "typedef struct { short a : 7; } S;",
      'main.idl(2,28) 2133 bit field specification on a type other that "int" is a non-ANSI-compatible extension : a',
    ],
  ])("judges %s", (body, expected) => {
    expect(formatted(compile(inInterface(`${body} void f();`)))).toEqual([expected]);
  });
});
