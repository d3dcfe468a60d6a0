import { describe, expect, it } from "vitest";
import { inInterface, interfaceOf, messages, modelOf } from "../compile.ts";

describe("parser", () => {
  it("goes on after each mistake, and reports each once", () => {
    const body =
      "typedef struct { long a b; long c; } S;\nlong f([in] long x;\nlong g([in] S *s)\nlong h([in,,] long y,);\ntypedef long T;\nlong k([in] T t);";
    expect(messages(inInterface(body))).toBe(
      [
        'main.idl(2) : error MIDL2025 : syntax error : found b, expected ";"',
        "typedef struct { long a b; long c; } S;",
        "                        ^",
        'main.idl(3) : error MIDL2025 : syntax error : found ;, expected ")"',
        "long f([in] long x;",
        "                  ^",
        "main.idl(4) : error MIDL2025 : syntax error : missing ; after )",
        "long g([in] S *s)",
        "                 ^",
        "main.idl(5) : error MIDL2025 : syntax error : found )",
        "long h([in,,] long y,);",
        "                     ^",
      ].join("\n"),
    );
  });

  it("reports the end of the file in an open interface", () => {
    expect(messages("[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i {\nvoid f();\n")).toContain("MIDL2183");
  });

  it("limits nesting", () => {
    expect(messages(`const long x = ${"(".repeat(5000)}1${")".repeat(5000)};`)).toContain("MIDL2002");
    expect(messages(`const long x = 1${"+1".repeat(5000)};`)).toContain("MIDL2002");
    expect(messages(`const long x = ${"-".repeat(5001)}1;`)).toContain("MIDL2002");
    expect(messages(`typedef long ${"*".repeat(500)}T;`)).toContain("MIDL2002");
  });

  it("accepts attribute names as identifiers, lists in a row and trailing commas", () => {
    const found = interfaceOf(
      "typedef struct { long uuid; long string; long handle; long version; long id; long code; } S;\nlong message([in][ref,] S *in, [in] long out);",
    );
    expect(found.operations[0]?.parameters.map((parameter) => parameter.name)).toEqual(["in", "out"]);
  });

  it("reads every declarator form", () => {
    const found = interfaceOf(
      "const long N = 2;\ntypedef long (*POINTER_TO_ARRAY)[2];\ntypedef long MATRIX[0..3][N];\nvoid __stdcall f([in] POINTER_TO_ARRAY a, [in] const long *b, [in] long (c)[3], [in] MATRIX m);",
    );
    const [pointer, , array] = found.operations[0]?.parameters ?? [];
    expect(pointer?.type).toMatchObject({
      kind: "alias",
      target: { kind: "pointer", pointee: { kind: "array", size: { count: 2 } } },
    });
    expect(array?.type).toMatchObject({ kind: "array", size: { count: 3 } });
  });

  it("reads libraries, coclasses, dispinterfaces, modules, forward interfaces and quotations", () => {
    const source = `import "unknwn.idl";
cpp_quote("// text")
midl_pragma warning( disable : 2111 )
interface IFoo;
[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface IFoo : IUnknown { HRESULT go([in] long x); [local] HRESULT l(); [call_as(l)] HRESULT r(); }
[uuid(12345678-1234-abcd-ef00-01234567cff0), version(1.0)] library Lib {
  importlib("stdole2.tlb");
  [uuid(12345678-1234-abcd-ef00-01234567cff1)] dispinterface D { properties: [id(1)] long p; methods: [id(2)] void m(); };
  [uuid(12345678-1234-abcd-ef00-01234567cff2)] coclass C { [default] interface IFoo : IUnknown; [source] interface IFoo; };
  [dllname("x")] module M { const long K = 1; };
};
typedef pipe byte BYTES;
`;
    const { main } = modelOf(source);
    const opnums = main.interfaces.map((each) => each.operations.map((operation) => operation.opnum));
    expect(opnums).toEqual([[3, undefined, 4]]);
  });

  it("reads the labels of a dispinterface in an interface of COM", () => {
    const { main } = modelOf(`import "unknwn.idl";
[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i : IUnknown {
  properties:
  methods:
    [id(1)] HRESULT f();
    HRESULT methods([in] long properties);
}`);
    expect(main.interfaces[0]?.operations.map(({ name }) => name)).toEqual(["f", "methods"]);
    expect(messages(inInterface("methods:\nvoid f();"))).toBe(
      "main.idl(2) : error MIDL2025 : syntax error : found methods:, which is for interfaces of COM\nmethods:\n^~~~~~~",
    );
  });

  it("reads a calling convention before the type", () => {
    const found = interfaceOf(
      "typedef long far;\npascal double f([in] far x, [in] far *y);\ncdecl far g(void);\nfar h(void);",
    );
    expect(found.operations).toMatchObject([
      { name: "f", returnType: { base: "double" }, parameters: [{ type: { name: "far" } }, { name: "y" }] },
      { name: "g", returnType: { kind: "alias", name: "far" } },
      { name: "h", returnType: { kind: "alias", name: "far" } },
    ]);
  });

  it("reads the name of a library before that of a type", () => {
    expect(interfaceOf("typedef long T;\nvoid f([in] Lib.T x);").operations[0]?.parameters[0]?.type).toMatchObject({
      kind: "alias",
      name: "T",
    });
    expect(messages(inInterface("void f([in] Lib.NONE x);"))).toBe(
      "main.idl(2) : error MIDL2011 : unresolved type declaration : NONE\nvoid f([in] Lib.NONE x);\n                ^~~~",
    );
  });

  it("leaves variables alone", () => {
    const { operations } = interfaceOf("typedef short T[2][3];\nT a;\nextern T b[4], c;\nvoid f([in] long x);");
    expect(operations.map(({ name }) => name)).toEqual(["f"]);
  });

  it("keeps the signature of an operation on one line", () => {
    const found = interfaceOf("long f(\n  [in] long x,\n  [out] long *y\n);");
    expect(found.operations[0]?.signature).toBe("long f( [in] long x, [out] long *y )");
  });

  it("takes int for a missing return type", () => {
    expect(interfaceOf("f([in] long x);").operations[0]).toMatchObject({ name: "f", returnType: { base: "int32" } });
  });
});
