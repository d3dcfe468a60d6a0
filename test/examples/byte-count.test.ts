import { describe, expect, it } from "vitest";
import { demonstrate } from "../../examples/byte-count/demonstration.ts";

describe("examples/byte-count", () => {
  it("M25: the client allocates nothing, however many calls", async () => {
    const lines: string[] = [];
    expect(await demonstrate((line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      'List "Ad": Ada Lovelace, Adele Goldberg',
      "  server  1 allocated, 1 freed, 0 live",
      "  client  0 allocated, 0 freed, 0 live",
      'List "G": Grace Hopper',
      "  server  2 allocated, 2 freed, 0 live",
      "  client  0 allocated, 0 freed, 0 live",
      'List "Al": Alan Kay',
      "  server  3 allocated, 3 freed, 0 live",
      "  client  0 allocated, 0 freed, 0 live",
      'List "A": Ada Lovelace, Adele Goldberg, Alan Kay',
      "  server  4 allocated, 4 freed, 0 live",
      "  client  0 allocated, 0 freed, 0 live",
      'List "" into 64 octets: RPC_S_SERVER_OUT_OF_MEMORY',
      "  server  5 allocated, 5 freed, 0 live",
      "  client  0 allocated, 0 freed, 0 live",
    ]);
  });
});
