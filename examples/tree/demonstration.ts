/** A tree that is allocated node by node, beside the same tree in one block. */
import {
  MemoryTransport,
  RpcBinding,
  RpcServer,
  allocateNode,
  freeReferents,
  managedMemory,
  trackMemory,
} from "@midl-ts/runtime";
import type { MidlUserMemory, TrackedMemory } from "@midl-ts/runtime";
import { TREE } from "./generated/tree.ts";
import { TreeClient } from "./generated/tree_c.ts";
import { treeServerStub } from "./generated/tree_s.ts";
import type { TreeManager } from "./generated/tree_s.ts";

const HIGHEST = 7;

const manager: TreeManager = {
  Sum: ({ tree }) => sumOf(tree),
  SumOfBlock: ({ tree }) => sumOf(tree),
  Plant: ({ highest }, call) => ({ tree: treeOf(1, highest, call.memory), returnValue: 0 }),
  PlantBlock: ({ highest }, call) => ({ tree: treeOf(1, highest, call.memory), returnValue: 0 }),
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
  server.register(treeServerStub(manager, sides.server));
  await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[tree]"), { transports });
  const client = new TreeClient(binding, sides.client);

  /** Says what one step cost a side. */
  const measured = async <T>(what: string, side: TrackedMemory, step: () => Promise<T> | T): Promise<T> => {
    const { allocations, frees } = side;
    const result = await step();
    print(`${what.padEnd(34)} ${side.allocations - allocations} allocated, ${side.frees - frees} freed`);
    return result;
  };

  const { tree } = await measured("Plant, client", sides.client, () => client.Plant({ highest: HIGHEST }));
  const block = await measured("PlantBlock, client", sides.client, () => client.PlantBlock({ highest: HIGHEST }));
  const [sum, sumOfBlock] = [sumOf(tree), sumOf(block.tree)];
  print(`both trees are the same: ${sum} and ${sumOfBlock}`);

  if (tree !== null) await measured("Sum, server", sides.server, () => client.Sum({ tree }));
  if (block.tree !== null) {
    const { tree: root } = block;
    await measured("SumOfBlock, server", sides.server, () => client.SumOfBlock({ tree: root }));
  }

  await measured("freed node by node, client", sides.client, () => {
    freeReferents(TREE, tree, sides.client);
  });
  await measured("freed as a block, client", sides.client, () => {
    if (block.tree !== null) sides.client.midl_user_free(block.tree);
  });
  return sides.client.liveCount === 0 && sides.server.liveCount === 0;
}

/** A balanced tree of the values from `lowest` to `highest`, of nodes from a pair. */
function treeOf(lowest: number, highest: number, memory: MidlUserMemory): TREE | null {
  if (lowest > highest) return null;
  const value = Math.floor((lowest + highest) / 2);
  return allocateNode(memory, TREE, {
    value,
    left: treeOf(lowest, value - 1, memory),
    right: treeOf(value + 1, highest, memory),
  });
}

function sumOf(tree: TREE | null): number {
  return tree === null ? 0 : tree.value + sumOf(tree.left) + sumOf(tree.right);
}
