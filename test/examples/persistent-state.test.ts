import { describe, expect, it } from "vitest";
import { demonstrate } from "../../examples/persistent-state/demonstration.ts";

describe("examples/persistent-state", () => {
  it("M24: notes stay between calls, and go when they are closed or run down", async () => {
    const lines: string[] = [];
    expect(await demonstrate((line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      "AddNotes milk, bread: 2 kept                     client 0 live, server 2 allocated, 0 freed, 2 live",
      "AddNotes tea: 3 kept                             client 0 live, server 3 allocated, 0 freed, 3 live",
      "CountCharacters: 12                              client 0 live, server 3 allocated, 0 freed, 3 live",
      "CloseNotes                                       client 0 live, server 3 allocated, 3 freed, 0 live",
      "AddNotes salt, pepper, oil: 3 kept               client 0 live, server 6 allocated, 3 freed, 3 live",
      "gone without CloseNotes: run down                client 0 live, server 6 allocated, 6 freed, 0 live",
    ]);
  });
});
