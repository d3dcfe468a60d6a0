/** Where the time of something goes: the functions that the sampling profiler of V8 finds at work. */
import { Session } from "node:inspector/promises";
import type { Profiler } from "node:inspector";

export interface ProfiledFunction {
  /** Name and file, as in `uint32, writer.js`. */
  readonly name: string;
  /** Share of the samples in which it was at work itself, 0 to 1. */
  readonly share: number;
}

/** Samples `work` every 100 microseconds for a second; the functions that took most of it, most first. */
export async function profile(work: () => unknown, most = 10): Promise<readonly ProfiledFunction[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  const end = performance.now() + 1000;
  while (performance.now() < end) work();
  const { profile: found } = await session.post("Profiler.stop");
  session.disconnect();
  return shares(found).slice(0, most);
}

function shares({ nodes, samples = [] }: Profiler.Profile): readonly ProfiledFunction[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const name = names.get(sample) ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, share: count / samples.length }))
    .toSorted((left, right) => right.share - left.share);
}

function nameOf({ functionName, url }: Profiler.ProfileNode["callFrame"]): string {
  const name = functionName.replaceAll(/[()]/g, "");
  return url === "" ? name : `${name}, ${url.slice(url.lastIndexOf("/") + 1)}`;
}
