/**
 * Runs mutants, and judges: no error but RpcError, no more than a second of processor time, and live heap within 64 octets an octet and one
 * megabyte. Time is that of this process alone: what else the machine does is no fault of a mutant. What never ends uses none, so there
 * is a limit of wall time too.
 */
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

/** Milliseconds of processor time. */
const LIMIT = 1000;
/** What took longer is run again alone, since collections and compilation of other mutants fall on whoever runs. */
const NOTICED = 50;
/** Milliseconds of wall time after which a mutant is tried once more, alone, and then is one that does not end. */
const PATIENCE = 15_000;

const MEGABYTE = 1 << 20;
/** One mutant of so many is measured: a full collection takes milliseconds. */
const MEASURED = 5000;
const AT_ONCE = 64;
/** Milliseconds until the last mutants are collected. */
const SETTLED = 200;
/** Octets that all mutants of a kind may leave behind: what is kept for further mutation, and compiled code. */
const LEFT_BEHIND = 64 * MEGABYTE;
const MAXIMUM_FAILURES = 10;

interface Count {
  readonly what: string;
  accepted: number;
  refused: number;
  measured: number;
  /** Octets that were live before the first. */
  readonly before: number;
  /** Octets that stayed live after the last. */
  leftBehind: number;
  /** The most live octets that a measured mutant led to, beyond 64 for each of its own. */
  mostBeyond: number;
  /** The one that took the most processor time, alone, of those that were noticed. */
  slowest: { readonly index: number; readonly milliseconds: number } | undefined;
}

export class Fuzzer {
  readonly failures: string[] = [];
  readonly #counts: Count[] = [];
  readonly #shown: number | undefined;

  /** @param shown the mutant of each kind that is written out */
  constructor(shown?: number) {
    this.#shown = shown;
  }

  /** Mutants that were run. */
  get total(): number {
    return this.#counts.reduce((sum, { accepted, refused }) => sum + accepted + refused, 0);
  }

  /** A line for each kind. */
  report(): readonly string[] {
    return this.#counts.map(
      ({ what, accepted, refused, measured, mostBeyond, slowest, leftBehind }) =>
        `${what}: ${accepted + refused} mutants, ${accepted} accepted, ${refused} refused; ${slowestText(slowest)}; ` +
        `${measured} measured, at most ${mostBeyond} octets live beyond 64 an octet; ${leftBehind} left behind`,
    );
  }

  fail(what: string): void {
    if (this.failures.length < MAXIMUM_FAILURES) this.failures.push(what);
  }

  /** Runs mutants one after the other. */
  async synchronous(what: string, count: number, next: () => SynchronousMutant): Promise<void> {
    const into = this.#begin(what);
    for (let index = 0; index < count && this.#goesOn; index++) {
      const mutant = next();
      this.#show(index, mutant);
      const before = index % MEASURED === 0 ? liveOctets() : undefined;
      const start = process.cpuUsage();
      try {
        const { outcome, value } = mutant.run();
        into[outcome]++;
        if (before !== undefined) this.#measure(into, mutant, before, value);
      } catch (error) {
        this.fail(`${what}: mutant ${index}, ${mutant.describe()}\n  ${textOf(error)}`);
      }
      if (before === undefined && processorTime(start) > NOTICED)
        await this.#time(into, index, mutant, () => Promise.resolve(mutant.run()));
    }
    await this.#finish(into);
  }

  /** Runs mutants, many at a time. */
  async concurrent(what: string, count: number, next: () => ConcurrentMutant): Promise<void> {
    const into = this.#begin(what);
    for (let index = 0; index < count && this.#goesOn; index += AT_ONCE) {
      const mutants = Array.from({ length: Math.min(AT_ONCE, count - index) }, (_, nth) => ({
        mutant: next(),
        index: index + nth,
      }));
      for (const each of mutants) this.#show(each.index, each.mutant);
      const isMeasured = index % MEASURED < AT_ONCE;
      const [first, ...others] = mutants;
      if (isMeasured && first !== undefined) await this.#one(into, first.index, first.mutant, true);
      const start = process.cpuUsage();
      await Promise.all((isMeasured ? others : mutants).map((each) => this.#one(into, each.index, each.mutant, false)));
      if (processorTime(start) > NOTICED)
        for (const each of mutants) await this.#time(into, each.index, each.mutant, () => each.mutant.run());
    }
    await this.#finish(into);
  }

  #show(index: number, mutant: { describe(): string }): void {
    if (index === this.#shown) console.log(`mutant ${index}, ${mutant.describe()}`);
  }

  async #one(into: Count, index: number, mutant: ConcurrentMutant, isMeasured: boolean): Promise<void> {
    const before = isMeasured ? liveOctets() : 0;
    const held = (value?: unknown): void => {
      this.#measure(into, mutant, before, value);
    };
    try {
      const outcome = await within(PATIENCE, mutant.run(isMeasured ? held : undefined));
      into[outcome ?? "refused"]++;
      if (outcome === undefined && (await within(PATIENCE, mutant.run())) === undefined)
        this.fail(`${into.what}: mutant ${index}, ${mutant.describe()}\n  does not end`);
    } catch (error) {
      this.fail(`${into.what}: mutant ${index}, ${mutant.describe()}\n  ${textOf(error)}`);
    }
  }

  /** Runs one alone; the better of two runs counts, since a collection may fall into one. */
  async #time(into: Count, index: number, mutant: { describe(): string }, run: () => Promise<unknown>): Promise<void> {
    let milliseconds = Infinity;
    for (let runs = 0; runs < 2 && milliseconds > (into.slowest?.milliseconds ?? 0); runs++) {
      const start = process.cpuUsage();
      if ((await within(PATIENCE, run())) === undefined) return;
      milliseconds = Math.min(milliseconds, processorTime(start));
    }
    if (milliseconds > (into.slowest?.milliseconds ?? 0)) into.slowest = { index, milliseconds };
    if (milliseconds > LIMIT)
      this.fail(`${into.what}: mutant ${index}, ${mutant.describe()}\n  took ${milliseconds.toFixed(0)} ms`);
  }

  get #goesOn(): boolean {
    return this.failures.length < MAXIMUM_FAILURES;
  }

  #begin(what: string): Count {
    const count: Count = {
      what,
      accepted: 0,
      refused: 0,
      measured: 0,
      before: liveOctets(),
      leftBehind: 0,
      mostBeyond: 0,
      slowest: undefined,
    };
    this.#counts.push(count);
    return count;
  }

  /** Nothing may hold on to the mutants: a timer that keeps a connection, a table that keeps a handle. */
  async #finish(into: Count): Promise<void> {
    // Buffers of the last ones go a little later.
    liveOctets();
    await new Promise((resolve) => setTimeout(resolve, SETTLED));
    into.leftBehind = liveOctets() - into.before;
    if (into.leftBehind > LEFT_BEHIND) this.fail(`${into.what}: ${into.leftBehind} octets stay live`);
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
}

/** Milliseconds of processor time of this process since `start`. */
function processorTime(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function slowestText(slowest: Count["slowest"]): string {
  if (slowest === undefined) return `none took ${NOTICED} ms of processor time`;
  return `slowest mutant ${slowest.index} with ${slowest.milliseconds.toFixed(1)} ms of processor time`;
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
