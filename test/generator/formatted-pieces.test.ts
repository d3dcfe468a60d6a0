import { describe, expect, it } from "vitest";
import { compile, FormattedPieces, type CompileResult } from "../../generator/index.ts";

const source = (comment: string): string => `
[uuid(12345678-1234-1234-1234-123456789abc), version(1.0), pointer_default(unique)]
interface many
{
${Array.from({ length: 60 }, (_, index) => `    /** ${index === 20 ? comment : "The same."} */\n    typedef struct S${index.toString()} { long a; [string] char *text; } S${index.toString()};\n`).join("")}
    void Ask([in] S1 *s);
}
`;

describe("formatted pieces", () => {
  it("give the same text as formatting anew, and are mostly found again after an edit", async () => {
    const formatted = new Counting();
    const first = await compiled(source("Before."), formatted);
    expect(first).toEqual(await compiled(source("Before.")));
    const before = formatted.kept;
    expect(before).toBeGreaterThan(5);
    expect(await compiled(source("After, with more to say."), formatted)).toEqual(
      await compiled(source("After, with more to say.")),
    );
    expect(formatted.kept - before).toBeLessThanOrEqual(2);
  });

  it("are forgotten when there are too many", () => {
    const formatted = new FormattedPieces();
    for (let index = 0; index < 10_000; index++) formatted.keep(`a${index.toString()}`, "");
    expect(formatted.get("a0")).toBeUndefined();
    expect(formatted.get("a9999")).toBe("");
  });
});

class Counting extends FormattedPieces {
  kept = 0;

  override keep(piece: string, text: string): void {
    this.kept++;
    super.keep(piece, text);
  }
}

async function compiled(text: string, formatted?: FormattedPieces): Promise<CompileResult["files"]> {
  const host = { readFile: (path: string) => (path === "many.idl" ? Buffer.from(text) : undefined) };
  const result = await compile({ files: ["many.idl"], host, formatted });
  expect(result.errorCount).toBe(0);
  return result.files;
}
