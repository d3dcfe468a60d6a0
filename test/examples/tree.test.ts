import { describe, expect, it } from "vitest";
import { demonstrate } from "../../examples/tree/demonstration.ts";

describe("examples/tree", () => {
  it("M23: seven allocations node by node, and one for a block", async () => {
    const lines: string[] = [];
    expect(await demonstrate((line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      "Plant, client                      7 allocated, 0 freed",
      "PlantBlock, client                 1 allocated, 0 freed",
      "both trees are the same: 28 and 28",
      "Sum, server                        7 allocated, 7 freed",
      "SumOfBlock, server                 1 allocated, 1 freed",
      "freed node by node, client         0 allocated, 7 freed",
      "freed as a block, client           0 allocated, 1 freed",
    ]);
  });
});
