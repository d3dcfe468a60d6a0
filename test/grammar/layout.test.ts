import { describe, expect, it } from "vitest";
import { layoutOf, structLayout } from "../../grammar/index.ts";
import { compile, formatted, modelOf } from "./compile.ts";

function layouts(source: string, environment: "win32" | "win64"): unknown[] {
  return modelOf(source, { environment }).main.declarations.map(({ type }) =>
    type.kind === "struct" ? structLayout(type, environment) : layoutOf(type, environment),
  );
}

describe("C layout", () => {
  it("aligns fields and the size of a struct", () => {
    expect(layouts("struct s { char a; short b; char c; long d; hyper e; char f; };", "win64")).toEqual([
      { size: 32, alignment: 8, offsets: [0, 2, 4, 8, 16, 24] },
    ]);
  });

  it("gives pointers 4 octets in win32 and 8 in win64", () => {
    const source = "struct s { char a; long *p; __int3264 i; };";
    expect(layouts(source, "win32")).toEqual([{ size: 12, alignment: 4, offsets: [0, 4, 8] }]);
    expect(layouts(source, "win64")).toEqual([{ size: 24, alignment: 8, offsets: [0, 8, 16] }]);
  });

  it("honours packing", () => {
    expect(layouts("#pragma pack(1)\nstruct s { char a; hyper b; };", "win64")).toEqual([
      { size: 9, alignment: 1, offsets: [0, 1] },
    ]);
  });

  it("gives a conformant tail no size", () => {
    expect(layouts("struct s { long n; [size_is(n)] hyper a[]; };", "win64")).toEqual([
      { size: 8, alignment: 8, offsets: [0, 8] },
    ]);
  });

  it("lays out unions, encapsulated ones with their discriminant", () => {
    const source =
      "typedef [switch_type(long)] union { [case(1)] char c; [case(2)] double d; [default]; } U;\ntypedef union switch (short s) u { case 1: hyper h; } E;\ntypedef enum { a } N;\ntypedef long A[3];";
    expect(layouts(source, "win64")).toEqual([
      { size: 8, alignment: 8 },
      { size: 16, alignment: 8 },
      { size: 4, alignment: 4 },
      { size: 12, alignment: 4 },
    ]);
  });

  it("gives a struct or a union without members one octet, as C++ does", () => {
    const source =
      "typedef struct { } S;\ntypedef [switch_type(long)] union { [default]; } U;\ntypedef union switch (short s) u { case 1: ; } E;";
    expect(layouts(source, "win64")).toEqual([
      { size: 1, alignment: 1, offsets: [] },
      { size: 1, alignment: 1 },
      { size: 4, alignment: 2 },
    ]);
  });

  it("comes to an end for types that contain themselves", () => {
    const source = "struct s { union u { struct s x; } y; };\nconst long A = sizeof(struct s);";
    expect(formatted(compile(source))).toEqual(["main.idl(1,36) 2006 recursive definition : u"]);
  });
});
