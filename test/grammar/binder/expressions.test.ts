import { describe, expect, it } from "vitest";
import { inInterface, interfaceOf, messages, modelOf } from "../compile.ts";

function valueOf(expression: string, type = "long"): unknown {
  const { main } = modelOf(
    `typedef unsigned long DWORD;\ntypedef struct { long a; hyper b; } S;\nconst ${type} X = ${expression};`,
  );
  const last = main.declarations.at(-1);
  return last?.kind === "constant" ? last.value : undefined;
}

describe("constant expressions", () => {
  it.each<[string, string, unknown]>([
    ["1 + 2 * 3 - 8 / 3 % 2", "long", 7],
    ["(1 << 31)", "long", -2147483648],
    ["0xFFFFFFFF", "long", -1],
    ["-1", "unsigned long", 4294967295],
    ["0x100000000", "hyper", 4294967296n],
    ["-1", "unsigned hyper", 18446744073709551615n],
    ["(DWORD)-1", "hyper", 4294967295n],
    ["((DWORD)-1)", "unsigned long", 4294967295],
    ["(short)0x18000", "long", -32768],
    ["sizeof(S) + sizeof(S *)", "long", 24],
    ["sizeof(DWORD)", "long", 4],
    ["1 ? 2 : 3", "long", 2],
    ["!0 && (2 > 1) || 0", "long", 1],
    ["~0 & 0xFF ^ 1 | 256", "long", 510],
    ["'a'", "char", 97],
    ["L'\\x41'", "wchar_t", 65],
    ['"a" "b\\n"', "char *", "ab\n"],
    ["NULL", "void *", null],
    ["TRUE", "boolean", true],
    ["010 + 1u + 1L + 1i64", "long", 11],
    ["1.5 * 2", "double", 3],
    ["-2.5", "double", -2.5],
    ["-1 >> 1", "long", -1],
    ["5 == 5", "long", 1],
  ])("%s as %s", (expression, type, expected) => {
    expect(valueOf(expression, type)).toBe(expected);
  });

  it.each([
    ["const long x = 1 / 0;", "MIDL2031", 19],
    ["const long x = nope;", "MIDL2009", 15],
    ["const long x = 99999999999999999999;", "MIDL2115", 15],
    ["const long x = 12ab;", "MIDL2116", 15],
    ["const long x = 'ab';", "MIDL2108", 15],
    ["const long x = *1;", "MIDL2030", 15],
    ["const long x = 1[2];", "MIDL2033", 15],
    ["const long x = 1.a;", "MIDL2116", 15],
    ['const long x = "a";', "MIDL2154", 15],
    ['const long x = -"a";', "MIDL2032", 15],
    ["typedef long T; const long x = T;", "MIDL2035", 31],
  ])("reports %s", (source, number, column) => {
    const text = messages(source);
    expect(text).toContain(number);
    expect(text.split("\n")[2]?.indexOf("^")).toBe(column);
  });

  it("refers to parameters declared later, and to members behind pointers", () => {
    const found = interfaceOf(
      "typedef struct { long n; } S;\nvoid f([in, size_is(p ? *p : 0)] char *a, [in, unique] long *p, [in] S *s, [in, size_is(s->n + 1)] char *b, [in, size_is((short)s->n, 2)] char **c);",
    );
    expect(found.operations[0]?.parameters[0]?.type).toMatchObject({
      pointee: { size: { sizeIs: { kind: "conditional", condition: { target: { name: "p" } } } } },
    });
    expect(found.operations[0]?.parameters[3]?.type).toMatchObject({
      pointee: { size: { sizeIs: { kind: "binary", left: { kind: "member", member: { name: "n" } } } } },
    });
  });

  it("refuses members of what is no struct", () => {
    expect(messages(inInterface("void f([in] long n, [in, size_is(n.x)] char *a);"))).toContain("MIDL2034");
  });
});
