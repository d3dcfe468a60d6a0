/** One buffer for the answers of many calls: the client's stub places every node in it, and allocates nothing. */
import {
  MemoryTransport,
  RpcBinding,
  RpcError,
  RpcServer,
  allocateNode,
  byteCountMemory,
  managedMemory,
  trackMemory,
} from "@midl-ts/runtime";
import type { TrackedMemory } from "@midl-ts/runtime";
import { ENTRY } from "./generated/directory.ts";
import { DirectoryClient } from "./generated/directory_c.ts";
import { directoryServerStub } from "./generated/directory_s.ts";
import type { DirectoryManager } from "./generated/directory_s.ts";

const NAMES = ["Ada Lovelace", "Adele Goldberg", "Alan Kay", "Grace Hopper"];

const manager: DirectoryManager = {
  List({ prefix, first }) {
    const memory = byteCountMemory(first); // the rest of the one buffer that the stub allocated for the answer
    const found = NAMES.filter((name) => name.startsWith(prefix));
    let last = first;
    for (const [index, name] of found.entries()) {
      if (index > 0) last = last.next = allocateNode(memory, ENTRY);
      last.name = name;
    }
    return { returnValue: found.length };
  },
};

/**
 * Runs the example.
 *
 * @param print takes each line of what it shows
 * @returns whether the client allocated nothing, and the server gave everything back
 */
export async function demonstrate(print: (line: string) => void): Promise<boolean> {
  const sides = { client: trackMemory(managedMemory()), server: trackMemory(managedMemory()) };
  const transports = [new MemoryTransport()];
  await using server = new RpcServer({ transports });
  server.register(directoryServerStub(manager, sides.server));
  await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[directory]"), { transports });
  const client = new DirectoryClient(binding, sides.client);

  const buffer = new Uint8Array(256);
  for (const prefix of ["Ad", "G", "Al", "A"]) {
    const { first } = await client.List({ prefix, length: buffer.length, first: buffer });
    print(`List "${prefix}": ${namesOf(first)}`);
    print(`  server  ${counted(sides.server)}`);
    print(`  client  ${counted(sides.client)}`);
  }

  try {
    await client.List({ prefix: "", length: 64, first: buffer });
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    print(`List "" into 64 octets: ${error.name}`);
    print(`  server  ${counted(sides.server)}`);
    print(`  client  ${counted(sides.client)}`);
  }
  return sides.client.allocations === 0 && sides.server.liveCount === 0;
}

function namesOf(first: ENTRY): string {
  const names: string[] = [];
  for (let entry: ENTRY | null = first; entry !== null; entry = entry.next) names.push(entry.name ?? "");
  return names.join(", ");
}

function counted({ allocations, frees, liveCount }: TrackedMemory): string {
  return `${allocations} allocated, ${frees} freed, ${liveCount} live`;
}
