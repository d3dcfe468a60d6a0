/** Runs mutants, and judges: no error but RpcError, an end within a second, and live heap within 64 octets an octet and one megabyte. */
import { liveOctets } from "./heap.ts";

/** What became of a mutant. */
export type Outcome = "accepted" | "refused";

/** A mutant that is run at once. */
export interface SynchronousMutant {
  /** What it is, for a failure. */
  describe(): string;
  /** Octets. */
  readonly length: number;
  run(): { readonly outcome: Outcome; readonly value: unknown };
}

/** A mutant that takes turns of the event loop. */
export interface ConcurrentMutant {
  describe(): string;
  readonly length: number;
  /** Runs it; `held` is called while all that it leads to is live. */
  run(held?: (value?: unknown) => void): Promise<Outcome>;
}

/** Milliseconds. */
const LIMIT = 1000;
/** A machine that is busy with other things is given more, before the mutant is tried alone. */
const PATIENCE = 15_000;

const MEGABYTE = 1 << 20;
/** One mutant of so many is measured: a full collection takes milliseconds. */
const MEASURED = 5000;
const AT_ONCE = 64;
const MAXIMUM_FAILURES = 10;

interface Count {
  readonly what: string;
  accepted: number;
  refused: number;
  measured: number;
  /** The most live octets that a measured mutant led to, beyond 64 for each of its own. */
  mostBeyond: number;
  slowest: number;
}

export class Fuzzer {
  readonly failures: string[] = [];
  readonly #counts: Count[] = [];

  /** Mutants that were run. */
  get total(): number {
    return this.#counts.reduce((sum, { accepted, refused }) => sum + accepted + refused, 0);
  }

  /** A line for each kind. */
  report(): readonly string[] {
    return this.#counts.map(
      ({ what, accepted, refused, measured, mostBeyond, slowest }) =>
        `${what}: ${accepted + refused} mutants, ${accepted} accepted, ${refused} refused; slowest ${slowest.toFixed(0)} ms; ` +
        `${measured} measured, at most ${mostBeyond} octets live beyond 64 an octet`,
    );
  }

  fail(what: string): void {
    if (this.failures.length < MAXIMUM_FAILURES) this.failures.push(what);
  }

  /** Runs mutants one after the other. */
  synchronous(what: string, source: { next(): SynchronousMutant }, count: number): Promise<void> {
    const into = this.#begin(what);
    for (let index = 0; index < count && this.#goesOn; index++) {
      const mutant = source.next();
      const before = index % MEASURED === 0 ? liveOctets() : undefined;
      const start = performance.now();
      try {
        const { outcome, value } = mutant.run();
        into[outcome]++;
        if (before !== undefined) this.#measure(into, mutant, before, value);
      } catch (error) {
        this.fail(`${what}: ${mutant.describe()}\n  ${textOf(error)}`);
      }
      const elapsed = performance.now() - start;
      if (before === undefined) into.slowest = Math.max(into.slowest, elapsed);
      if (elapsed > LIMIT && before === undefined) this.#again(what, mutant);
    }
    return Promise.resolve();
  }

  /** Runs mutants, many at a time. */
  async concurrent(what: string, count: number, next: () => ConcurrentMutant): Promise<void> {
    const into = this.#begin(what);
    for (let index = 0; index < count && this.#goesOn; index += AT_ONCE) {
      const mutants = Array.from({ length: Math.min(AT_ONCE, count - index) }, next);
      const isMeasured = index % MEASURED < AT_ONCE;
      const [first, ...others] = mutants;
      if (isMeasured && first !== undefined) await this.#one(into, first, true);
      await Promise.all((isMeasured ? others : mutants).map((mutant) => this.#one(into, mutant, false)));
    }
  }

  async #one(into: Count, mutant: ConcurrentMutant, isMeasured: boolean): Promise<void> {
    const before = isMeasured ? liveOctets() : 0;
    const start = performance.now();
    const held = (value?: unknown): void => {
      this.#measure(into, mutant, before, value);
    };
    try {
      const outcome = await within(PATIENCE, mutant.run(isMeasured ? held : undefined));
      into[outcome ?? "refused"]++;
      if (outcome === undefined && (await within(LIMIT * 2, mutant.run())) === undefined)
        this.fail(`${into.what}: ${mutant.describe()}\n  does not end`);
    } catch (error) {
      this.fail(`${into.what}: ${mutant.describe()}\n  ${textOf(error)}`);
    }
    if (!isMeasured) into.slowest = Math.max(into.slowest, performance.now() - start);
  }

  get #goesOn(): boolean {
    return this.failures.length < MAXIMUM_FAILURES;
  }

  #begin(what: string): Count {
    const count = { what, accepted: 0, refused: 0, measured: 0, mostBeyond: 0, slowest: 0 };
    this.#counts.push(count);
    return count;
  }

  /** @param _value what has to be live while the heap is measured */
  #measure(
    into: Count,
    mutant: { describe(): string; readonly length: number },
    before: number,
    _value: unknown,
  ): void {
    into.measured++;
    const beyond = liveOctets() - before - 64 * mutant.length;
    into.mostBeyond = Math.max(into.mostBeyond, beyond);
    if (beyond > MEGABYTE) this.fail(`${into.what}: ${mutant.describe()}\n  ${beyond} octets live beyond 64 an octet`);
  }

  /** A mutant that was slow may have been unlucky. */
  #again(what: string, mutant: SynchronousMutant): void {
    const start = performance.now();
    mutant.run();
    const elapsed = performance.now() - start;
    if (elapsed > LIMIT) this.fail(`${what}: ${mutant.describe()}\n  took ${elapsed.toFixed(0)} ms`);
  }
}

/** What a promise comes to, undefined when that takes longer. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
