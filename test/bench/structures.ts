/** Large values: a megabyte of octets beside a plain copy, a list and a tree of 100,000 nodes, with the memory that each takes. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NdrBufferPool, NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import { managedMemory } from "@midl-ts/runtime";
import { loadStubs } from "./generated-stub.ts";
import { measure } from "./measure.ts";
import type { Measured } from "./measure.ts";
import { halves, list, NODES, noHandles, tree } from "./structure-values.ts";
import type { Halves } from "./structure-values.ts";

export interface StructureResult {
  readonly name: string;
  readonly octets: number;
  readonly decode: Measured;
  readonly encode: Measured;
  /** Copying as many octets, or making as many objects by hand. */
  readonly byHand: Measured;
  /** Octets of heap that the decoded value holds. */
  readonly heap: number;
  /** Octets of resident memory that a process of its own takes at most to decode and to encode once; undefined for octets. */
  readonly peak: { readonly decode: number; readonly encode: number } | undefined;
}

/** Octets, a list and a tree. */
export const STRUCTURES_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e50), version(1.0), pointer_default(unique)]
interface structures
{
    typedef struct _LIST { long value; struct _LIST *next; } LIST;
    typedef struct _TREE { struct _TREE *left; struct _TREE *right; long value; } TREE;
    void Octets([in] unsigned long count, [in, size_is(count)] byte data[]);
    void List([in] LIST *list);
    void Tree([in] TREE *tree);
}`;

const MEGABYTE = 1 << 20;

/** Measures the three of them: the client stub marshals, the server stub unmarshals. */
export async function structures(): Promise<readonly StructureResult[]> {
  const stubs = await loadStubs("structures", STRUCTURES_IDL);
  const octets = new Uint8Array(MEGABYTE).fill(7);
  const target = new Uint8Array(MEGABYTE);
  return [
    one("1 MiB of octets", undefined, halves(stubs, "Octets", 0, { data: octets }), () => {
      target.set(octets);
    }),
    one("a list of 100,000 nodes", "List", halves(stubs, "List", 1, { list: list(NODES) }), () => list(NODES)),
    one("a tree of 100,000 nodes", "Tree", halves(stubs, "Tree", 2, { tree: tree(NODES) }), () => tree(NODES)),
  ];
}

function one(
  name: string,
  operation: string | undefined,
  { marshal, unmarshal }: Halves,
  byHand: () => unknown,
): StructureResult {
  const buffers = new NdrBufferPool();
  const encodeOnce = (): Uint8Array => {
    const w = new NdrWriter({ ndr64: false, contextHandles: noHandles, buffers });
    marshal(w);
    w.release();
    return w.octets();
  };
  const octets = encodeOnce().slice();
  const decodeOnce = (): unknown =>
    unmarshal(
      new NdrReader(octets, {
        ndr64: false,
        littleEndian: true,
        memory: managedMemory(),
        contextHandles: noHandles,
        reusesBuffer: true,
      }),
    );
  return {
    name,
    octets: octets.length,
    encode: measure(encodeOnce, 9),
    decode: measure(decodeOnce, 9),
    byHand: measure(byHand, 9),
    heap: heapOf(decodeOnce),
    peak:
      operation === undefined
        ? undefined
        : { decode: peakOf(operation, "decode", octets), encode: peakOf(operation, "encode", octets) },
  };
}

/** The median of a few processes. */
function peakOf(operation: string, direction: string, octets: Uint8Array): number {
  const script = fileURLToPath(new URL("peak.js", import.meta.url));
  const file = fileURLToPath(new URL(`../../../.generated/bench/${operation}.octets`, import.meta.url));
  writeFileSync(file, octets);
  const peaks = Array.from({ length: 3 }, () => {
    const given = ["--expose-gc", script, operation, direction, file];
    const { status, stdout, stderr } = spawnSync(process.execPath, given);
    if (status !== 0) throw new Error(`${script}: ${String(stderr)}`);
    return Number(String(stdout));
  });
  return peaks.toSorted((left, right) => left - right)[1] ?? Number.NaN;
}

/** Heap that a value holds: the median growth of a few tries, for the collector has its own mind. */
function heapOf(make: () => unknown): number {
  const growths: number[] = [];
  const values: unknown[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    values.push(make());
    globalThis.gc?.();
    growths.push(process.memoryUsage().heapUsed - before);
  }
  return Math.max(0, growths.toSorted((left, right) => left - right)[values.length >> 1] ?? 0);
}
