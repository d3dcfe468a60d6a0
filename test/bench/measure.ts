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
