import { describe, expect, it } from "vitest";
import { numberText, plainReference, references } from "../../../generator/emit/expressions.ts";
import type { Expression } from "../../../grammar/index.ts";
import { modelOf } from "../../grammar/compile.ts";
import { compileIdl } from "../../support/compile-idl.ts";
import { clientHalves, writer } from "../../support/stub-harness.ts";

/**
 * The size expression of `f`, with the parameters a (unsigned long), s (short), p (long *), q (long * [unique]), h (hyper),
 * n (unsigned __int3264), w (hyper *) and r (S *).
 */
function sizeOf(text: string, environment: "win32" | "win64" = "win64"): Expression {
  const idl = `[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e41), version(1.0), pointer_default(unique)] interface sizes
    { typedef unsigned __int3264 ULONG_PTR; const long TWO = 2; const ULONG_PTR ALL = -1; typedef struct { long n; } S;
      void f([in] unsigned long a, [in] short s, [in] long *p, [in, unique] long *q, [in] hyper h, [in] ULONG_PTR n, [in] hyper *w, [in] S *r,
        [in, size_is(${text})] byte data[]); }`;
  const type = modelOf(idl, { environment }).main.interfaces[0]?.operations[0]?.parameters.at(-1)?.type;
  if (type?.kind !== "array" || type.size.kind !== "conformant" || type.size.sizeIs === undefined)
    throw new Error("no size expression");
  return type.size.sizeIs;
}

describe("a size expression is printed as TypeScript", () => {
  it.each([
    ["a", "a"],
    ["*p", "p"],
    ["a / 2", "Math.trunc(a / 2)"],
    ["a * TWO + 1", "((a * 2) + 1)"],
    ["a % 8", "(a % 8)"],
    ["a << 1", "((a << 1) >>> 0)"],
    ["a >> 1", "(a >>> 1)"],
    ["s >> 1", "(s >> 1)"],
    ["a & 7", "((a & 7) >>> 0)"],
    ["s | 1", "(s | 1)"],
    ["~s", "~s"],
    ["-s", "-s"],
    ["a > 3 ? a : 3", "(a > 3 ? a : 3)"],
    ["q ? *q : 0", "(q !== null ? (q ?? 0) : 0)"],
    ["q == NULL ? 1 : 2", "(q === null ? 1 : 2)"],
    ["0 != q && s", "Number((q !== null && s !== 0))"],
    ["*&s", "s"],
    ["p[0]", "p"],
    ["(a ? r : r)->n + (&*r)->n", "((a !== 0 ? r : r).n + r.n)"],
    ["a && s", "Number((a !== 0 && s !== 0))"],
    ["a == 1 || s != 2", "Number((a === 1 || s !== 2))"],
    ["!a", "Number(!(a !== 0))"],
    ["(a > 1 && !s) ? 1 : 2", "((a > 1 && !(s !== 0)) ? 1 : 2)"],
    ["(unsigned short) a", "(a & 65535)"],
    ["(short) a", "((a << 16) >> 16)"],
    ["(long) a", "(a | 0)"],
    ["(unsigned long) s", "(s >>> 0)"],
  ])("%s", (text, expected) => {
    expect(numberText(sizeOf(text), (target) => target.name)).toBe(expected);
  });
});

