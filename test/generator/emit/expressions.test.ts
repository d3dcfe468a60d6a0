import { describe, expect, it } from "vitest";
import { numberText, plainReference, references } from "../../../generator/emit/expressions.ts";
import type { Expression } from "../../../grammar/index.ts";
import { generateIdl } from "../../support/compile-idl.ts";

/** The size expression of `f`, with the parameters a (unsigned long), s (short), p (long *), q (long * [unique]) and h (hyper). */
async function sizeOf(text: string): Promise<Expression> {
  const idl = `[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e41), version(1.0), pointer_default(unique)] interface sizes
    { const long TWO = 2;
      void f([in] unsigned long a, [in] short s, [in] long *p, [in, unique] long *q, [in, size_is(${text})] byte data[]); }`;
  const { model } = await generateIdl("sizes", idl);
  const type = model.main.interfaces[0]?.operations[0]?.parameters[4]?.type;
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
    ["a && s", "Number((a !== 0 && s !== 0))"],
    ["a == 1 || s != 2", "Number((a === 1 || s !== 2))"],
    ["!a", "Number(!(a !== 0))"],
    ["(a > 1 && !s) ? 1 : 2", "((a > 1 && !(s !== 0)) ? 1 : 2)"],
    ["(unsigned short) a", "(a & 65535)"],
    ["(short) a", "((a << 16) >> 16)"],
    ["(long) a", "(a | 0)"],
    ["(unsigned long) s", "(s >>> 0)"],
  ])("%s", async (text, expected) => {
    expect(numberText(await sizeOf(text), (target) => target.name)).toBe(expected);
  });
});

describe("what an expression reads", () => {
  it("is every parameter in it, in order", async () => {
    expect(references(await sizeOf("a > s ? *p : -a")).map((each) => each.name)).toEqual(["a", "s", "p", "a"]);
  });

  it("is a parameter alone when it is nothing but that, or * of it", async () => {
    expect(plainReference(await sizeOf("a"))?.name).toBe("a");
    expect(plainReference(await sizeOf("*p"))?.name).toBe("p");
    expect(plainReference(await sizeOf("a + 1"))).toBeUndefined();
  });
});
