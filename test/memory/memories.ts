/**
 * The memories over which the rules are shown (M32): managed, pooled, and linear in an ArrayBuffer, in a SharedArrayBuffer and in a
 * WebAssembly.Memory that grows all the time. The same tests hold for all of them, but for
 *
 * - nodes of linear memory being views: they are compared, cloned and spread by way of `plain`;
 * - pointers of linear memory: what they refer to is made with `make`, as an ordinary object cannot be pointed to from there;
 * - `copies`: linear memory cannot use the received stub data as storage (M19);
 * - `hasCapacity`: what holds a string or an array in linear memory has the size of its block (M15).
 */
import { describe } from "vitest";
import { linearMemory, managedMemory, pooledMemory } from "../../runtime/index.ts";
import type { MidlUserMemory, NodeLayout, NodeType, Storage } from "../../runtime/index.ts";
import { linearNodeOf } from "../../runtime/memory/linear-node.ts";
import { memoryInterface, nodeType, sidesOf } from "./call-support.ts";
import type { Fixture } from "./call-support.ts";
import type { Compiled } from "../support/compile-idl.ts";
import { bufferHeap, growingHeap, sharedHeap } from "./test-heap.ts";
import type { TestHeap } from "./test-heap.ts";

/** One of the memories. */
export interface MemoryKind {
  /** With the number of the rule that it is about. */
  readonly name: string;
  readonly copies: boolean;
  readonly hasCapacity: boolean;
  make(): MadeMemory;
}

/** A pair, and the heap behind it if there is one. */
export interface MadeMemory {
  readonly pair: MidlUserMemory;
  readonly heap: TestHeap | undefined;
}

function linear(name: string, makeHeap: () => TestHeap): MemoryKind {
  return {
    name,
    copies: true,
    hasCapacity: true,
    make() {
      const heap = makeHeap();
      return { pair: linearMemory(heap), heap };
    },
  };
}

function ordinary(name: string, makePair: () => MidlUserMemory): MemoryKind {
  return { name, copies: false, hasCapacity: false, make: () => ({ pair: makePair(), heap: undefined }) };
}

const MEMORIES: readonly MemoryKind[] = [
  ordinary("M29, managed memory", managedMemory),
  ordinary("M30, pooled memory", pooledMemory),
  linear("M31, linear memory", bufferHeap),
  linear("M31, shared linear memory", sharedHeap),
  linear("M31, growing linear memory", growingHeap),
];

/** Runs the same tests over every memory. */
export function describeMemories(tests: (kind: MemoryKind) => void): void {
  describe.each(MEMORIES)("M32: $name", tests);
}

/** A client and a server of an interface, the memory interface unless another one is given, each with a memory of that kind. */
export interface MemoryFixture extends Fixture {
  /** Nodes of the client's application, as it allocates them before a call: the account of `client` does not have them. */
  make(type: string, value: object): object;
  /** The pair that they are from. */
  readonly application: MidlUserMemory;
  readonly serverHeap: TestHeap | undefined;
  readonly clientHeap: TestHeap | undefined;
}

/** Changes a pair: one that runs out of memory, for instance. */
type Wrap = (pair: MidlUserMemory) => MidlUserMemory;

/** Starts both sides; at the end nothing may have been written beyond a block, and the server may have none left. */
export async function memoryFixture(
  kind: MemoryKind,
  wrap: { readonly client?: Wrap; readonly server?: Wrap } = {},
  compiled: Promise<Pick<Compiled, "exports">> = memoryInterface(),
): Promise<MemoryFixture> {
  const client = kind.make();
  const server = kind.make();
  const sides = await sidesOf(
    await compiled,
    wrap.client === undefined ? client.pair : wrap.client(client.pair),
    wrap.server === undefined ? server.pair : wrap.server(server.pair),
  );
  return {
    ...sides,
    application: client.pair,
    clientHeap: client.heap,
    serverHeap: server.heap,
    make: (type, value) => allocated(client.pair, nodeType(sides.exports, type), value),
    async [Symbol.asyncDispose]() {
      await sides[Symbol.asyncDispose]();
      for (const { heap } of [client, server]) heap?.check();
      if (server.heap !== undefined && server.heap.blocks.size > sides.server.liveCount)
        throw new Error(`the server has ${server.heap.blocks.size} blocks left for ${sides.server.liveCount} nodes`);
    },
  };
}

/** Allocates what an ordinary object describes, with all that it points to: cycles and aliases stay. */
export function allocated(
  memory: MidlUserMemory,
  type: NodeType<object>,
  value: object,
  done = new Map<object, object>(),
): object {
  const known = done.get(value);
  if (known !== undefined) return known;
  const count = Array.isArray(value) || ArrayBuffer.isView(value) ? Number(Reflect.get(value, "length")) : 0;
  const elementSize = "elementSize" in type ? Number(type.elementSize) : 0;
  const node = memory.midl_user_allocate(type.size + count * elementSize, type);
  if (node === null) throw new Error(`no storage for ${type.name}`);
  done.set(value, node);
  if (type.layout.kind === "union" && linearNodeOf(node) === undefined)
    for (const name of Object.keys(node)) if (!(name in value)) Reflect.deleteProperty(node, name);
  fill(memory, type, node, value, done);
  return node;
}

/** Fills a node, or what lies in one. */
function fill(
  memory: MidlUserMemory,
  type: NodeType<object>,
  node: object,
  value: object,
  done: Map<object, object>,
): void {
  for (const [key, part] of Object.entries<unknown>({ ...value })) {
    const storage = storageOf(type.layout, key);
    const inPlace: unknown = storage?.[0] === "embedded" ? Reflect.get(node, key) : undefined;
    if (!isObject(part)) Reflect.set(node, key, part);
    else if (storage?.[0] === "pointer") Reflect.set(node, key, allocated(memory, storage[1], part, done));
    else if (storage?.[0] === "embedded" && storage[1].layout.kind === "struct" && isObject(inPlace))
      fill(memory, storage[1], inPlace, part, done);
    else Reflect.set(node, key, part);
  }
}

function storageOf(layout: NodeLayout, key: string): Storage<never> | undefined {
  switch (layout.kind) {
    case "struct": {
      const [, ...storage] = layout.members()[key] ?? [0, "null"];
      return storage;
    }
    case "union":
      return layout.union().arms.find((arm) => arm.name === key)?.storage;
    case "array":
      return layout.element();
    default:
      return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Nodes as ordinary objects, to compare: aliases and cycles stay. */
export function plain(value: unknown, done = new Map<object, unknown>()): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return copied(value);
  if (done.has(value)) return done.get(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    done.set(value, items);
    for (const item of value as readonly unknown[]) items.push(plain(item, done));
    return items;
  }
  const copy: Record<string, unknown> = {};
  done.set(value, copy);
  for (const key of linearNodeOf(value)?.members ?? Object.keys(value))
    copy[key] = plain(Reflect.get(value, key), done);
  return copy;
}

/** An array of numbers as it is now. */
function copied(numbers: object): unknown {
  const slice: unknown = Reflect.get(numbers, "slice");
  if (typeof slice !== "function") throw new Error("no array of numbers");
  const copy: unknown = Reflect.apply(slice, numbers, []);
  return copy;
}
