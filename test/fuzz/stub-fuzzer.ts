/** Mutated stub data into the unmarshaling routines, one case after the other; what a routine accepts is mutated further. */
import { RpcError } from "@midl-ts/runtime";
import { mutate, type Random } from "./mutate.ts";
import { allocated, readerFor, type StubCase } from "./stub-cases.ts";
import type { SynchronousMutant } from "./fuzzer.ts";

const MEGABYTE = 1 << 20;

/** Mutants that are kept for each case. */
const POOL = 64;

export class StubFuzzer {
  readonly #cases: readonly StubCase[];
  readonly #random: Random;
  readonly #pools: ReadonlyMap<StubCase, Uint8Array[]>;
  #round = 0;

  constructor(cases: readonly StubCase[], random: Random) {
    this.#cases = cases;
    this.#random = random;
    this.#pools = new Map(cases.map((each) => [each, [each.seed]]));
  }

  /** The next mutant. */
  next(): SynchronousMutant {
    const each = this.#cases[this.#round++ % this.#cases.length];
    if (each === undefined) throw new Error("no cases");
    const pool = this.#pools.get(each) ?? [each.seed];
    const octets = mutate(pool[this.#random.below(pool.length)] ?? each.seed, this.#random);
    return {
      describe: () => `${each.name}\n  ${Buffer.from(octets).toString("hex")}`,
      length: octets.length,
      run: () => unmarshaled(each, octets, pool),
    };
  }
}

/** Whether a routine takes its seed as it is, in the byte order that the seed is in. */
export function isTaken(each: StubCase): boolean {
  try {
    each.unmarshal(readerFor(each, each.seed, true));
    return true;
  } catch (error) {
    if (error instanceof RpcError) return false;
    throw error;
  }
}

/** Every fifth length is taken as big-endian NDR. */
function isLittleEndian({ ndr64 }: StubCase, octets: Uint8Array): boolean {
  return ndr64 || octets.length % 5 !== 0;
}

/** @throws whatever a routine throws that is no RpcError, and an Error when the pair gave out more than the limit */
function unmarshaled(each: StubCase, octets: Uint8Array, pool: Uint8Array[]): ReturnType<SynchronousMutant["run"]> {
  allocated.octets = 0;
  let value: unknown;
  let outcome: "accepted" | "refused" = "accepted";
  try {
    value = each.unmarshal(readerFor(each, octets, isLittleEndian(each, octets)));
    if (pool.length < POOL) pool.push(octets);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    outcome = "refused";
  }
  if (allocated.octets > 64 * octets.length + MEGABYTE) throw new Error(`allocated ${allocated.octets} octets`);
  return { outcome, value };
}
