import { describe, expect, it } from "vitest";
import { diagnosticTable, documentedNumbers, type DiagnosticEntry } from "../../../grammar/index.ts";
import { referenceNumbers } from "./reference-numbers.ts";

describe("documented numbers", () => {
  it("are all accounted for, and no others", () => {
    expect([...documentedNumbers().keys()]).toEqual(referenceNumbers);
  });

  it("are implemented or have a reason, not both", () => {
    const reported = new Set(Object.values<DiagnosticEntry>(diagnosticTable).map(({ midl }) => midl));
    for (const [midl, { status, because }] of documentedNumbers()) {
      expect([midl, status === "implemented"]).toEqual([midl, reported.has(midl)]);
      expect(because).not.toBe("");
    }
  });

  it("name the diagnostics that have them", () => {
    expect(documentedNumbers().get(2337)).toEqual({
      status: "implemented",
      because: "unsatisfied-forward-declaration",
    });
    expect(documentedNumbers().get(2076)).toEqual({ status: "implemented", because: "length-and-last" });
    expect(documentedNumbers().get(1008)).toEqual({ status: "command line", because: "the command line reports it" });
  });
});
