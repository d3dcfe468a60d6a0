/**
 * `peak.js List|Tree decode|encode FILE`: what a process takes at most, beyond what it had before, to decode or to encode 100,000 nodes
 * once. FILE has the octets to decode. Prints octets of resident memory.
 */
import { existsSync, readFileSync } from "node:fs";
import { managedMemory } from "@midl-ts/runtime";
import { NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import { halves, list, NODES, noHandles, tree } from "./structure-values.ts";

const [, , operation = "List", direction, file = ""] = process.argv;
const stubs = new Map<string, unknown>();
for (const name of ["structures_c.js", "structures_s.js"]) {
  const module: unknown = await import(new URL(`../../../.generated/bench/structures/${name}`, import.meta.url).href);
  if (typeof module !== "object" || module === null) continue;
  for (const [key, value] of Object.entries(module)) stubs.set(key, value);
}
const isList = operation === "List";
const value = (nodes: number): object => (isList ? { list: list(nodes) } : { tree: tree(nodes) });
const { unmarshal } = halves(stubs, operation, isList ? 1 : 2, {});

/** Once with so many nodes. */
function encoding(nodes: number): () => Uint8Array {
  const { marshal } = halves(stubs, operation, isList ? 1 : 2, value(nodes));
  return () => {
    const w = new NdrWriter({ ndr64: false, contextHandles: noHandles });
    marshal(w);
    return w.octets();
  };
}

function decoding(octets: Uint8Array): () => unknown {
  const options = { ndr64: false, littleEndian: true, memory: managedMemory(), contextHandles: noHandles };
  return () => unmarshal(new NdrReader(octets, options));
}

decoding(encoding(100)())();
const work = direction === "decode" ? decoding(readFileSync(file)) : encoding(NODES);
globalThis.gc?.();
const before = mostResident();
const result = work();
console.log(result === undefined ? 0 : (mostResident() - before) * 1024);

/** KiB that this process had resident at most. What getrusage says begins, on Linux, with what the parent had when it started us. */
function mostResident(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const [, high] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return high === undefined ? process.resourceUsage().maxRSS : Number(high);
}