describe("a 64-bit expression is printed as bigint, and narrowed as C narrows it", () => {
  it.each([
    ["(long) h", "Number(BigInt.asIntN(32, h))"],
    ["(unsigned long) (h >> 32)", "Number(BigInt.asUintN(32, (h >> (32n & 63n))))"],
    ["(long) (h / s)", "Number(BigInt.asIntN(32, (h / (BigInt(s) || 1n))))"],
    ["(long) (h % 8)", "Number(BigInt.asIntN(32, (h % 8n)))"],
    ["(long) (h * a)", "Number(BigInt.asIntN(32, BigInt.asIntN(64, (h * BigInt(a)))))"],
    ["(long) ((unsigned hyper) s >> 4)", "Number(BigInt.asIntN(32, (BigInt.asUintN(64, BigInt(s)) >> (4n & 63n))))"],
    ["(long) -h", "Number(BigInt.asIntN(32, BigInt.asIntN(64, -h)))"],
    ["(short) (s ? h : a)", "Number(BigInt.asIntN(16, (s !== 0 ? h : BigInt(a))))"],
    ["h > 0x100000000", "Number(h > 4294967296n)"],
    ["(unsigned hyper) h > s", "Number(BigInt.asUintN(64, h) > BigInt.asUintN(64, BigInt(s)))"],
    ["(long) *w", "Number(BigInt.asIntN(32, w))"],
    ["h ? 1 : 2", "(Number(h) !== 0 ? 1 : 2)"],
  ])("%s", (text, expected) => {
    expect(numberText(sizeOf(text), (target) => target.name)).toBe(expected);
  });
});

describe("__int3264 in an expression is as wide as a pointer of the environment", () => {
  it.each([
    ["(unsigned long) n", "Number(BigInt.asUintN(32, n))", "(Number(n) >>> 0)"],
    ["(unsigned long) (n >> 16)", "Number(BigInt.asUintN(32, (n >> (16n & 63n))))", "((Number(n) >>> 16) >>> 0)"],
    [
      "(long) ((ULONG_PTR) s >> 4)",
      "Number(BigInt.asIntN(32, (BigInt.asUintN(64, BigInt(s)) >> (4n & 63n))))",
      "(((s >>> 0) >>> 4) | 0)",
    ],
    ["n > a", "Number(n > BigInt(a))", "Number(Number(n) > a)"],
    ["ALL == 0xffffffff", "0", "1"],
    ["(unsigned long) (ALL >> 31)", "4294967295", "1"],
    ["a + sizeof(ULONG_PTR)", "(a + 8)", "(a + 4)"],
    ["a * sizeof(n)", "(a * 8)", "(a * 4)"],
    ["a + sizeof(q)", "(a + 8)", "(a + 4)"],
    ["(unsigned long) (~(ULONG_PTR) 0 / 2)", "4294967295", "2147483647"],
  ])("%s", (text, win64, win32) => {
    const name = (target: { readonly name: string }): string => target.name;
    expect([numberText(sizeOf(text, "win64"), name), numberText(sizeOf(text, "win32"), name)]).toEqual([win64, win32]);
  });

  it.each([
    ["win64", "ndr64", 2, "1000000000000000 0200000000000000 0102"],
    ["win32", "ndr", 4, "10000000 04000000 01020304"],
  ] as const)("in a stub of %s", async (environment, syntax, count, expected) => {
    const idl = `[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e42), version(1.0), pointer_default(unique)] interface narrowed
      { void f([in] unsigned __int3264 n, [in, size_is((long) (n / sizeof(n)))] byte data[]); }`;
    const { exports } = await compileIdl("narrowed", idl, { environment, transferSyntaxes: [syntax] });
    const w = writer(syntax === "ndr64");
    clientHalves(exports, "f", { n: 16n, data: Uint8Array.of(1, 2, 3, 4).subarray(0, count) }).marshal(w);
    expect(Buffer.from(w.octets()).toString("hex")).toBe(expected.replaceAll(" ", ""));
  });

  it("is too wide for a size in 64 bits alone", () => {
    expect(() => sizeOf("n")).toThrow("MIDL2059");
    expect(numberText(sizeOf("n", "win32"), (target) => target.name)).toBe("Number(n)");
  });
});

describe("what an expression reads", () => {
  it("is every parameter in it, in order", () => {
    expect(references(sizeOf("a > s ? *p : -a")).map((each) => each.name)).toEqual(["a", "s", "p", "a"]);
  });

  it("is a parameter alone when it is nothing but that, or * of it", () => {
    expect(plainReference(sizeOf("a"))?.name).toBe("a");
    expect(plainReference(sizeOf("*p"))?.name).toBe("p");
    expect(plainReference(sizeOf("a + 1"))).toBeUndefined();
  });
});
