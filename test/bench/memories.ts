/** What it costs where nodes live: pooled and linear memory beside managed memory, in whole calls of a server stub. */
import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { linearMemory, managedMemory, pooledMemory } from "@midl-ts/runtime";
import type { MidlUserMemory } from "@midl-ts/runtime";
import { NdrBufferPool, NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import type { ContextHandleTable } from "@midl-ts/runtime/stub";
import { loadStubs } from "./generated-stub.ts";
import { measure } from "./measure.ts";

/** One kind of request over one memory: the stub unmarshals it, calls a manager that does nothing, answers and frees. */
export interface MemoryResult {
  readonly memory: "managed" | "pooled" | "linear";
  readonly request: string;
  /** Microseconds for a call. */
  readonly time: number;
  /** Octets that a call takes from the JavaScript heap. */
  readonly allocated: number;
  /** Microseconds of garbage collection for a call. */
  readonly collecting: number;
}

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e57), version(1.0), pointer_default(unique)]
interface memories
{
    typedef struct _LIST { long value; hyper stamp; struct _LIST *next; } LIST;
    typedef struct { long x; long y; double weight; } POINT;
    typedef struct { unsigned long count; [size_is(count)] POINT *points; } POINTS;
    void Octets([in] unsigned long count, [in, size_is(count)] byte data[]);
    void Numbers([in] unsigned long count, [in, size_is(count)] long data[]);
    void List([in] LIST *list);
    void Points([in] POINTS *points);
}`;

const REQUESTS = [
  ["64 KiB of octets", "Octets", 0, () => ({ data: new Uint8Array(0x1_0000).fill(7) })],
  ["16,384 longs", "Numbers", 1, () => ({ data: new Int32Array(0x4000).fill(-7) })],
  ["a list of 1,000 structs", "List", 2, () => ({ list: list() })],
  ["an array of 1,000 structs", "Points", 3, () => ({ points: { count: 1000, points: points() } })],
] as const;

const noHandles: ContextHandleTable = {
  fromWire: () => null,
  toWire: () => ({ attributes: 0, uuid: "00000000-0000-0000-0000-000000000000" }),
};

/** Measures every request over every memory. */
export async function memories(): Promise<readonly MemoryResult[]> {
  const stubs = await loadStubs("memories", IDL);
  const results: MemoryResult[] = [];
  for (const [request, operation, opnum, make] of REQUESTS) {
    const octets = marshaled(stubs, operation, make());
    for (const [memory, pair] of [
      ["managed", managedMemory()],
      ["pooled", pooledMemory({ octets: 0x400_0000, nodesPerType: 4096 })],
      ["linear", linearMemory(heap())],
    ] as const) {
      const call = serving(stubs, opnum, octets, pair);
      results.push({
        memory,
        request,
        time: measure(call, 9).median,
        allocated: allocatedBy(call),
        collecting: await collectedFor(call),
      });
    }
  }
  return results;
}

/** Octets that a run takes from the heap: without a collection in between. */
function allocatedBy(run: () => void): number {
  const growths: number[] = [];
  for (let attempt = 0; attempt < 9; attempt++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 10; count++) run();
    growths.push((process.memoryUsage().heapUsed - before) / 10);
  }
  return Math.max(0, growths.toSorted((left, right) => left - right)[4] ?? Number.NaN);
}

const COLLECTED_RUNS = 3000;

/** Microseconds of garbage collection for a run. */
async function collectedFor(run: () => void): Promise<number> {
  globalThis.gc?.();
  await setImmediate();
  let milliseconds = 0;
  const observer = new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) milliseconds += entry.duration;
  });
  observer.observe({ entryTypes: ["gc"] });
  for (let count = 0; count < COLLECTED_RUNS; count++) run();
  await setImmediate();
  await setImmediate();
  observer.disconnect();
  return (milliseconds * 1000) / COLLECTED_RUNS;
}

/** A heap in an ArrayBuffer, with a list of free blocks for each size. */
function heap(): Parameters<typeof linearMemory>[0] {
  const memory = new ArrayBuffer(0x100_0000);
  const sizes = new Map<number, number>();
  const free = new Map<number, number[]>();
  let next = 8;
  return {
    memory,
    malloc(cBytes) {
      const octets = Math.ceil(cBytes / 8) * 8;
      const again = free.get(octets)?.pop();
      if (again !== undefined) return again;
      const address = next;
      if (address + octets > memory.byteLength) return 0;
      next += octets;
      sizes.set(address, octets);
      return address;
    },
    free(address) {
      const octets = sizes.get(address) ?? 0;
      const blocks = free.get(octets);
      if (blocks === undefined) free.set(octets, [address]);
      else blocks.push(address);
    },
  };
}

function list(): object | null {
  let head: object | null = null;
  for (let value = 1000; value > 0; value--) head = { value, stamp: BigInt(value), next: head };
  return head;
}

function points(): readonly object[] {
  return Array.from({ length: 1000 }, (_, index) => ({ x: index, y: -index, weight: index / 7 }));
}

function marshaled(stubs: ReadonlyMap<string, unknown>, operation: string, request: object): Uint8Array {
  const constructor = stubs.get("MemoriesClient");
  if (typeof constructor !== "function") throw new Error("no client stub");
  const method: unknown = Reflect.get(Object(constructor.prototype), operation);
  if (typeof method !== "function") throw new Error(`no operation ${operation}`);
  const w = new NdrWriter({ ndr64: false, contextHandles: noHandles });
  const invoke = (_operation: unknown, _options: unknown, marshal: (w: NdrWriter) => void): void => {
    marshal(w);
  };
  Reflect.apply(method, { memory: managedMemory(), invoke }, [request]);
  return w.octets().slice();
}

/** The server stub of an operation at work, from the octets of a request to its last free. */
function serving(
  stubs: ReadonlyMap<string, unknown>,
  opnum: number,
  octets: Uint8Array,
  memory: MidlUserMemory,
): () => void {
  const make = stubs.get("memoriesServerStub");
  if (typeof make !== "function") throw new Error("no server stub");
  const manager = new Proxy({}, { get: () => () => undefined });
  const stub: unknown = Reflect.apply(make, undefined, [manager, memory]);
  const operation = get(get(stub, "operations"), String(opnum));
  const execute = get(operation, "execute");
  if (typeof execute !== "function") throw new Error(`no operation ${opnum}`);
  const buffers = new NdrBufferPool();
  const call = { memory, opnum, signal: new AbortController().signal };
  return () => {
    const r = new NdrReader(octets, { ndr64: false, littleEndian: true, memory, contextHandles: noHandles });
    const w = new NdrWriter({ ndr64: false, contextHandles: noHandles, buffers });
    Reflect.apply(execute, operation, [call, r, w]);
    w.release();
  };
}

function get(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
