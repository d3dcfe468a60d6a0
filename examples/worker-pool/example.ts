/** The whole example: a server whose manager routines have a pool of threads do the work, and a client that calls it over TCP. */
import type { Worker } from "node:worker_threads";
import { RpcBinding, RpcServer, managedMemory, sharedMemory } from "@midl-ts/runtime";
import { StatisticsClient } from "./generated/statistics_c.ts";
import { statisticsServerStub } from "./generated/statistics_s.ts";
import { statisticsManager } from "./manager.ts";
import { WorkerPool } from "./pool.ts";

const MEGABYTE = 1 << 20;
const THREADS = 3;

/**
 * Serves, calls every operation, and prints what happened.
 *
 * @param start starts a thread that runs worker.ts over a memory
 * @returns blocks of the shared memory that were not freed
 */
export async function runExample(
  start: (memory: SharedArrayBuffer) => Worker,
  print: (line: string) => void,
): Promise<number> {
  const memory = sharedMemory(MEGABYTE);
  await using pool = new WorkerPool(Array.from({ length: THREADS }, () => start(memory.buffer)));
  const server = new RpcServer();
  server.register(statisticsServerStub(statisticsManager(pool, memory), memory));
  const address = await server.listen("ncacn_ip_tcp:127.0.0.1");
  {
    await using binding = RpcBinding.fromString(address);
    const client = new StatisticsClient(binding, managedMemory());
    const values = Float64Array.from({ length: 10_000 }, (_, index) => ((index * 7919) % 10_000) / 100);
    const samples = { count: values.length, values };

    const { parts } = await client.Parts({ samples, count: 4 });
    for (let part = parts; part !== null; part = part.next)
      print(`${part.note}: ${part.least} to ${part.greatest}, sum ${part.sum.toFixed(2)}`);
    print(`after Parts: ${memory.blocksInUse} blocks in use`);

    const calls = Array.from({ length: 8 }, (_, index) => client.Analyse({ samples, count: index + 1 }));
    for (const { report } of await Promise.all(calls))
      print(`${report.parts} parts: ${report.least} to ${report.greatest}, mean ${report.mean.toFixed(3)}`);
    print(`after Analyse: ${memory.blocksInUse} blocks in use`);
  }
  await server.close({ drain: true });
  return memory.blocksInUse;
}
