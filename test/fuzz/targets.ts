/** What is fuzzed: the unmarshaling half of every operation that a vector has octets for, on client and server. */
import { readdirSync, readFileSync } from "node:fs";
import { RpcBinding } from "@midl-ts/runtime";
import type { MidlUserMemory } from "@midl-ts/runtime";
import { NdrReader } from "@midl-ts/runtime/stub";
import type { ContextHandleTable } from "@midl-ts/runtime/stub";
import { loadStubs } from "../bench/generated-stub.ts";

/** One thing that takes octets from a peer. */
export interface Target {
  readonly name: string;
  /** Octets that it takes. */
  readonly seed: Uint8Array;
  run(octets: Uint8Array): void;
}

interface Case {
  readonly operation?: string;
  readonly direction: string;
  readonly opnum?: number;
  readonly ndr?: string;
  readonly ndr64?: string;
}

/** Octets in C layout that the pair gave out since the counter was set to 0. */
export const allocated = { octets: 0 };

interface VectorFile {
  readonly idl: string;
  readonly acf?: string;
  readonly cases: readonly Case[];
}

function isVectorFile(value: unknown): value is VectorFile {
  return typeof value === "object" && value !== null && "idl" in value && "cases" in value;
}

const memory: MidlUserMemory = {
  midl_user_allocate: (cBytes, type) => {
    allocated.octets += cBytes;
    return type.create(cBytes);
  },
  midl_user_free: () => undefined,
};
const state = {};
const contextHandles: ContextHandleTable = {
  fromWire: () => state,
  toWire: () => ({ attributes: 0, uuid: "00000000-0000-0000-0000-000000000000" }),
};

/** Every target of the vectors in a folder. */
export async function targets(folder: URL): Promise<readonly Target[]> {
  const found: Target[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const vectors: unknown = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    if (!isVectorFile(vectors)) throw new Error(`${file} holds no vectors`);
    const stubs = await loadStubs(file.replace(".json", ""), vectors.idl, vectors.acf);
    for (const each of vectors.cases)
      for (const syntax of ["ndr", "ndr64"] as const) {
        const hex = each[syntax];
        const unmarshal = hex === undefined ? undefined : routineOf(stubs, each);
        if (hex === undefined || unmarshal === undefined) continue;
        found.push({
          name: `${file} ${String(each.operation)} ${each.direction} ${syntax}`,
          seed: Buffer.from(hex, "hex"),
          run: (octets) => {
            const littleEndian = syntax === "ndr64" || octets.length % 5 !== 0;
            unmarshal(
              new NdrReader(octets, {
                ndr64: syntax === "ndr64",
                littleEndian,
                memory,
                contextHandles,
                reusesBuffer: each.direction === "request",
              }),
            );
          },
        });
      }
  }
  return found;
}

type Unmarshal = (r: NdrReader) => unknown;

function routineOf(stubs: ReadonlyMap<string, unknown>, { operation, direction, opnum }: Case): Unmarshal | undefined {
  if (operation === undefined || opnum === undefined) return undefined;
  if (direction === "request") {
    const make = find(stubs, "ServerStub");
    const stub: unknown = make === undefined ? undefined : Reflect.apply(make, undefined, [{}, memory]);
    return callable(get(get(get(stub, "operations"), String(opnum)), "unmarshal"));
  }
  const constructor = find(stubs, "Client");
  if (constructor === undefined) return undefined;
  const client: unknown = Reflect.construct(constructor, [RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]"), memory]);
  let unmarshal: Unmarshal | undefined;
  Object.defineProperty(client, "invoke", {
    value: (_operation: unknown, _options: unknown, _marshal: unknown, half: Unmarshal) => {
      unmarshal = half;
    },
  });
  const method = callable(get(client, operation));
  if (method === undefined) return undefined;
  Reflect.apply(method, client, [{}]);
  return unmarshal;
}

function find(stubs: ReadonlyMap<string, unknown>, suffix: string): Unmarshal | undefined {
  return callable([...stubs].find(([name]) => name.endsWith(suffix))?.[1]);
}

function callable(value: unknown): Unmarshal | undefined {
  return isCallable(value) ? value : undefined;
}

function isCallable(value: unknown): value is Unmarshal {
  return typeof value === "function";
}

function get(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
