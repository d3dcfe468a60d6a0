/** Lists, trees, and the routines of generated stubs that carry them. */
import { managedMemory } from "@midl-ts/runtime";
import type { ContextHandleTable, NdrReader, NdrWriter } from "@midl-ts/runtime/stub";

/** Of the list and of the tree. */
export const NODES = 100_000;

/** No context handles travel here. */
export const noHandles: ContextHandleTable = {
  fromWire: () => null,
  toWire: () => ({ attributes: 0, uuid: "00000000-0000-0000-0000-000000000000" }),
};

/** What a client stub marshals and a server stub unmarshals. */
export interface Halves {
  readonly marshal: (w: NdrWriter) => void;
  readonly unmarshal: (r: NdrReader) => unknown;
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
