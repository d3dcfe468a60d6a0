import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const rules = new URL("../../../grammar/rules/", import.meta.url);

/** The files of rules: what reports something, beside the two lists that call them. */
const files = readdirSync(rules).filter((name) => {
  return name.endsWith(".ts") && readFileSync(new URL(name, rules), "utf8").includes("reporter.report(");
});

describe("every rule", () => {
  it("has a test file of its own", () => {
    const tests = new Set(readdirSync(new URL(".", import.meta.url)));
    expect(files.filter((name) => !tests.has(name.replace(/\.ts$/, ".test.ts")))).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });
});
