import { describe, expect, it } from "vitest";
import { inInterface, interfaceOf, messages, modelOf } from "../compile.ts";

function parameterTypes(body: string): unknown[] {
  return (
    interfaceOf(body)
      .operations.at(-1)
      ?.parameters.map((parameter) => parameter.type) ?? []
  );
}

describe("types at their place", () => {
  it("makes a generic handle a unique pointer to a string", () => {
    expect(parameterTypes("typedef [handle, string] wchar_t *SRV;\nvoid f([in, string, unique] SRV s);")).toMatchObject(
      [
        {
          kind: "alias",
          name: "SRV",
          target: {
            kind: "pointer",
            pointer: "unique",
            pointee: { kind: "array", string: true, element: { base: "wchar_t" } },
          },
        },
      ],
    );
  });

  it("makes the outermost pointer of a parameter [ref] and the others the interface's default", () => {
    expect(parameterTypes("typedef long *P;\nvoid f([in] P *p, [in] P q);")).toMatchObject([
      { pointer: "ref", pointee: { name: "P", target: { pointer: "unique" } } },
      { name: "P", target: { pointer: "ref" } },
    ]);
  });

  it("applies size_is slot by slot", () => {
    expect(
      parameterTypes("typedef [string, unique] char *str;\nvoid f([in, out] long *n, [out, size_is(,*n)] str **e);"),
    ).toMatchObject([
      {},
      {
        kind: "pointer",
        pointee: {
          kind: "pointer",
          pointee: { kind: "array", size: { kind: "conformant", sizeIs: { kind: "unary" } }, element: { name: "str" } },
        },
      },
    ]);
  });

  it("turns max_is, min_is, last_is and first_is into counts", () => {
    const [, type] = parameterTypes(
      "void f([in] long n, [in, max_is(n), first_is(1), last_is(n)] char *a, [in, max_is(9)] char b[]);",
    );
    expect(type).toMatchObject({
      pointee: {
        size: { sizeIs: { kind: "binary", operator: "+" } },
        varying: { lengthIs: { operator: "-" }, firstIs: { value: 1 } },
      },
    });
  });

  it("makes context handles of typedefs, of typedefs of void * and of parameters", () => {
    const types = parameterTypes(
      "typedef void *HANDLE;\ntypedef [context_handle] HANDLE H;\nvoid f([in] H h, [out] H *p, [in, context_handle] void *v);",
    );
    expect(types).toMatchObject([
      { kind: "alias", name: "H", target: { kind: "context-handle", name: "H" } },
      { kind: "pointer", pointer: "ref", pointee: { target: { kind: "context-handle" } } },
      { kind: "context-handle", name: "void" },
    ]);
  });

  it("gives a struct its typedef name and shares it between uses", () => {
    const { main } = modelOf(
      "typedef struct tag { struct tag *next; } NODE, *PNODE;\nstruct other { NODE a; PNODE b; };",
    );
    const [node, , other] = main.declarations;
    expect(node).toMatchObject({ name: "NODE", type: { kind: "struct", tag: "tag" } });
    expect(other?.type.kind === "struct" && other.type.fields[0]?.type).toBe(node?.type);
  });

  it("lets a typedef name a struct that is defined before or after it", () => {
    const { main } = modelOf("struct a { long l; };\ntypedef struct a A;\ntypedef struct b B;\nstruct b { A x; };");
    expect(main.declarations.map((each) => each.name)).toEqual(["A", "B"]);
  });

  it("leaves wchar_t as it is", () => {
    expect(modelOf("typedef unsigned short wchar_t;\ntypedef unsigned long error_status_t;").main.declarations).toEqual(
      [],
    );
    expect(messages("typedef long wchar_t;\ntypedef short error_status_t;\ntypedef long handle_t;")).toMatch(
      /2014[^]*2205[^]*2003/,
    );
  });

  it("takes the switch type of a union from its first use", () => {
    const found = modelOf(
      "typedef union { [case(1)] long l; [case(2)] ; [default] short s; } U;\nstruct s { short n; [switch_is(n)] U u; };",
    );
    expect(found.main.declarations[0]?.type).toMatchObject({ kind: "union", switchType: { base: "int16" } });
  });

  it("names cases by their constants, and finds duplicates", () => {
    const source = "typedef enum { one = 1, two } E;\ntypedef [switch_type(E)] union { [case(one, 2)] long l; } U;";
    expect(modelOf(source).main.declarations[1]?.type).toMatchObject({
      arms: [
        {
          cases: [
            { value: 1, name: "one" },
            { value: 2, name: undefined },
          ],
        },
      ],
    });
    expect(messages("typedef [switch_type(long)] union { [case(1)] long l; [case(2)] long l; } U;")).toContain(
      "MIDL2003",
    );
  });

  it("finds duplicate, inconstant and non-integer cases", () => {
    const union = (cases: string): string => messages(`typedef [switch_type(long)] union { ${cases} } U;`);
    expect(union("[case(1)] long l; [case(2, 1)] long m;")).toContain("MIDL2056 : duplicate [case] label : 1");
    expect(union('[case("a")] long l;')).toContain("MIDL2067");
    expect(union("[case(NOPE)] long l;")).toContain("MIDL2009");
  });

  it("numbers operations from 0, callbacks by themselves, local ones not at all", () => {
    const found = interfaceOf("void a(); [callback] void b([in] long x); [local] void c(void *p); void d(void);");
    expect(found.operations.map((operation) => operation.opnum)).toEqual([0, 0, undefined, 1]);
  });

  it("makes a parameter without direction [in]", () => {
    expect(
      interfaceOf("void f(long x, [out] long *y, [in, out] long *z);").operations[0]?.parameters.map((each) => [
        each.in,
        each.out,
      ]),
    ).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it("warns of names used before their declaration and tags without their keyword", () => {
    const text = messages(
      inInterface("typedef LATER *P;\ntypedef long LATER;\nstruct t { long x; };\nvoid f([in] P p, [in] t *q);"),
    );
    expect(text).toContain("main.idl(2) : warning MIDL9120 : LATER is used before its declaration");
    expect(text).toContain("main.idl(5) : warning MIDL9121 : t is a tag : write struct t");
  });

  it.each([
    [
      "typedef NOPE T;",
      "main.idl(1) : error MIDL2011 : unresolved type declaration : NOPE\ntypedef NOPE T;\n        ^~~~",
    ],
    [
      "typedef unsigned float T;",
      "main.idl(1) : error MIDL2025 : syntax error : unsigned float is no type\ntypedef unsigned float T;\n        ^~~~~~~~~~~~~~",
    ],
    [
      "typedef long T;\ntypedef short T;",
      "main.idl(2) : error MIDL2003 : redefinition : T\ntypedef short T;\n              ^",
    ],
    [
      "struct s { long a; };\nstruct s { long b; };",
      "main.idl(2) : error MIDL2003 : redefinition : s\nstruct s { long b; };\n       ^",
    ],
    [
      "struct s { long a; long a; };",
      "main.idl(1) : error MIDL2003 : redefinition : a\nstruct s { long a; long a; };\n                        ^",
    ],
    [
      "typedef long T[1..2];",
      "main.idl(1) : error MIDL2102 : this array-bounds construct is not supported : the lower bound is not 0\ntypedef long T[1..2];\n              ^~~~~~",
    ],
    [
      "typedef long T[0];",
      "main.idl(1) : error MIDL2103 : array bound specification is illegal : 0 elements\ntypedef long T[0];\n               ^",
    ],
    [
      "long x, *y, z(void);",
      "main.idl(1) : warning MIDL9125 : variable does not travel; nothing is generated for it : x\nlong x, *y, z(void);\n     ^\nmain.idl(1) : warning MIDL9125 : variable does not travel; nothing is generated for it : y\nlong x, *y, z(void);\n         ^",
    ],
    [
      "extern NONE x;",
      "main.idl(1) : error MIDL2011 : unresolved type declaration : NONE\nextern NONE x;\n       ^~~~",
    ],
    [
      "static long x[0];",
      "main.idl(1) : error MIDL2103 : array bound specification is illegal : 0 elements\nstatic long x[0];\n              ^",
    ],
    [
      "[vararg] extern long x;",
      "main.idl(1) : error MIDL2072 : inapplicable attribute : [vararg] on a constant\n[vararg] extern long x;\n ^~~~~~",
    ],
    ["long x = 1;", "main.idl(1) : error MIDL2156 : declaration must have const : x\nlong x = 1;\n^~~~"],
    [
      "const long C = 1;\ntypedef C T;",
      "main.idl(2) : error MIDL2025 : syntax error : C is a constant, a type is expected\ntypedef C T;\n        ^",
    ],
    [
      "[uuid(1-2)] interface i { void f(); }",
      "main.idl(1) : error MIDL2088 : [uuid] format is incorrect : 1-2\n[uuid(1-2)] interface i { void f(); }\n      ^~~",
    ],
    [
      "[uuid(xyz)] interface i { void f(); }",
      "main.idl(1) : error MIDL2089 : uuid is not a hexadecimal number : xyz\n[uuid(xyz)] interface i { void f(); }\n      ^~~",
    ],
    [
      "[local, version(70000)] interface i { void f(); }",
      "main.idl(1) : error MIDL2152 : [version] format is incorrect\n[local, version(70000)] interface i { void f(); }\n                ^~~~~",
    ],
    [
      '[local, endpoint("x")] interface i { }',
      'main.idl(1) : error MIDL2071 : endpoint syntax error : x\n[local, endpoint("x")] interface i { }\n                 ^~~',
    ],
    [
      "[local, local] interface i { }",
      "main.idl(1) : warning MIDL2209 : redundantly specified attribute; ignored : local\n[local, local] interface i { }\n        ^~~~~",
    ],
    [
      "[local] interface i { } [local] interface i { }",
      "main.idl(1) : error MIDL2003 : redefinition : i\n[local] interface i { } [local] interface i { }\n                                          ^",
    ],
    [
      "[local] interface i : NOPE { }",
      "main.idl(1) : error MIDL2009 : undefined symbol : NOPE\n[local] interface i : NOPE { }\n                      ^~~~",
    ],
    [
      "interface b;\n[local] interface i : b { }",
      "main.idl(2) : error MIDL2337 : unsatisfied forward declaration : b\n[local] interface i : b { }\n                      ^",
    ],
    [
      "enum e { a = 5000000000 };",
      "main.idl(1) : error MIDL2236 : value out of range : a\nenum e { a = 5000000000 };\n             ^~~~~~~~~~",
    ],
  ])("reports %s", (source, expected) => {
    expect(messages(source)).toBe(expected);
  });

  it("finds imports beside the importing file, and reports missing ones and cycles", () => {
    const sources = {
      "main.idl": 'import "sub/a.idl";\nstruct s { T t; };',
      "sub/a.idl": 'import "b.idl";\n',
      "sub/b.idl": 'import "../main.idl";\ntypedef long T;',
    };
    expect(messages(sources)).toBe(
      'sub/b.idl(1) : warning MIDL9100 : ../main.idl imports itself through other files; the import is ignored\nimport "../main.idl";\n       ^~~~~~~~~~~~~',
    );
    expect(messages('import "nope.idl";')).toBe(
      'main.idl(1) : error MIDL2117 : error in opening file : nope.idl\nimport "nope.idl";\n       ^~~~~~~~~~',
    );
    expect(messages({})).toContain("main.idl(1) : error MIDL2117");
  });
});
