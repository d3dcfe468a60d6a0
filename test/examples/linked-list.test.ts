import { describe, expect, it } from "vitest";
import { demonstrate } from "../../examples/linked-list/demonstration.ts";

describe("examples/linked-list", () => {
  it("M20, M21: the client's nodes are used again, and those that are cut off are seen and freed", async () => {
    const lines: string[] = [];
    expect(await demonstrate((line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      "Resize 2: 1 2, 0 of the client's nodes used again",
      "  server  2 allocated, 2 freed, 0 live",
      "  client  2 allocated, 0 freed, 2 live",
      "Resize 5: 1 2 3 4 5, 2 of the client's nodes used again",
      "  server  7 allocated, 7 freed, 0 live",
      "  client  5 allocated, 0 freed, 5 live",
      "Resize 3: 1 2 3, 3 of the client's nodes used again",
      "  server  12 allocated, 12 freed, 0 live",
      "  client  5 allocated, 0 freed, 5 live",
      "  orphan  Resize.list->next->next->next: 4 5",
      "  client  5 allocated, 2 freed, 3 live, after freeReferents",
      "Resize 0: empty, 0 of the client's nodes used again",
      "  server  15 allocated, 15 freed, 0 live",
      "  client  5 allocated, 2 freed, 3 live",
      "  orphan  Resize.list: 1 2 3",
      "  client  5 allocated, 5 freed, 0 live, after freeReferents",
    ]);
  });
});
