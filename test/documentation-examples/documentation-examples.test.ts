import { describe, expect, it } from "vitest";
import { usageFailure } from "./check.ts";
import { errorsOf } from "./compile-sources.ts";
import { framed } from "./frames.ts";
import { entries, isExample } from "./list.ts";
import { reductions } from "./reductions/reductions.ts";

const examples = entries.filter(isExample);

describe("reductions of the documentation's examples", () => {
  it.each(Object.entries(reductions))("%s", async (_name, { frame, text, given, midl }) => {
    const errors = await errorsOf(framed(frame, text, given), frame, true);
    if (midl === undefined) expect(errors.map((error) => error.text)).toEqual([]);
    else expect(errors.map((error) => error.midl)).toEqual([midl]);
  });
});

describe("the list of the documentation's examples", () => {
  it("names a reduction for each example, which comes to the same", () => {
    for (const { id, reduction, midl } of examples) expect([id, reductions[reduction]?.midl]).toEqual([id, midl]);
    for (const { id, reduction } of examples) expect([id, reduction in reductions]).toEqual([id, true]);
  });

  it("uses every reduction", () => {
    const used = new Set(examples.map(({ reduction }) => reduction));
    expect(Object.keys(reductions).filter((name) => !used.has(name))).toEqual([]);
  });

  it("says what comes of each command line", () => {
    const commands = entries.flatMap((entry) => (entry.kind === "command" ? [entry] : []));
    expect(commands.flatMap((entry) => usageFailure(entry) ?? [])).toEqual([]);
  });

  it("mends what it calls mended, and nothing else", () => {
    for (const { id, kind, mends } of examples) {
      if (kind !== "refused") expect([id, mends.length > 0]).toEqual([id, kind === "mended"]);
    }
  });
});
