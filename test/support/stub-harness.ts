/** Drives generated stubs without a network: what the client stub marshals and unmarshals, and what the server stub does. */
import { RpcBinding, managedMemory } from "../../runtime/index.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import type { OperationDescription } from "../../runtime/client/call-options.ts";
import type { ContextHandleTable } from "../../runtime/ndr/context-handle-table.ts";
import { NdrReader } from "../../runtime/ndr/reader.ts";
import { NdrWriter } from "../../runtime/ndr/writer.ts";
import { PipeReader } from "../../runtime/pipes/pipe-reader.ts";
import { PipeWriter } from "../../runtime/pipes/pipe-writer.ts";
import { StubDataStream } from "../../runtime/rpc/stub-data-stream.ts";
import type { ServerCall, ServerStub } from "../../runtime/server/server-stub.ts";
import { HandleValue } from "./vector-values.ts";

export interface Encoding {
  readonly ndr64: boolean;
  readonly littleEndian: boolean;
}

/** Context handles stand for themselves. */
export const plainHandles: ContextHandleTable = {
  fromWire: (handle) => (handle.uuid === NIL ? null : new HandleValue(handle.attributes, handle.uuid)),
  toWire: (value) => (value instanceof HandleValue ? value : { attributes: 0, uuid: NIL }),
};

const NIL = "00000000-0000-0000-0000-000000000000";

export function reader(octets: Uint8Array, encoding: Encoding, memory: MidlUserMemory = managedMemory()): NdrReader {
  return new NdrReader(octets, { ...encoding, memory, contextHandles: plainHandles });
}

export function writer(ndr64 = false): NdrWriter {
  return new NdrWriter({ ndr64, contextHandles: plainHandles });
}

/** What a stub is given beside its binding. */
export interface StubSettings {
  readonly memory?: MidlUserMemory;
  /** Routines of the application for types in whose place others travel. */
  readonly conversions?: object;
}

/** The two halves of a client stub's method. */
export interface ClientHalves {
  marshal(w: NdrWriter): void;
  unmarshal(r: NdrReader): unknown;
  /** The same with the [in] pipes behind. */
  send(w: NdrWriter): Promise<void>;
  /** The same with the [out] pipes before. */
  receive(r: NdrReader): Promise<unknown>;
}

/** Calls a method of a generated client and catches what it would marshal and unmarshal. */
export function clientHalves(
  exports: ReadonlyMap<string, unknown>,
  operation: string,
  request: unknown,
  { memory = managedMemory(), conversions }: StubSettings = {},
): ClientHalves {
  const [, constructor] = [...exports].find(([name]) => name.endsWith("Client")) ?? [];
  if (typeof constructor !== "function") throw new Error("no client stub");
  const client: unknown = Reflect.construct(constructor, [
    RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]"),
    memory,
    conversions,
  ]);
  if (typeof client !== "object" || client === null) throw new Error("no client");
  let halves: ClientHalves | undefined;
  Object.defineProperty(client, "invoke", {
    value: (
      { pipes = [] }: OperationDescription,
      _options: unknown,
      marshal: ClientHalves["marshal"],
      unmarshal: ClientHalves["unmarshal"],
    ) => {
      const send = async (w: NdrWriter): Promise<void> => {
        marshal(w);
        const pipeWriter = new PipeWriter(w, undefined);
        for (const pipe of pipes)
          if (pipe.direction === "in") await pipe.send(pipeWriter, { stopped: false, giveBack: undefined });
      };
      const receive = async (r: NdrReader): Promise<unknown> => {
        const pipeReader = new PipeReader(StubDataStream.whole(r.octets), r);
        for (const pipe of pipes) if (pipe.direction === "out") await pipe.receive(pipeReader);
        return unmarshal(pipes.length === 0 ? r : await pipeReader.rest(Infinity));
      };
      halves = { marshal, unmarshal, send, receive };
    },
  });
  const method: unknown = Reflect.get(client, operation);
  if (typeof method !== "function") throw new Error(`no operation ${operation}`);
  Reflect.apply(method, client, [request]);
  if (halves === undefined) throw new Error(`${operation} made no call`);
  return halves;
}

/** Runs a generated server stub on a request. */
export async function serve(
  exports: ReadonlyMap<string, unknown>,
  opnum: number,
  request: NdrReader,
  response: NdrWriter,
  manager: (request: unknown, call: ServerCall) => unknown,
  conversions?: object,
): Promise<void> {
  const stub = serverStub(exports, manager, request.memory, conversions);
  const operation = stub.operations[opnum];
  if (operation === undefined) throw new Error(`no operation ${opnum}`);
  await operation.execute(
    {
      signal: new AbortController().signal,
      binding: { protocolSequence: "test", peer: "", associationGroupId: 1 },
      objectUuid: undefined,
      memory: request.memory,
      opnum,
      operation: operation.name,
    },
    request,
    response,
  );
}

/** The generated server stub with one routine as every manager routine. */
export function serverStub(
  exports: ReadonlyMap<string, unknown>,
  manager: (request: unknown, call: ServerCall) => unknown,
  memory: MidlUserMemory | undefined,
  conversions?: object,
): ServerStub {
  const [, make] = [...exports].find(([name]) => name.endsWith("ServerStub")) ?? [];
  if (typeof make !== "function") throw new Error("no server stub");
  const managers = new Proxy({}, { get: () => manager });
  const stub: unknown = Reflect.apply(make, undefined, [managers, memory, conversions]);
  if (!isServerStub(stub)) throw new Error("no server stub");
  return stub;
}

function isServerStub(value: unknown): value is ServerStub {
  return typeof value === "object" && value !== null && "operations" in value;
}
