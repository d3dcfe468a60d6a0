/** A list that a server makes longer, shorter and empty: what becomes of the nodes that the client has. */
import {
  MemoryTransport,
  RpcBinding,
  RpcServer,
  allocateNode,
  freeReferents,
  managedMemory,
  trackMemory,
} from "@midl-ts/runtime";
import type { TrackedMemory } from "@midl-ts/runtime";
import { NODE } from "./generated/linked-list.ts";
import { ListClient } from "./generated/linked-list_c.ts";
import { listServerStub } from "./generated/linked-list_s.ts";
import type { ListManager } from "./generated/linked-list_s.ts";

const manager: ListManager = {
  Resize({ list, length }, call) {
    const nodes = nodesOf(list);
    const kept = nodes.slice(0, length);
    for (let value = kept.length + 1; value <= length; value++) kept.push(allocateNode(call.memory, NODE, { value })); // sent back, and then freed by the stub
    link(kept);
    // What was cut off hangs on nothing any more, so that the stub will not find it: whoever unlinks a node frees it.
    for (const node of nodes.slice(length)) call.memory.midl_user_free(node);
    return { list: kept[0] ?? null, returnValue: nodes.length };
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
  server.register(listServerStub(manager, sides.server));
  await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[list]"), { transports });
  const client = new ListClient(binding, sides.client);

  let list: NODE | null = null;
  let told = 0;
  for (const length of [2, 5, 3, 0]) {
    const before = nodesOf(list);
    ({ list } = await client.Resize({ list, length }));
    const reused = nodesOf(list).filter((node) => before.includes(node));
    print(`Resize ${length}: ${shown(list)}, ${reused.length} of the client's nodes used again`);
    print(`  server  ${counted(sides.server)}`);
    print(`  client  ${counted(sides.client)}`);
    for (const { node, path } of sides.client.orphaned.slice(told)) {
      const orphan = before.find((each) => each === node) ?? null;
      print(`  orphan  ${path}: ${shown(orphan)}`);
      freeReferents(NODE, orphan, sides.client);
      print(`  client  ${counted(sides.client)}, after freeReferents`);
    }
    told = sides.client.orphaned.length;
  }
  return sides.client.liveCount === 0 && sides.server.liveCount === 0;
}

/** The nodes of a list, the first first. */
function nodesOf(list: NODE | null): NODE[] {
  const nodes: NODE[] = [];
  for (let node = list; node !== null; node = node.next) nodes.push(node);
  return nodes;
}

/** Makes a list of nodes, in their order. */
function link(nodes: readonly NODE[]): void {
  for (const [index, node] of nodes.entries()) node.next = nodes[index + 1] ?? null;
}

function shown(list: NODE | null): string {
  const values = nodesOf(list).map((node) => node.value);
  return values.length === 0 ? "empty" : values.join(" ");
}

function counted({ allocations, frees, liveCount }: TrackedMemory): string {
  return `${allocations} allocated, ${frees} freed, ${liveCount} live`;
}
