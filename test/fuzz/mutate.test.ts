import { expect, test } from "vitest";
import { mutate, Random } from "./mutate.ts";

test.each([
  ["a Uint8Array", () => Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
  ["a Buffer, whose slice() is a view", () => Buffer.of(1, 2, 3, 4, 5, 6, 7, 8)],
])("a mutant leaves its seed as it is: %s", (_, seed) => {
  const random = new Random(1);
  const octets = seed();
  const mutants = Array.from({ length: 200 }, () => mutate(octets, random));
  expect([...octets]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(mutants.filter((mutant) => !Buffer.from(octets).equals(mutant)).length).toBeGreaterThan(150);
});

test("the same seed gives the same mutants", () => {
  const of = (seed: number): string => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => Buffer.from(mutate(Buffer.alloc(16), random)).toString("hex")).join(" ");
  };
  expect(of(7)).toBe(of(7));
  expect(of(7)).not.toBe(of(8));
});
