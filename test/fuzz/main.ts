/**
 * `npm run fuzz [-- --count N --seed N]`: mutated stub data into every unmarshaling routine of the vectors. Whatever the octets, a routine
 * returns or throws an RpcError, within a second, and holds no more than 64 octets for an octet of input and one megabyte.
 */
import { parseArgs } from "node:util";
import { RpcError } from "@midl-ts/runtime";
import { mutate, Random } from "./mutate.ts";
import { allocated, targets } from "./targets.ts";
import type { Target } from "./targets.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const all = await targets(new URL("../../../test/vectors/", import.meta.url));
const random = new Random(seed);
const MEGABYTE = 1 << 20;

let refused = 0;
let accepted = 0;
let slowest = 0;
const failures: string[] = [];
const pools = new Map<Target, Uint8Array[]>(all.map((target) => [target, [target.seed]]));
const started = performance.now();

for (let round = 0; round < count && failures.length < 10; round++) {
  const target = all[round % all.length];
  if (target === undefined) break;
  const pool = pools.get(target) ?? [target.seed];
  const mutant = mutate(pool[random.below(pool.length)] ?? target.seed, random);
  runOne(target, mutant, pool);
}

const seconds = (performance.now() - started) / 1000;
console.log(
  `${all.length} targets, ${accepted + refused} mutants in ${seconds.toFixed(1)} s, seed ${seed}: ${accepted} accepted, ${refused} refused, ` +
    `slowest ${slowest.toFixed(1)} ms, ${failures.length} failures`,
);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

function runOne(target: Target, mutant: Uint8Array, pool: Uint8Array[]): void {
  allocated.octets = 0;
  const start = performance.now();
  try {
    target.run(mutant);
    accepted++;
    // What is accepted leads further: it is mutated again.
    if (pool.length < 64) pool.push(mutant);
  } catch (error) {
    if (error instanceof RpcError) refused++;
    else
      failures.push(describe(target, mutant, error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
  const elapsed = performance.now() - start;
  slowest = Math.max(slowest, elapsed);
  if (elapsed > 1000) failures.push(describe(target, mutant, `took ${elapsed.toFixed(0)} ms`));
  if (allocated.octets > 64 * mutant.length + MEGABYTE)
    failures.push(describe(target, mutant, `allocated ${allocated.octets} octets`));
}

function describe(target: Target, mutant: Uint8Array, what: string): string {
  return `${target.name}\n  ${Buffer.from(mutant).toString("hex")}\n  ${what}`;
}
