/** Large values: a megabyte of octets beside a plain copy, a list and a tree of 100,000 nodes, with the memory that each takes. */
import { NdrBufferPool, NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import type { ContextHandleTable } from "@midl-ts/runtime/stub";
import { managedMemory } from "@midl-ts/runtime";
import { loadStubs } from "./generated-stub.ts";
import { measure } from "./measure.ts";

export interface StructureResult {
  readonly name: string;
  readonly octets: number;
  /** Microseconds. */
  readonly decode: number;
  readonly encode: number;
  /** Microseconds of copying as many octets, or of making as many objects by hand. */
  readonly byHand: number;
  /** Octets of heap that the decoded value holds. */
  readonly heap: number;
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

const NODES = 100_000;
const MEGABYTE = 1 << 20;

/** No context handles travel here. */
export const noHandles: ContextHandleTable = {
  fromWire: () => null,
  toWire: () => ({ attributes: 0, uuid: "00000000-0000-0000-0000-000000000000" }),
};

/** What a client stub marshals and a server stub unmarshals. */
interface Halves {
  readonly marshal: (w: NdrWriter) => void;
  readonly unmarshal: (r: NdrReader) => unknown;
}

/** Measures the three of them: the client stub marshals, the server stub unmarshals. */
export async function structures(): Promise<readonly StructureResult[]> {
  const stubs = await loadStubs("structures", STRUCTURES_IDL);
  const octets = new Uint8Array(MEGABYTE).fill(7);
  const target = new Uint8Array(MEGABYTE);
  return [
    one("1 MiB of octets", halves(stubs, "Octets", 0, { data: octets }), () => {
      target.set(octets);
    }),
    one("a list of 100,000 nodes", halves(stubs, "List", 1, { list: list(NODES) }), () => list(NODES)),
    one("a tree of 100,000 nodes", halves(stubs, "Tree", 2, { tree: tree(NODES) }), () => tree(NODES)),
  ];
}

function one(name: string, { marshal, unmarshal }: Halves, byHand: () => unknown): StructureResult {
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
    encode: measure(encodeOnce, 9).median,
    decode: measure(decodeOnce, 9).median,
    byHand: measure(byHand, 9).median,
    heap: heapOf(decodeOnce),
  };
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

/** A list of so many nodes. */
export function list(nodes: number): object | null {
  let head: object | null = null;
  for (let value = nodes; value > 0; value--) head = { value, next: head };
  return head;
}

/** A balanced tree of so many nodes. */
export function tree(nodes: number): object | null {
  if (nodes === 0) return null;
  const left = (nodes - 1) >> 1;
  return { left: tree(left), right: tree(nodes - 1 - left), value: nodes };
}

/** The routines of an operation. */
export function halves(stubs: ReadonlyMap<string, unknown>, operation: string, opnum: number, request: object): Halves {
  const constructor = stubs.get("StructuresClient");
  const make = stubs.get("structuresServerStub");
  if (typeof constructor !== "function" || typeof make !== "function") throw new Error("no stubs");
  const client = { memory: managedMemory() };
  let marshal: Halves["marshal"] | undefined;
  const method: unknown = Reflect.get(Object(constructor.prototype), operation);
  if (typeof method !== "function") throw new Error(`no operation ${operation}`);
  const invoke = (_operation: unknown, _options: unknown, half: Halves["marshal"]): void => {
    marshal = half;
  };
  Reflect.apply(method, { ...client, invoke }, [request]);
  const stub: unknown = Reflect.apply(make, undefined, [{}, managedMemory()]);
  const unmarshal = get(get(get(stub, "operations"), String(opnum)), "unmarshal");
  if (marshal === undefined || !isUnmarshal(unmarshal)) throw new Error(`no routines of ${operation}`);
  return { marshal, unmarshal };
}

function isUnmarshal(value: unknown): value is Halves["unmarshal"] {
  return typeof value === "function";
}

function get(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
