/** What is fuzzed: the unmarshaling halves of operations, with octets that they take, from the vectors and from the phone book example. */
import { readdirSync, readFileSync } from "node:fs";
import { RpcBinding, RpcError } from "@midl-ts/runtime";
import type { MidlUserMemory, ServerStub } from "@midl-ts/runtime";
import { NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import type { ContextHandleTable } from "@midl-ts/runtime/stub";
import { loadStubs } from "../bench/generated-stub.ts";
import { PHONEBOOK_CALLS, type ExampleCall } from "./phonebook-calls.ts";

/** One half of an operation. */
export interface StubCase {
  readonly name: string;
  readonly direction: "request" | "response";
  readonly ndr64: boolean;
  /** Octets that it takes. */
  readonly seed: Uint8Array;
  readonly opnum: number;
  /** The interface that it belongs to; its manager routines fail when they are called. */
  readonly stub: ServerStub;
  unmarshal(r: NdrReader): unknown;
}

interface VectorCase {
  readonly operation?: string;
  readonly direction: string;
  readonly opnum?: number;
  readonly ndr?: string;
  readonly ndr64?: string;
  /** What size expressions of a response take from the request. */
  readonly inputs?: object;
}

interface VectorFile {
  readonly idl: string;
  readonly acf?: string;
  readonly cases: readonly VectorCase[];
}

/** Octets in C layout that the pair gave out since the counter was set to 0. */
export const allocated = { octets: 0 };

const memory: MidlUserMemory = {
  midl_user_allocate: (cBytes, type) => {
    allocated.octets += cBytes;
    return type.create(cBytes);
  },
  midl_user_free: () => undefined,
};
const state = {};
const handle = { attributes: 0, uuid: "12345678-0000-0000-0000-000000000001" };
const contextHandles: ContextHandleTable = { fromWire: () => state, toWire: () => handle };

/** Every case of the vectors in a folder, and of the calls that the phone book example makes. */
export async function stubCases(root: URL): Promise<readonly StubCase[]> {
  const found: StubCase[] = [];
  const folder = new URL("test/vectors/", root);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const vectors: unknown = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    if (!isVectorFile(vectors)) throw new Error(`${file} holds no vectors`);
    const stubs = await loadStubs(
      file.replace(".json", ""),
      vectors.idl,
      vectors.acf === undefined ? {} : { acf: vectors.acf },
    );
    const stub = serverStub(stubs);
    if (stub === undefined) continue;
    for (const { operation, direction, opnum, ndr, ndr64, inputs } of vectors.cases)
      for (const [hex, isNdr64] of [[ndr, false] as const, [ndr64, true] as const])
        if (hex !== undefined && opnum !== undefined && (direction === "request" || direction === "response"))
          found.push(
            ...stubCase(
              file,
              stubs,
              stub,
              { operation: operation ?? "", direction, opnum, inputs: inputs ?? {} },
              isNdr64,
              Buffer.from(hex, "hex"),
            ),
          );
  }
  const idl = readFileSync(new URL("examples/phonebook/phonebook.idl", root), "utf8");
  const stubs = await loadStubs("phonebook", idl);
  const stub = serverStub(stubs);
  if (stub === undefined) throw new Error("the phone book has no server stub");
  for (const [opnum, call] of PHONEBOOK_CALLS.entries())
    for (const isNdr64 of [false, true])
      for (const direction of ["request", "response"] as const) {
        const seed = exampleOctets(stubs, stub, opnum, call, direction, isNdr64);
        found.push(
          ...stubCase(
            "phonebook",
            stubs,
            stub,
            { operation: call.operation, direction, opnum, inputs: call.request },
            isNdr64,
            seed,
          ),
        );
      }
  return found;
}

interface Half {
  readonly operation: string;
  readonly direction: "request" | "response";
  readonly opnum: number;
  readonly inputs: object;
}

function stubCase(
  file: string,
  stubs: Stubs,
  stub: ServerStub,
  { operation, direction, opnum, inputs }: Half,
  ndr64: boolean,
  seed: Uint8Array,
): readonly StubCase[] {
  const unmarshal =
    direction === "request"
      ? callable(get(get(stub.operations, String(opnum)), "unmarshal"))
      : halvesOf(stubs, operation, inputs)?.unmarshal;
  if (unmarshal === undefined) return [];
  const name = `${file} ${operation} ${direction} ${ndr64 ? "ndr64" : "ndr"}`;
  return [{ name, direction, ndr64, seed, opnum, stub, unmarshal }];
}

/** A reader for octets that a case takes. */
export function readerFor({ ndr64, direction }: StubCase, octets: Uint8Array, littleEndian: boolean): NdrReader {
  return new NdrReader(octets, { ndr64, littleEndian, memory, contextHandles, reusesBuffer: direction === "request" });
}

function exampleOctets(
  stubs: Stubs,
  stub: ServerStub,
  opnum: number,
  { operation, request, response }: ExampleCall,
  direction: "request" | "response",
  ndr64: boolean,
): Uint8Array {
  const w = new NdrWriter({ ndr64, contextHandles });
  if (direction === "request") halvesOf(stubs, operation, request)?.marshal(w);
  else callable(get(get(stub.operations, String(opnum)), "marshal"))?.(w, request, response);
  return w.octets().slice();
}

type Stubs = ReadonlyMap<string, unknown>;
type Routine = (...parameters: unknown[]) => unknown;

/** The server stub of the first interface, all of whose routines fail with a fault. */
function serverStub(stubs: Stubs): ServerStub | undefined {
  const make = find(stubs, "ServerStub");
  if (make === undefined) return undefined;
  const failing = new Proxy(
    {},
    {
      get: (_, name) => (String(name).endsWith("_rundown") ? undefined : fail),
    },
  );
  const stub = make(failing, memory);
  return isServerStub(stub) ? stub : undefined;
}

function fail(): never {
  throw new RpcError("RPC_S_CALL_FAILED", "the manager routine does nothing");
}

/** The two halves of a client stub's method. */
function halvesOf(
  stubs: Stubs,
  operation: string,
  request: object,
): { marshal: Routine; unmarshal: Routine } | undefined {
  const constructor = find(stubs, "Client");
  if (constructor === undefined) return undefined;
  const client: unknown = Reflect.construct(constructor, [RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]"), memory]);
  let halves: { marshal: Routine; unmarshal: Routine } | undefined;
  Object.defineProperty(client, "invoke", {
    value: (_operation: unknown, _options: unknown, marshal: Routine, unmarshal: Routine) => {
      halves = { marshal, unmarshal };
    },
  });
  const method = callable(get(client, operation));
  if (method === undefined) return undefined;
  Reflect.apply(method, client, [request]);
  return halves;
}

function isVectorFile(value: unknown): value is VectorFile {
  return typeof value === "object" && value !== null && "idl" in value && "cases" in value;
}

function isServerStub(value: unknown): value is ServerStub {
  return typeof value === "object" && value !== null && "operations" in value;
}

function find(stubs: Stubs, suffix: string): Routine | undefined {
  return callable([...stubs].find(([name]) => name.endsWith(suffix))?.[1]);
}

function callable(value: unknown): Routine | undefined {
  return isCallable(value) ? value : undefined;
}

function isCallable(value: unknown): value is Routine {
  return typeof value === "function";
}

function get(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
