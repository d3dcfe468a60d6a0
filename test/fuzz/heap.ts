/** Live heap: what a full collection leaves, JavaScript objects and the memory of buffers together. Needs `node --expose-gc`. */

/** Octets that are live. */
export function liveOctets(): number {
  if (globalThis.gc === undefined) throw new Error("run node with --expose-gc");
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
