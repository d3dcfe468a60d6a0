/** A thread of the pool: it looks at its part of the samples where they lie, and allocates what it found in the same memory. */
import { parentPort, workerData } from "node:worker_threads";
import {
  RpcSsSetThreadHandle,
  allocateNode,
  rpcSsMemory,
  sharedMemory,
  threadHandleFrom,
  withRpcSs,
} from "@midl-ts/runtime";
import type { MidlUserMemory } from "@midl-ts/runtime";
import { PART, SAMPLES } from "./generated/statistics.ts";
import type { Outcome, Task } from "./task.ts";

const buffer: unknown = workerData;
if (!(buffer instanceof SharedArrayBuffer)) throw new TypeError("the pool hands its threads a SharedArrayBuffer");
const memory = sharedMemory(buffer);

/** The part of a task, allocated from a pair. */
function partOf({ samples, first, count }: Task, pair: MidlUserMemory): PART {
  const { values } = SAMPLES.at(memory.heap, samples, SAMPLES.size);
  const numbers = values?.subarray(first, first + count) ?? new Float64Array();
  return allocateNode(pair, PART, {
    first,
    count,
    least: Math.min(...numbers),
    greatest: Math.max(...numbers),
    sum: numbers.reduce((sum, each) => sum + each, 0),
    note: `samples ${first} to ${first + count - 1}`,
  });
}

async function outcomeOf(task: Task): Promise<Outcome> {
  const { handle } = task;
  try {
    if (handle === undefined) return { part: memory.addressOf(partOf(task, memory)) };
    // A scope of its own for the environment of the server's call: it is set here, and ends there.
    return await withRpcSs(() => {
      RpcSsSetThreadHandle(threadHandleFrom(handle));
      return { part: memory.addressOf(partOf(task, rpcSsMemory)) };
    });
  } catch (error) {
    return { error: String(error) };
  }
}

parentPort?.on("message", (task: Task) => {
  void outcomeOf(task).then((outcome) => {
    parentPort?.postMessage(outcome);
  });
});
