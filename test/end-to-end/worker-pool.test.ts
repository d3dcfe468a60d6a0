/** M31 and M33 across threads: the worker-pool example, with workers that run its source. */
import { expect, it } from "vitest";
import { runExample } from "../../examples/worker-pool/example.ts";
import { sourceWorker } from "../support/source-worker.ts";

const WORKER = new URL("../../examples/worker-pool/worker.ts", import.meta.url);

it("M31: nodes that threads of a pool allocate are marshaled and freed by the server stub, or end with an environment", async () => {
  const lines: string[] = [];
  const leaked = await runExample(
    (memory) => sourceWorker(WORKER, memory),
    (line) => lines.push(line),
  );
  expect(leaked).toBe(0);
  // The samples are the hundredths from 0 to 99.99 in another order: their mean is 49.995 however they are divided.
  expect(lines).toEqual([
    "samples 0 to 2499: 0 to 99.99, sum 125062.50",
    "samples 2500 to 4999: 0.03 to 99.98, sum 125062.50",
    "samples 5000 to 7499: 0.02 to 99.97, sum 124962.50",
    "samples 7500 to 9999: 0.01 to 99.96, sum 124862.50",
    "after Parts: 0 blocks in use",
    ...Array.from({ length: 8 }, (_, index) => `${index + 1} parts: 0 to 99.99, mean 49.995`),
    "after Analyse: 0 blocks in use",
  ]);
});
