/** One operation with [enable_allocate] beside the same one without: who allocates, who frees, and when. */
import {
  MemoryTransport,
  RpcBinding,
  RpcServer,
  RpcSsGetThreadHandle,
  allocateNode,
  freeReferents,
  managedMemory,
  rpcSsMemory,
  trackMemory,
  withRpcSs,
} from "@midl-ts/runtime";
import type { MidlUserMemory, RpcSsThreadHandle } from "@midl-ts/runtime";
import { ENTRY } from "./generated/directory.ts";
import { DirectoryClient } from "./generated/directory_c.ts";
import { directoryServerStub } from "./generated/directory_s.ts";
import type { DirectoryManager } from "./generated/directory_s.ts";

const NAMES = ["Ada Lovelace", "Adele Goldberg", "Alan Kay", "Grace Hopper"];

/** Runs server and client in this process. */
export async function run(print: (line: string) => void): Promise<void> {
  const serverPair = trackMemory(managedMemory());
  const clientPair = trackMemory(managedMemory());
  let environment: RpcSsThreadHandle | null = null;

  const manager: DirectoryManager = {
    List({ prefix }, call) {
      const all = toList(NAMES, call.memory);
      const entries = toList(namesIn(all, prefix), call.memory);
      freeReferents(ENTRY, all, call.memory); // `entries` is the stub's to free, `all` is ours
      return { entries, returnValue: 0 };
    },
    ListInEnvironment({ prefix }) {
      environment = RpcSsGetThreadHandle();
      const all = toList(NAMES, rpcSsMemory); // RpcSsAllocate: it goes with the environment, returned or not
      return { entries: toList(namesIn(all, prefix), rpcSsMemory), returnValue: 0 };
    },
  };

  const transports = [new MemoryTransport()];
  await using server = new RpcServer({ transports });
  server.register(directoryServerStub(manager, serverPair));
  await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[directory]"), { transports });
  const client = new DirectoryClient(binding, clientPair);
  const report = (what: string, list: ENTRY | null): void => {
    print(`${what}: ${namesIn(list, "").join(", ")}`);
    print(`  server  ${counted(serverPair)}${environment === null ? "" : `; ${held(environment)}`}`);
    print(`  client  ${counted(clientPair)}`);
  };

  const { entries } = await client.List({ prefix: "Ad" });
  report("List", entries);
  freeReferents(ENTRY, entries, clientPair);
  print(`  client  ${counted(clientPair)}, after freeReferents`);

  const ended = await withRpcSs(async (handle) => {
    const answer = await client.ListInEnvironment({ prefix: "A" });
    report("ListInEnvironment, with an environment on the client", answer.entries);
    print(`  client  ${held(handle)}`);
    return handle;
  });
  print(`  client  ${held(ended)}, after withRpcSs`);

  const plain = await client.ListInEnvironment({ prefix: "G" });
  report("ListInEnvironment, without one", plain.entries);
  freeReferents(ENTRY, plain.entries, clientPair);
  print(`  client  ${counted(clientPair)}, after freeReferents`);
}

function toList(names: readonly string[], memory: MidlUserMemory): ENTRY | null {
  let head: ENTRY | null = null;
  for (const name of names.toReversed()) head = allocateNode(memory, ENTRY, { name, next: head });
  return head;
}

function namesIn(list: ENTRY | null, prefix: string): string[] {
  const names: string[] = [];
  for (let entry = list; entry !== null; entry = entry.next)
    if (entry.name?.startsWith(prefix) === true) names.push(entry.name);
  return names;
}

function counted({ allocations, frees, liveCount }: ReturnType<typeof trackMemory>): string {
  return `pair: ${allocations} allocated, ${frees} freed, ${liveCount} live`;
}

function held({ enabled, allocations, liveCount }: RpcSsThreadHandle): string {
  return `environment: ${enabled ? "enabled" : "ended"}, ${allocations} allocated, ${liveCount} live`;
}
