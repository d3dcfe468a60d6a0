import { describe, expect, it } from "vitest";
import { diagnosticTable, formatDiagnostic, Reporter, sourceFile } from "../../../grammar/index.ts";

describe("diagnostics", () => {
  it("keep tabs before the caret", () => {
    const reporter = new Reporter();
    const file = sourceFile("a.idl", "x\r\n\tlong \tbad;\n");
    reporter.report("undefined-symbol", { file, start: 10, end: 13 }, { name: "bad" });
    reporter.report("undefined-symbol", { file, start: 10, end: 13 }, { name: "bad" });
    expect(reporter.diagnostics.map(formatDiagnostic)).toEqual([
      "a.idl(2) : error MIDL2009 : undefined symbol : bad\n\tlong \tbad;\n\t     \t^~~",
    ]);
  });

  it("have an explanation each", () => {
    for (const entry of Object.values(diagnosticTable)) expect(entry.explanation).toMatch(/\.$|\)$/);
  });
});
