/** M37: a client drops a context handle without contacting the server. */
import { afterEach, describe, expect, it } from "vitest";
import {
  RpcBinding,
  RpcServer,
  RpcSmDestroyClientContext,
  RpcSsDestroyClientContext,
  RpcStatus,
} from "../../runtime/index.ts";
import { ContextHandle } from "../../runtime/client/context-handle.ts";
import { MemoryTransport } from "../../runtime/transport/memory-transport.ts";
import { SampleClient, sampleStub } from "../runtime/sample-interface.ts";
import { turn } from "./rpc-ss-support.ts";

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
});

interface Fixture {
  readonly server: RpcServer;
  /** A client with a connection of its own. */
  readonly connect: () => SampleClient;
  /** What the server was asked, and what it ran down. */
  readonly events: string[];
}

async function fixture(): Promise<Fixture> {
  const transports = [new MemoryTransport()];
  const events: string[] = [];
  const server = new RpcServer({ transports });
  server.register(
    sampleStub({
      open: () => ({}),
      use: () => {
        events.push("use");
        return 1;
      },
      close: () => void events.push("close"),
      rundown: (type) => void events.push(`rundown ${type}`),
    }),
  );
  const address = await server.listen("midl-ts-memory:[context]");
  disposables.push(server);
  const connect = (): SampleClient => {
    const binding = RpcBinding.fromString(address, { transports });
    disposables.push(binding);
    return new SampleClient(binding);
  };
  return { server, connect, events };
}

async function opened(client: SampleClient): Promise<ContextHandle> {
  const handle = await client.open();
  if (handle === null) throw new Error("no handle");
  return handle;
}

describe("M37: RpcSsDestroyClientContext", () => {
  it("makes the handle the null handle without contacting the server", async () => {
    const { connect, events } = await fixture();
    const handle = await opened(connect());
    RpcSsDestroyClientContext(handle);
    await turn();
    expect(handle.closed).toBe(true);
    expect(events).toEqual([]);
  });

  it("the handle is RPC_X_SS_IN_NULL_CONTEXT as [in], also for another binding, and nothing is sent", async () => {
    const { connect, events } = await fixture();
    const client = connect();
    const handle = await opened(client);
    RpcSsDestroyClientContext(handle);
    for (const each of [client, connect()])
      await expect(each.use(handle)).rejects.toMatchObject({ name: "RPC_X_SS_IN_NULL_CONTEXT", status: 1775 });
    expect(events).toEqual([]);
  });

  it("and is sent as null as [in, out]", async () => {
    const { connect, events } = await fixture();
    const client = connect();
    const handle = await opened(client);
    RpcSsDestroyClientContext(handle);
    expect(await client.close(handle)).toBeNull();
    expect(events).toEqual([]); // the server closed nothing: what came was the null handle
  });

  it("the server runs the state down when the last connection goes", async () => {
    const { connect, events } = await fixture();
    const client = connect();
    RpcSsDestroyClientContext(await opened(client));
    await client.binding.close();
    for (let turns = 0; events.length === 0 && turns < 100; turns++) await turn();
    expect(events).toEqual(["rundown SAMPLE_HANDLE"]);
  });

  it("does not count as a reason to keep the connection any more", async () => {
    const { connect } = await fixture();
    const handle = await opened(connect());
    const { contextHandles } = ContextHandle.associationOf(handle);
    expect(contextHandles.live).toBe(1);
    RpcSsDestroyClientContext(handle);
    expect(contextHandles.live).toBe(0);
    expect(RpcSmDestroyClientContext(handle)).toBe(RpcStatus.RPC_X_SS_CONTEXT_MISMATCH);
    expect(contextHandles.live).toBe(0);
  });

  it("also drops a handle whose server is gone", async () => {
    const { server, connect } = await fixture();
    const client = connect();
    const handle = await opened(client);
    await server.close();
    for (let turns = 0; !handle.closed && turns < 100; turns++) await turn();
    expect(RpcSmDestroyClientContext(handle)).toBe(RpcStatus.RPC_S_OK);
  });

  it("an invalid handle is RPC_X_SS_CONTEXT_MISMATCH: no handle, or one that is closed", async () => {
    const { connect } = await fixture();
    const client = connect();
    const handle = await opened(client);
    await client.close(handle);
    const mismatch = { name: "RPC_X_SS_CONTEXT_MISMATCH", status: 6 };
    for (const each of [handle, {}, null, undefined]) {
      expect(() => {
        Reflect.apply(RpcSsDestroyClientContext, undefined, [each]);
      }).toThrow(expect.objectContaining(mismatch));
      expect(Reflect.apply(RpcSmDestroyClientContext, undefined, [each])).toBe(6);
    }
  });
});
