/** Calls through generated stubs over the in-memory transport, with a pair of one's own on each side. */
import { MemoryTransport, RpcBinding, RpcServer, managedMemory, trackMemory } from "../../runtime/index.ts";
import type { MidlUserMemory, NodeType, ServerCall, TrackedMemory } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import type { Compiled } from "../support/compile-idl.ts";
import { serverStub } from "../support/stub-harness.ts";
import { MEMORY_IDL } from "./memory-idl.ts";

export interface List {
  value: number;
  next: List | null;
}

/** A client and a server of the memory interface, joined in this process. */
export interface Fixture extends AsyncDisposable {
  /** Calls an operation. */
  call(operation: string, request: object): Promise<unknown>;
  /** What the manager routines do, by operation. */
  readonly routines: Map<string, (request: Record<string, unknown>, call: ServerCall) => unknown>;
  /** What the compiled module exports: node types among it. */
  readonly exports: ReadonlyMap<string, unknown>;
  readonly client: TrackedMemory;
  readonly server: TrackedMemory;
}

/** Allocates until `limit` nodes were given out. */
export function limitedMemory(limit: { left: number }, plain: MidlUserMemory = managedMemory()): MidlUserMemory {
  return {
    copiesStubData: plain.copiesStubData ?? false,
    midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
      return limit.left-- > 0 ? plain.midl_user_allocate(cBytes, type) : null;
    },
    midl_user_free: (node) => {
      plain.midl_user_free(node);
    },
  };
}

/** The memory interface, compiled. */
export function memoryInterface(): Promise<Compiled> {
  return compileIdl("memory", MEMORY_IDL);
}

/** Starts both sides of the memory interface. */
export async function fixture(
  clientPair: MidlUserMemory = managedMemory(),
  serverPair: MidlUserMemory = managedMemory(),
): Promise<Fixture> {
  return sidesOf(await memoryInterface(), clientPair, serverPair);
}

/** Starts both sides of a compiled interface. */
export async function sidesOf(
  { exports }: Pick<Compiled, "exports">,
  clientPair: MidlUserMemory = managedMemory(),
  serverPair: MidlUserMemory = managedMemory(),
): Promise<Fixture> {
  const client = trackMemory(clientPair);
  const server = trackMemory(serverPair);
  const routines: Fixture["routines"] = new Map();
  const transport = new MemoryTransport();
  const host = new RpcServer({ transports: [transport] });
  host.register(
    serverStub(
      exports,
      (request, call) => {
        const routine = routines.get(call.operation);
        if (routine === undefined || !isRecord(request)) throw new Error(`no routine ${call.operation}`);
        return routine(request, call);
      },
      server,
    ),
  );
  const address = await host.listen("midl-ts-memory:[memory]");
  const binding = RpcBinding.fromString(address, { transports: [transport] });
  const constructor = [...exports].find(([name]) => name.endsWith("Client"))?.[1];
  if (typeof constructor !== "function") throw new Error("no client stub");
  const stub: unknown = Reflect.construct(constructor, [binding, client]);
  return {
    routines,
    exports,
    client,
    server,
    async call(operation, request) {
      const method: unknown = Reflect.get(Object(stub), operation);
      if (typeof method !== "function") throw new Error(`no operation ${operation}`);
      const answer: unknown = await Reflect.apply(method, stub, [request]);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      await binding.close();
      await host.close();
    },
  };
}

/** A list of ordinary objects. */
export function list(...values: number[]): List | null {
  return values.reduceRight<List | null>((next, value) => ({ value, next }), null);
}

/** The values of a list. */
export function valuesOf(head: unknown): number[] {
  const values: number[] = [];
  for (let node = head; isList(node); node = node.next) values.push(node.value);
  return values;
}

export function isList(value: unknown): value is List {
  return typeof value === "object" && value !== null && "value" in value && "next" in value;
}

/** The node type of a struct of the interface. */
export function nodeType(exports: ReadonlyMap<string, unknown>, name: string): NodeType<object> {
  const type = exports.get(name);
  if (!isNodeType(type)) throw new Error(`no node type ${name}`);
  return type;
}

export function isNodeType(value: unknown): value is NodeType<object> {
  return typeof value === "object" && value !== null && "referents" in value;
}

/** A list from a pair. */
export function allocateList(memory: MidlUserMemory, type: NodeType<object>, ...values: number[]): object | null {
  return values.reduceRight<object | null>((next, value) => {
    const node = memory.midl_user_allocate(type.size, type);
    return node === null ? null : Object.assign(node, { value, next });
  }, null);
}

/** An object with properties of any name: a request, or a node whose type the test knows. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
