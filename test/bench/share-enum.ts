/**
 * NetrShareEnum responses with 1,000 shares: encoding by the server stub and decoding by the client stub, beside Samba's C code through
 * python3-samba in the same run. The octets are the same on both sides, or the benchmark fails.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { RpcBinding, managedMemory } from "@midl-ts/runtime";
import { NdrBufferPool, NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import type { ContextHandleTable } from "@midl-ts/runtime/stub";
import { loadStubs, vectorIdl } from "./generated-stub.ts";
import { measure } from "./measure.ts";
import type { Measured } from "./measure.ts";
import type { Quantity } from "./report.ts";

export interface ShareEnumResult {
  readonly level: number;
  readonly ndr64: boolean;
  readonly octets: number;
  /** 1,000 records. */
  readonly decode: Measured;
  readonly encode: Measured;
  /** The same by Samba's C code; undefined where python3-samba is not installed. */
  readonly samba: SambaTimes | undefined;
  /** Encodes once more, for the profiler. */
  readonly encodeOnce: () => unknown;
}

/** What Samba's C code takes, through python3-samba. */
export interface SambaTimes {
  readonly version: string;
  readonly decode: Quantity;
  readonly encode: Quantity;
}

const RECORDS = 1000;
const OPNUM = 15;

/** Measures both levels in both transfer syntaxes. */
export async function shareEnum(): Promise<readonly ShareEnumResult[]> {
  const stubs = await loadStubs("shares", vectorIdl("samba-srvsvc.json"));
  const { marshal, unmarshal } = halves(stubs);
  warmWithOtherTypes(stubs);
  const results: ShareEnumResult[] = [];
  for (const level of [1, 2])
    for (const ndr64 of [false, true]) {
      const response = {
        shares: { level, list: { discriminant: level, [`level${level}`]: { count: RECORDS, items: records(level) } } },
        total: RECORDS,
        resume: null,
        returnValue: 0,
      };
      const encodeOnce = (): Uint8Array => {
        const w = new NdrWriter({ ndr64, contextHandles: noHandles, buffers });
        marshal(w, {}, response);
        w.release(); // as a connection does once the octets are on their way
        return w.octets();
      };
      const octets = encodeOnce().slice();
      const decodeOnce = (): unknown =>
        unmarshal(new NdrReader(octets, { ndr64, littleEndian: true, memory, contextHandles: noHandles }));
      check(decodeOnce(), level);
      const encode = measure(encodeOnce);
      const decode = measure(decodeOnce);
      const samba = sambaTimes(octets, ndr64);
      results.push({ level, ndr64, octets: octets.length, decode, encode, samba, encodeOnce });
    }
  return results;
}

const memory = managedMemory();
const buffers = new NdrBufferPool();
const noHandles: ContextHandleTable = {
  fromWire: () => null,
  toWire: () => ({ attributes: 0, uuid: "00000000-0000-0000-0000-000000000000" }),
};

/** The records of a level, each a plain object. */
export function records(level: 1): { name: string; type: number; remark: string }[];
export function records(level: number): object[];
export function records(level: number): object[] {
  return Array.from({ length: RECORDS }, (_, index) => {
    const name = `share-${String(index).padStart(4, "0")}`;
    const remark = `The files of department number ${index}`;
    const path = `C:\\shares\\department\\${index}`;
    return level === 1
      ? { name, type: index % 4, remark }
      : { name, type: index % 4, remark, permissions: 0, limit: 0xffffffff, users: index % 7, path, password: null };
  });
}

interface Halves {
  readonly marshal: (w: NdrWriter, request: object, response: object) => void;
  readonly unmarshal: (r: NdrReader) => unknown;
}

/** The two halves of operation 15 as the generated stubs have them. */
function halves(stubs: ReadonlyMap<string, unknown>): Halves {
  const stub: unknown = call(stubs.get("sharesServerStub"), undefined, [{}, memory]);
  const operation: unknown = get(get(stub, "operations"), String(OPNUM));
  const marshal = get(operation, "marshal");
  const constructor = stubs.get("SharesClient");
  if (typeof constructor !== "function" || !isMarshal(marshal)) throw new Error("no stubs");
  const client: unknown = Reflect.construct(constructor, [RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]"), memory]);
  let unmarshal: Halves["unmarshal"] | undefined;
  Object.defineProperty(client, "invoke", {
    value: (_operation: unknown, _options: unknown, _marshal: unknown, half: Halves["unmarshal"]) => {
      unmarshal = half;
    },
  });
  call(get(client, "ListShares"), client, [{ shares: undefined, limit: 0 }]);
  if (unmarshal === undefined) throw new Error("no unmarshal routine");
  return { marshal, unmarshal };
}

function isMarshal(value: unknown): value is Halves["marshal"] {
  return typeof value === "function";
}

/** Runs other types first, so that the shared routines have seen more than one shape. */
function warmWithOtherTypes(stubs: ReadonlyMap<string, unknown>): void {
  for (let round = 0; round < 200; round++)
    for (const [name, type] of stubs) {
      const marshal = stubs.get(`marshal${name}Node`);
      const create = get(type, "create");
      if (typeof marshal !== "function" || typeof create !== "function" || marshal.length !== 2) continue;
      const w = new NdrWriter({ ndr64: round % 2 === 0, contextHandles: noHandles });
      const value = call(create, type, [get(type, "size")]);
      call(marshal, undefined, [w, value]);
      const r = new NdrReader(w.octets(), {
        ndr64: round % 2 === 0,
        littleEndian: true,
        memory,
        contextHandles: noHandles,
      });
      call(stubs.get(`unmarshal${name}Node`), undefined, [r, null]);
    }
}

function check(response: unknown, level: number): void {
  const items = get(get(get(get(response, "shares"), "list"), `level${level}`), "items");
  if (get(get(items, String(RECORDS - 1)), "remark") !== `The files of department number ${RECORDS - 1}`)
    throw new Error("decoded wrongly");
}

function get(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function call(routine: unknown, self: unknown, parameters: unknown[]): unknown {
  if (typeof routine !== "function") throw new Error("not a routine");
  return Reflect.apply(routine, self, parameters);
}

function sambaTimes(octets: Uint8Array, ndr64: boolean): SambaTimes | undefined {
  const script = fileURLToPath(new URL("../../../test/bench/samba-share-enum.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync("/usr/bin/python3", [script, ndr64 ? "ndr64" : "ndr"], {
    input: Buffer.from(octets),
    maxBuffer: 1 << 26,
  });
  if (status === 77) return undefined;
  if (status !== 0) throw new Error(`python3-samba: ${String(stderr)}`);
  const measured: unknown = JSON.parse(String(stdout));
  if (!isMeasured(measured)) throw new Error(`python3-samba printed ${String(stdout)}`);
  const { decode, encode, digest, version } = measured;
  if (digest !== createHash("sha256").update(octets).digest("hex")) throw new Error("Samba packs other octets");
  return { version, decode, encode };
}

function isMeasured(value: unknown): value is SambaTimes & { readonly digest: string } {
  if (typeof value !== "object" || value === null) return false;
  if (!("decode" in value && "encode" in value && "digest" in value && "version" in value)) return false;
  const { decode, encode, digest, version } = value;
  return isQuantity(decode) && isQuantity(encode) && typeof digest === "string" && typeof version === "string";
}

function isQuantity(value: unknown): value is Quantity {
  if (typeof value !== "object" || value === null || !("median" in value && "spread" in value)) return false;
  return typeof value.median === "number" && typeof value.spread === "number";
}
