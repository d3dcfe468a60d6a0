import { describe, expect, it } from "vitest";
import { failureOf, uncoveredLines } from "./check.ts";
import { command, compiles, mended, notTaken, other, refused, summary, type Entry } from "./entry.ts";
import type { FencedBlock } from "./fenced-blocks.ts";

/** What is wrong with an entry for a block of this text. */
function failure(entry: Entry, text: string, heading = "Remarks"): Promise<string | undefined> {
  return failureOf(entry, block(text, heading), true);
}

function block(text: string, heading = "Remarks"): FencedBlock {
  return { id: "Midl/page#1", heading, lines: text.split("\n") };
}

const ID = "Midl/page#1";
const constant = "constants";

describe("an entry of the list", () => {
  it("agrees with a block that does what it says", async () => {
    expect(await failure(compiles(ID, constant, "interface"), "const long X = 1;")).toBeUndefined();
    expect(await failure(compiles(`${ID}:2`, constant, "interface"), "x\nconst long X = 1;\ny")).toBeUndefined();
    expect(
      await failure(mended(ID, constant, [["no end", "1", "1;"]], "interface"), "const long X = 1"),
    ).toBeUndefined();
    expect(await failure(refused(ID, constant, 2011, "interface"), "void f([in] NONE a);")).toBeUndefined();
    expect(await failure(command(ID, "/Zs"), "midl /Zs")).toBeUndefined();
    expect(await failure(summary(ID), "long name;")).toBeUndefined();
    expect(await failure(other("C", ID), "a = b;", "Examples")).toBeUndefined();
  });

  it.each<[string, Entry, string, string]>([
    [
      "an example that does not compile",
      compiles(ID, constant, "interface"),
      "NONE f();",
      "main.idl(3) : error MIDL2011 : unresolved type declaration : NONE\nNONE f();\n^~~~",
    ],
    [
      "a misprint that is gone",
      mended(ID, constant, [["no end", "2", "2;"]], "interface"),
      "const long X = 1;",
      "no end : 2 is not there",
    ],
    [
      "a misprint that does no harm",
      mended(ID, constant, [["another name", "X", "Y"]], "interface"),
      "const long X = 1;",
      "compiles as it is printed",
    ],
    [
      "a mistake that is none",
      refused(ID, constant, 2011, "interface"),
      "void f();",
      "not refused with MIDL2011 alone:\n",
    ],
    [
      "an attribute that the reduction does without",
      compiles(ID, constant, "interface"),
      "/* unique */ void f([in, range(1, 2)] long a);",
      "the reduction does without in, range",
    ],
    ["another command line", command(ID, "/Zs"), "midl /osf", "the page has /osf"],
    ["a usage error", command(ID, "/nope"), "midl /nope", "midl /nope : unknown switch : /nope"],
    ["no usage error", notTaken(command(ID, "/Zs"), "no"), "midl /Zs", "midl /Zs : no usage error"],
  ])("reports %s", async (_title, entry, text, expected) => {
    expect(await failure(entry, text)).toBe(expected);
  });

  it("is no summary below the heading of examples", async () => {
    expect(await failure(summary(ID), "long x;", "Examples")).toBe("a summary below the heading of examples");
  });
});

describe("the lines of a block", () => {
  it("all belong to an entry, but for the empty ones", () => {
    const lines = block("a\n\nb\nc\nd");
    expect(uncoveredLines(lines, [other("C", ID)])).toEqual([]);
    expect(uncoveredLines(lines, [other("C", `${ID}:1`), other("C", `${ID}:4-5`)])).toEqual([3]);
  });
});
