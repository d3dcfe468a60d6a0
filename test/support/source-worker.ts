/** Worker threads that run a module of the project from its source. */
import { Worker } from "node:worker_threads";

const LOADER = new URL("typescript-loader.mjs", import.meta.url).href;

/** Starts a thread whose program is a TypeScript module. */
export function sourceWorker(module: URL, workerData?: unknown): Worker {
  const program = `
    const { register } = require("node:module");
    register(${JSON.stringify(LOADER)});
    import(${JSON.stringify(module.href)});
  `;
  return new Worker(program, { eval: true, workerData });
}
