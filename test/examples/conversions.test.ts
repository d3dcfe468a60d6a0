import { describe, expect, it } from "vitest";
import { demonstrate } from "../../examples/conversions/demonstration.ts";

describe("examples/conversions", () => {
  it("shows lists and dates on both sides, and gives every node back", async () => {
    const lines: string[] = [];
    expect(await demonstrate((line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      "Keep        12 31 19 27: 1 day known               client 5 allocated, 1 freed, 4 live; server 6 allocated, 6 freed, 0 live",
      "Limit 20    12 19, 2 taken out                     client 9 allocated, 3 freed, 6 live; server 14 allocated, 14 freed, 0 live",
      "HighestDay  31 on 2026-07-14                       client 10 allocated, 4 freed, 6 live; server 14 allocated, 14 freed, 0 live",
      "freed       both lists, by the client              client 10 allocated, 10 freed, 0 live; server 14 allocated, 14 freed, 0 live",
    ]);
  });
});
