/** Manager routines that hand nodes to the pool: an address goes to a thread, and another one comes back. Nothing is copied. */
import { freeReferents, withRpcSs } from "@midl-ts/runtime";
import type { SharedMemory } from "@midl-ts/runtime";
import { PART } from "./generated/statistics.ts";
import type { SAMPLES } from "./generated/statistics.ts";
import type { StatisticsManager } from "./generated/statistics_s.ts";
import type { WorkerPool } from "./pool.ts";
import type { Task } from "./task.ts";

/** The manager over a pool whose threads use the same memory. */
export function statisticsManager(pool: WorkerPool, memory: SharedMemory): StatisticsManager {
  /** The tasks for so many parts of the samples. */
  function tasks(samples: SAMPLES, count: number): Task[] {
    const size = Math.ceil(samples.count / count);
    return Array.from({ length: count }, (_, index) => ({
      samples: memory.addressOf(samples),
      first: index * size,
      count: Math.max(0, Math.min(size, samples.count - index * size)),
    })).filter((task) => task.count > 0);
  }

  /** Has all of them done. None looks at the samples any more when this is settled, even if one has failed: the stub frees them then. */
  async function run(all: readonly Task[]): Promise<{ readonly parts: readonly PART[]; readonly failed: boolean }> {
    const outcomes = await Promise.allSettled(all.map((task) => pool.run(task)));
    const addresses = outcomes.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    const parts = addresses.map((address) => PART.at(memory.heap, address, PART.size));
    return { parts, failed: parts.length < all.length };
  }

  return {
    /** The threads allocate nodes, and the server stub frees them after the reply. */
    async Parts({ samples, count }) {
      const { parts, failed } = await run(tasks(samples, count));
      if (failed) {
        for (const part of parts) freeReferents(PART, part, memory);
        return { parts: null, returnValue: RPC_S_OUT_OF_MEMORY };
      }
      parts.forEach((part, index) => (part.next = parts[index + 1] ?? null));
      return { parts: parts[0] ?? null, returnValue: 0 };
    },

    /** The threads allocate in an environment of this call; when it ends, all that they allocated is gone. */
    async Analyse({ samples, count, report }) {
      return withRpcSs(async (handle) => {
        const { parts, failed } = await run(tasks(samples, count).map((task) => ({ ...task, handle })));
        if (failed) return { returnValue: RPC_S_OUT_OF_MEMORY };
        report.least = Math.min(...parts.map((part) => part.least));
        report.greatest = Math.max(...parts.map((part) => part.greatest));
        report.mean = parts.reduce((sum, part) => sum + part.sum, 0) / samples.count;
        report.parts = parts.length;
        return { report, returnValue: 0 };
      }, memory);
    },
  };
}

const RPC_S_OUT_OF_MEMORY = 14;
