/** Calls a second over loopback, beside a raw socket that echoes as many octets, in the same run. */
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { RpcBinding, RpcServer, managedMemory } from "@midl-ts/runtime";
import { loadStubs, vectorIdl } from "./generated-stub.ts";

export interface CallsResult {
  /** Calls a second, one after the other. */
  readonly sequential: number;
  /** Calls a second with 64 under way at once. */
  readonly concurrent: number;
  /** Round trips a second of a raw socket, one after the other. */
  readonly rawSequential: number;
  /** Messages a second of a raw socket with 64 under way at once. */
  readonly rawConcurrent: number;
}

const MILLISECONDS = 1500;
const AT_ONCE = 64;

/** Measures AddOne of the echo interface. */
export async function calls(): Promise<CallsResult> {
  const stubs = await loadStubs("echo", vectorIdl("samba-echo.json"));
  const make = stubs.get("echoServerStub");
  const constructor = stubs.get("EchoClient");
  if (typeof make !== "function" || typeof constructor !== "function") throw new Error("no stubs");
  const memory = managedMemory();
  const server = new RpcServer();
  const stub: unknown = Reflect.apply(make, undefined, [
    { AddOne: ({ number }: { number: number }) => ({ sum: number + 1 }) },
    memory,
  ]);
  server.register(stub as Parameters<RpcServer["register"]>[0]);
  const binding = RpcBinding.fromString(await server.listen("ncacn_ip_tcp:127.0.0.1"));
  const client: unknown = Reflect.construct(constructor, [binding, memory]);
  const method: unknown = Reflect.get(Object(client), "AddOne");
  if (typeof method !== "function") throw new Error("no AddOne");
  const addOne = (): Promise<unknown> => Promise.resolve(Reflect.apply(method, client, [{ number: 41 }]));
  await rate(addOne, 1, 300);
  const sequential = await rate(addOne, 1);
  const concurrent = await rate(addOne, AT_ONCE);
  await binding.close();
  await server.close();
  const raw = await rawEcho();
  return { sequential, concurrent, ...raw };
}

async function rate(work: () => Promise<unknown>, atOnce: number, milliseconds = MILLISECONDS): Promise<number> {
  const start = performance.now();
  let count = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() - start < milliseconds) {
      await work();
      count++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, loop));
  return count / ((performance.now() - start) / 1000);
}

/** A socket that sends 28 octets and awaits them, as a call sends a header and a number. */
async function rawEcho(): Promise<Pick<CallsResult, "rawSequential" | "rawConcurrent">> {
  const SIZE = 28;
  const server = createServer({ noDelay: true }, (socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!isAddress(address)) throw new Error("not listening");
  const socket = connect({ port: address.port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const waiting: (() => void)[] = [];
  let received = 0;
  socket.on("data", (chunk) => {
    for (received += chunk.length; received >= SIZE; received -= SIZE) waiting.shift()?.();
  });
  const message = Buffer.alloc(SIZE);
  const roundTrip = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      socket.write(message);
    });
  await rate(roundTrip, 1, 300);
  const rawSequential = await rate(roundTrip, 1);
  const rawConcurrent = await rate(roundTrip, AT_ONCE);
  socket.destroy();
  server.close();
  return { rawSequential, rawConcurrent };
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
