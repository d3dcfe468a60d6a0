/** An interface with [enable_allocate] on some of its operations, and both sides of it over the in-memory transport. */
import { MemoryTransport, RpcBinding, RpcServer, managedMemory, trackMemory } from "../../runtime/index.ts";
import type { MidlUserMemory, NodeType, ServerCall, TrackedMemory } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import type { CompileOptions } from "../support/compile-idl.ts";
import { serverStub } from "../support/stub-harness.ts";
import { isNodeType, isRecord } from "./call-support.ts";
import type { List } from "./call-support.ts";

/** Every operation is there twice: as the ACF has it, and `Plain`, which the ACF does not name. */
export const RPC_SS_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e51), version(1.0), pointer_default(unique)]
interface rpcss
{
    typedef struct _LIST { long value; struct _LIST *next; } LIST;
    typedef pipe long LONGS;
    long Give([in] long count, [out] LIST **list);
    long GivePlain([in] long count, [out] LIST **list);
    long Edit([in, out] LIST **list);
    long Take([in] LIST *list, [in, range(0, 3)] long limit);
    long TakePlain([in] LIST *list);
    long Pull([in] LIST *list, [in] LONGS numbers, [out] LIST **back);
}`;

/** The ACF that makes the operations without \`Plain\` what they are. */
export const RPC_SS_ACF = "interface rpcss { [enable_allocate] Give(), Edit(), Take(), Pull(); }";

/** A manager routine of any operation. */
export type Routine = (request: Record<string, unknown>, call: ServerCall) => unknown;

/** A client with a connection and a pair of its own. */
export interface Client {
  readonly memory: TrackedMemory;
  /** Calls an operation. */
  call(operation: string, request: object): Promise<Record<string, unknown>>;
}

/** A server in this process, and what its clients need. */
export interface Sides extends AsyncDisposable {
  /** What the manager routines do, by operation. */
  readonly routines: Map<string, Routine>;
  readonly LIST: NodeType<List>;
  /** The pair of the server stub. */
  readonly memory: TrackedMemory;
  /** @param memory the application's pair; undefined leaves it out, for /osf */
  connect(memory?: MidlUserMemory | "none"): Client;
}

/** Compiles the interface and starts its server. */
export async function start(options: CompileOptions = { acf: RPC_SS_ACF }, idl = RPC_SS_IDL): Promise<Sides> {
  const { exports } = await compileIdl("rpcss", idl, options);
  const transports = [new MemoryTransport()];
  const memory = trackMemory(managedMemory());
  const routines: Sides["routines"] = new Map();
  const server = new RpcServer({ transports });
  server.register(
    serverStub(
      exports,
      (request, call) => {
        const routine = routines.get(call.operation);
        if (routine === undefined || !isRecord(request)) throw new Error(`no routine ${call.operation}`);
        return routine(request, call);
      },
      memory,
    ),
  );
  const address = await server.listen("midl-ts-memory:[rpcss]");
  const bindings: RpcBinding[] = [];
  return {
    routines,
    LIST: listType(exports),
    memory,
    connect(application = managedMemory()) {
      const binding = RpcBinding.fromString(address, { transports });
      bindings.push(binding);
      const tracked = trackMemory(application === "none" ? managedMemory() : application);
      return client(exports, application === "none" ? [binding] : [binding, tracked], tracked);
    },
    async [Symbol.asyncDispose]() {
      for (const binding of bindings) await binding.close();
      await server.close();
    },
  };
}

function client(exports: ReadonlyMap<string, unknown>, parameters: unknown[], memory: TrackedMemory): Client {
  const constructor = exports.get("RpcssClient");
  if (typeof constructor !== "function") throw new Error("no client stub");
  const stub: unknown = Reflect.construct(constructor, parameters);
  return {
    memory,
    async call(operation, request) {
      const method: unknown = Reflect.get(Object(stub), operation);
      if (typeof method !== "function") throw new Error(`no operation ${operation}`);
      const answer: unknown = await Reflect.apply(method, stub, [request]);
      return isRecord(answer) ? answer : { returnValue: answer };
    },
  };
}

/** The node type of the list, as the compiled interface exports it. */
export function listType(exports: ReadonlyMap<string, unknown>): NodeType<List> {
  const type = exports.get("LIST");
  if (!isListType(type)) throw new Error("no node type LIST");
  return type;
}

function isListType(value: unknown): value is NodeType<List> {
  return isNodeType(value) && value.name === "LIST";
}

/** A list whose nodes `allocate` gives. */
export function listFrom(allocate: () => List, ...values: number[]): List | null {
  return values.reduceRight<List | null>((next, value) => Object.assign(allocate(), { value, next }), null);
}

/** A turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
