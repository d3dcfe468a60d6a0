/** M2: rows of a recursive type, whose sizes come from beside the array. */
import { describe, expect, it } from "vitest";
import { RECURSIVE_ROWS_IDL } from "../generator/emit/recursive-rows-idl.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

const compiled = compileIdl("rows", RECURSIVE_ROWS_IDL);

const link = (value: number, next: object | null = null): object => ({ value, next });
const rows = [
  [link(1, link(2)), link(3)],
  [link(4), link(5)],
];

describeMemories((kind) => {
  describe("M2: what the server stub allocates", () => {
    it("the rows, their elements in them and what those lead to, and frees it after the reply", async () => {
      await using sides = await memoryFixture(kind, {}, compiled);
      const seen: unknown[] = [];
      sides.routines.set("Take", (request) => {
        seen.push(plain(request["a"]), [...sides.server.live].map(({ cBytes }) => cBytes).sort());
        return 0;
      });
      await sides.call("Take", { n: 2, m: 2, a: rows });
      // An array of two pointers, two rows of two structs, one struct: 16 octets each, with pointers of 8 octets.
      expect(seen).toEqual([rows, [16, 16, 32, 32]]);
      expect(sides.server).toMatchObject({ allocations: 4, frees: 4, liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    });
  });
});
