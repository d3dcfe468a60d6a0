/** Timing: the median of repeated runs, long enough that the clock and the compiler do not matter. */

export interface Measured {
  /** Microseconds for one run, the median of the samples. */
  readonly median: number;
  /** Microseconds, the fastest sample. */
  readonly best: number;
  /** Half the distance between the quartiles, relative to the median. */
  readonly spread: number;
}

/** Times `work`: warm-up, then samples of about 20 ms each. */
export function measure(work: () => void, samples = 25): Measured {
  const warm = performance.now() + 300;
  let runs = 0;
  const started = performance.now();
  while (performance.now() < warm) {
    work();
    runs++;
  }
  const perSample = Math.max(1, Math.round((runs / (performance.now() - started)) * 20));
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now();
    for (let run = 0; run < perSample; run++) work();
    times.push(((performance.now() - start) / perSample) * 1000);
  }
  return summary(times);
}

/** The median of samples in microseconds. */
export function summary(times: readonly number[]): Measured {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const median = at(0.5);
  return { median, best: at(0), spread: (at(0.75) - at(0.25)) / 2 / median };
}

/** Two ways to do the same. */
export interface Compared {
  readonly ours: Measured;
  readonly theirs: Measured;
  /** How many times as fast ours is, the median over pairs of samples. */
  readonly ratio: number;
  /** Half the distance between the quartiles of that ratio. */
  readonly ratioSpread: number;
}

/** Times two ways in turn, so that whatever else the machine does meets both: samples of about 10 ms each, in pairs. */
export function compare(ours: () => void, theirs: () => void, pairs = 61): Compared {
  const runs = [ours, theirs].map((work) => Math.max(1, Math.round(10_000 / measure(work, 3).median)));
  const timed = (work: () => void, count: number): number => {
    const start = performance.now();
    for (let run = 0; run < count; run++) work();
    return ((performance.now() - start) / count) * 1000;
  };
  const samples = Array.from(
    { length: pairs },
    () => [timed(ours, runs[0] ?? 1), timed(theirs, runs[1] ?? 1)] as const,
  );
  const ratios = summary(samples.map(([left, right]) => right / left));
  return {
    ours: summary(samples.map(([left]) => left)),
    theirs: summary(samples.map(([, right]) => right)),
    ratio: ratios.median,
    ratioSpread: ratios.spread * ratios.median,
  };
}
