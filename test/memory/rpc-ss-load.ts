/** Very many calls at once, each with an RpcSs environment: what M39 promises, counted. */
import {
  RpcSmAllocate,
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcStatus,
  withRpcSs,
} from "../../runtime/index.ts";
import type { RpcSsThreadHandle } from "../../runtime/index.ts";
import { list, valuesOf } from "./call-support.ts";
import { listFrom, start, turn } from "./rpc-ss-support.ts";
import type { Client, Sides } from "./rpc-ss-support.ts";

/** How much is to be done. */
export interface Load {
  readonly calls: number;
  readonly connections: number;
}

/** What came of it: everything but the first two is 0 when environments are kept apart and end. */
export interface LoadResult {
  readonly calls: number;
  /** Environments that calls had, each its own. */
  readonly environments: number;
  /** Environments that are still enabled. */
  readonly enabled: number;
  /** Nodes that environments still hold. */
  readonly live: number;
  /** Nodes of the pairs that are still live, on both sides. */
  readonly pairLive: number;
  /** Times that a manager or a client saw another environment, or a number of nodes, than its own. */
  readonly mixed: number;
  /** Calls that did not come to what they should. */
  readonly wrong: number;
}

/** Makes the calls, all of them at once, of every kind in turn. */
export async function manyCalls({ calls, connections }: Load): Promise<LoadResult> {
  await using sides = await start();
  const handles = new Set<RpcSsThreadHandle>();
  const counts = { mixed: 0, wrong: 0 };
  setRoutines(sides, handles, counts);
  const clients = Array.from({ length: connections }, () => sides.connect());
  await Promise.all(
    Array.from({ length: calls }, async (_, index) => {
      const client = clients[index % connections];
      if (client === undefined || !(await oneCall(client, index, handles, counts))) counts.wrong++;
    }),
  );
  const all = [...handles];
  return {
    calls,
    environments: handles.size,
    enabled: all.filter(({ enabled }) => enabled).length,
    live: all.reduce((sum, { liveCount, markedCount }) => sum + liveCount + markedCount, 0),
    pairLive: sides.memory.liveCount + clients.reduce((sum, { memory }) => sum + memory.liveCount, 0),
    ...counts,
  };
}

interface Counts {
  mixed: number;
  wrong: number;
}

const KINDS = 5;

/** Kinds of calls: 0 allocates, 1 throws, 2 edits in the environment of the client too, 3 has none, 4 enables one itself. */
async function oneCall(
  client: Client,
  index: number,
  handles: Set<RpcSsThreadHandle>,
  counts: Counts,
): Promise<boolean> {
  const sent = list(index, index + 1);
  switch (index % KINDS) {
    case 0:
      return (await client.call("Take", { list: sent, limit: index % 4 }))["returnValue"] === index;
    case 1:
      return client.call("Take", { list: list(-index), limit: 0 }).then(
        () => false,
        () => true,
      );
    case 2:
      return withRpcSs(async (handle) => {
        handles.add(handle);
        await turn();
        const { list: edited } = await client.call("Edit", { list: null });
        if (RpcSsGetThreadHandle() !== handle || handle.liveCount !== 3) counts.mixed++;
        return valuesOf(edited).join() === "1,2,3";
      });
    default:
      return (await client.call("TakePlain", { list: sent }))["returnValue"] === index;
  }
}

function setRoutines(sides: Sides, handles: Set<RpcSsThreadHandle>, counts: Counts): void {
  const { LIST } = sides;
  /** Allocates `rounds` nodes with waits between them, in an environment that holds `before` already. */
  const allocate = async (rounds: number, before: number): Promise<void> => {
    const handle = RpcSsGetThreadHandle();
    if (handle === null || handles.has(handle)) counts.mixed++;
    else handles.add(handle);
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) await turn();
      else await Promise.resolve();
      RpcSsFree(RpcSsAllocate(16, LIST));
      RpcSsAllocate(16, LIST);
      if (RpcSsGetThreadHandle() !== handle || handle?.liveCount !== before + round + 1) counts.mixed++;
    }
  };
  sides.routines.set("Take", async ({ list: taken, limit }) => {
    const [first = 0, ...others] = valuesOf(taken);
    await allocate(Number(limit) + 1, 1 + others.length);
    if (first < 0) throw new Error("as asked");
    return first;
  });
  sides.routines.set("Edit", async () => {
    await allocate(1, 0);
    return { list: listFrom(() => RpcSsAllocate(16, LIST), 1, 2, 3), returnValue: 0 };
  });
  sides.routines.set("TakePlain", async ({ list: taken }) => {
    const [first = 0] = valuesOf(taken);
    const enables = first % KINDS === 4;
    if (RpcSsGetThreadHandle() !== null) counts.mixed++;
    if (enables) {
      RpcSsEnableAllocate();
      await allocate(2, 0);
      RpcSsDisableAllocate();
    }
    await turn();
    if (RpcSmAllocate(16, LIST).status !== RpcStatus.RPC_S_INVALID_ARG) counts.mixed++;
    return first;
  });
}
