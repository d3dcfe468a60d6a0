import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { commandLineNumbers } from "../../generator/language-reference/command-line-numbers.ts";
import { languageReference } from "../../generator/language-reference/language-reference.ts";
import { generatorDiagnosticTable } from "../../generator/diagnostics.ts";
import { documentedNumbers } from "../../grammar/index.ts";

describe("LANGUAGE.md", () => {
  it("is what the tables give (npm run language)", async () => {
    const path = fileURLToPath(new URL("../../LANGUAGE.md", import.meta.url));
    const options = await resolveConfig(path);
    expect(readFileSync(path, "utf8")).toBe(await format(languageReference(), { ...options, parser: "markdown" }));
  });

  it("has a message or a reason for every number", () => {
    expect(languageReference()).not.toMatch(/^\| `MIDL\d+` \|[^|]*\|\s*\|$/m);
  });
});

describe("the numbers of the command line", () => {
  it("are those that the front end leaves to it", () => {
    const left = [...documentedNumbers()].filter(([, { status }]) => status === "command line");
    const here = [...commandLineNumbers().keys()].filter((number) => number < 9100);
    expect(here.sort((one, other) => one - other)).toEqual(left.map(([number]) => number));
  });

  it("are reported, or there is a reason", () => {
    const reported = new Set<number>(Object.values(generatorDiagnosticTable).map(({ midl }) => midl));
    for (const [number, { isReported }] of commandLineNumbers()) expect(isReported).toBe(reported.has(number));
  });
});
