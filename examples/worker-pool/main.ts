/** Runs the example; ends with status 1 when something is left in the shared memory. */
import { Worker } from "node:worker_threads";
import { runExample } from "./example.ts";

const leaked = await runExample(
  (memory) => new Worker(new URL("worker.js", import.meta.url), { workerData: memory }),
  console.log,
);
process.exitCode = leaked === 0 ? 0 : 1;
