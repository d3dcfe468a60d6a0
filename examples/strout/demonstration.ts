/** A server that gives out as many names as it has, and a client that knows of none before the call. */
import { MemoryTransport, RpcBinding, RpcError, RpcServer, managedMemory, trackMemory } from "@midl-ts/runtime";
import type { MidlUserMemory, TrackedMemory } from "@midl-ts/runtime";
import { StroutClient } from "./generated/strout_c.ts";
import { stroutServerStub, wchar_t_string_uniqueArrayNode } from "./generated/strout_s.ts";
import type { StroutManager } from "./generated/strout_s.ts";

const NAMES = ["Ada Lovelace", "Adele Goldberg", "Alan Kay", "Grace Hopper"];

const manager: StroutManager = {
  GetNames({ prefix }, call) {
    const found = NAMES.filter((name) => name.startsWith(prefix));
    // The stub sends the array, and then gives it back to the pair with every string in it.
    return { count: found.length, names: arrayOf(found, call.memory), returnValue: 0 };
  },
};

/**
 * Runs the example.
 *
 * @param print takes each line of what it shows
 * @returns whether everything was given back, on both sides
 */
export async function demonstrate(print: (line: string) => void): Promise<boolean> {
  const sides = { client: trackMemory(managedMemory()), server: trackMemory(managedMemory()) };
  const transports = [new MemoryTransport()];
  await using server = new RpcServer({ transports });
  server.register(stroutServerStub(manager, sides.server));
  await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[strout]"), { transports });
  const client = new StroutClient(binding, sides.client);

  for (const prefix of ["Ad", "", "Z"]) {
    const { count, names } = await client.GetNames({ prefix });
    print(`GetNames "${prefix}": ${count} (${names?.join(", ") ?? "null"})`);
    print(`  server  ${counted(sides.server)}`);
    print(`  client  ${counted(sides.client)}`);
    if (names !== null) sides.client.midl_user_free(names);
    print(`  client  ${counted(sides.client)}, after midl_user_free(names)`);
  }
  return sides.client.liveCount === 0 && sides.server.liveCount === 0;
}

/** An array of strings from a pair. */
function arrayOf(strings: readonly string[], memory: MidlUserMemory): (string | null)[] {
  const type = wchar_t_string_uniqueArrayNode;
  const array = memory.midl_user_allocate(type.elementSize * strings.length, type);
  if (array === null) throw new RpcError("RPC_S_OUT_OF_MEMORY", "no storage for the names");
  for (const [index, string] of strings.entries()) array[index] = string;
  return array;
}

function counted({ allocations, frees, liveCount, liveOctets }: TrackedMemory): string {
  return `${allocations} allocated, ${frees} freed, ${liveCount} live (${liveOctets} octets)`;
}
