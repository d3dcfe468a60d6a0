/** What the examples print that run in one process. */
import { expect, it } from "vitest";
import { run as enableAllocate } from "../../examples/enable-allocate/demo.ts";
import { run as phonebookOsf } from "../../examples/phonebook-osf/demo.ts";

async function printed(run: (print: (line: string) => void) => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = [];
  await run((line) => lines.push(line));
  return lines;
}

it("M26: enable-allocate frees with the pair in one operation and with the environment in the other", async () => {
  expect(await printed(enableAllocate)).toEqual([
    "List: Ada Lovelace, Adele Goldberg",
    "  server  pair: 6 allocated, 6 freed, 0 live",
    "  client  pair: 2 allocated, 0 freed, 2 live",
    "  client  pair: 2 allocated, 2 freed, 0 live, after freeReferents",
    "ListInEnvironment, with an environment on the client: Ada Lovelace, Adele Goldberg, Alan Kay",
    "  server  pair: 6 allocated, 6 freed, 0 live; environment: ended, 7 allocated, 0 live",
    "  client  pair: 2 allocated, 2 freed, 0 live",
    "  client  environment: enabled, 3 allocated, 3 live",
    "  client  environment: ended, 3 allocated, 0 live, after withRpcSs",
    "ListInEnvironment, without one: Grace Hopper",
    "  server  pair: 6 allocated, 6 freed, 0 live; environment: ended, 5 allocated, 0 live",
    "  client  pair: 3 allocated, 2 freed, 1 live",
    "  client  pair: 3 allocated, 3 freed, 0 live, after freeReferents",
  ]);
});

it("M38: phonebook-osf needs no pair", async () => {
  expect(await printed(phonebookOsf)).toEqual([
    "OpenBook        handle PHONEBOOK_HANDLE            server: no environment",
    "LookupByPrefix  Ada Lovelace, Adele Goldberg       server: environment ended, 2 allocated, 0 live",
    "AddEntries      1 added                            server: environment ended, 1 allocated, 0 live",
    "client: environment enabled, 3 allocated, 3 live",
    "client: environment ended, 3 allocated, 0 live",
    "LookupByPrefix  Alonzo Church                      server: environment ended, 1 allocated, 0 live",
    "rpc_sm_client_free gives 0",
    "CloseBook       closed",
  ]);
});
