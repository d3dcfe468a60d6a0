import { describe, expect, it } from "vitest";
import { demonstrate } from "../../examples/strout/demonstration.ts";

describe("examples/strout", () => {
  it("M4, M8: gives out an array of strings from the server's pair, and frees it on both sides", async () => {
    const lines: string[] = [];
    expect(await demonstrate((line) => lines.push(line))).toBe(true);
    expect(lines).toEqual([
      'GetNames "Ad": 2 (Ada Lovelace, Adele Goldberg)',
      "  server  1 allocated, 1 freed, 0 live (0 octets)",
      "  client  1 allocated, 0 freed, 1 live (16 octets)",
      "  client  1 allocated, 1 freed, 0 live (0 octets), after midl_user_free(names)",
      'GetNames "": 4 (Ada Lovelace, Adele Goldberg, Alan Kay, Grace Hopper)',
      "  server  2 allocated, 2 freed, 0 live (0 octets)",
      "  client  2 allocated, 1 freed, 1 live (32 octets)",
      "  client  2 allocated, 2 freed, 0 live (0 octets), after midl_user_free(names)",
      'GetNames "Z": 0 ()',
      "  server  3 allocated, 3 freed, 0 live (0 octets)",
      "  client  3 allocated, 2 freed, 1 live (0 octets)",
      "  client  3 allocated, 3 freed, 0 live (0 octets), after midl_user_free(names)",
    ]);
  });
});
