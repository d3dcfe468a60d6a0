import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { RpcSsThreadHandle } from "./environment.ts";
import { logicalThreads } from "./logical-threads.ts";
import { makeEnvironment } from "./make-environment.ts";

/**
 * Runs a routine with an RpcSs environment of its own, and releases all that was allocated in it when the routine is done, also when it
 * throws. Nothing that runs beside it sees the environment, however often it waits; what the routine itself begins does.
 *
 *     await withRpcSs(async () => {
 *       const { matches } = await client.LookupByPrefix({ prefix: "Ada" }); // a sensitive stub allocates here
 *     }); // and here all of it is gone
 *
 * @param routine is handed the environment's handle
 * @param memory gives out the storage of the nodes; ordinary objects by default
 */
export async function withRpcSs<Result>(
  routine: (handle: RpcSsThreadHandle) => Result | Promise<Result>,
  memory?: MidlUserMemory,
): Promise<Result> {
  const { clientPair, isManager = false } = logicalThreads.current ?? {};
  const environment = makeEnvironment(true, memory);
  try {
    return await logicalThreads.run({ environment, clientPair, isManager }, () => routine(environment));
  } finally {
    environment.end();
  }
}
