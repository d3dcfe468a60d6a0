/** M2: strings of structures are arrays, with their terminator in them. */
import { describe, expect, it } from "vitest";
import { STRUCTURE_STRINGS_IDL } from "../generator/emit/structure-strings-idl.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

const compiled = compileIdl("pairs", STRUCTURE_STRINGS_IDL);

const end = { a: 0, b: 0 };
const text = [{ a: 1, b: 2 }, { a: 0, b: 3 }, end];

describeMemories((kind) => {
  describe("M2: what the server stub allocates", () => {
    it("a string as long as what is sent, and frees it after the reply", async () => {
      await using sides = await memoryFixture(kind, {}, compiled);
      const seen: unknown[] = [];
      sides.routines.set("Take", (request) => {
        seen.push(
          plain(request["s"]),
          plain(request["held"]),
          [...sides.server.live].map(({ cBytes }) => cBytes).sort(),
        );
        return 0;
      });
      await sides.call("Take", { s: text, held: { m: 7, p: [end], q: [{ a: 5, b: 6 }, end] } });
      expect(seen.slice(0, 1)).toEqual([text]);
      expect(seen[1]).toMatchObject({ m: 7, p: [end] });
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    });
  });
});
