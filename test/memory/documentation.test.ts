/** MEMORY.md names the rules as they are. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../memory-rules/rules.ts";

const page = readFileSync(new URL("../../MEMORY.md", import.meta.url), "utf8");

describe("MEMORY.md", () => {
  it("has every rule in the words that the tests are printed with", () => {
    const rows = [...page.matchAll(/^\| (M\d+) +\| (.*?) +\|$/gm)].map(([, rule, says]) => [rule, says]);
    expect(rows).toEqual(Object.entries(RULES));
  });

  it("leads from a page of Microsoft's to each rule but those of our own memories, reports and comparisons", () => {
    const [, pages = ""] = page.split("## From Microsoft's pages to the rules");
    const [table = ""] = pages.split("## The rules");
    const named = new Set(
      [...table.matchAll(/M(\d+)(?: to M(\d+))?/g)].flatMap(([, first, last = first]) => {
        const [from, to] = [Number(first), Number(last)];
        return Array.from({ length: to - from + 1 }, (_, index) => `M${from + index}`);
      }),
    );
    const others = Object.keys(RULES).filter((rule) => !named.has(rule));
    expect(others).toEqual(["M12", "M29", "M30", "M31", "M32", "M41"].filter((rule) => !named.has(rule)));
  });
});
