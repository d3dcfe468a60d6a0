/** Context handles from both ends (C706 5.1.6, MS-RPCE 3.3.1.4.1). */
import { afterEach, describe, expect, it } from "vitest";
import { ContextHandle } from "../../../runtime/client/context-handle.ts";
import { RpcBinding, type RpcBindingOptions } from "../../../runtime/client/rpc-binding.ts";
import { RpcServer, type RpcServerOptions } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { SampleClient, sampleStub, type SampleManagers } from "../sample-interface.ts";

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
});

interface Counter {
  count: number;
}

const counting: SampleManagers = {
  open: () => ({ count: 0 }),
  use: (state) => ++(state as Counter).count,
};

async function serve(
  managers: SampleManagers,
  serverOptions: RpcServerOptions = {},
): Promise<(options?: RpcBindingOptions) => SampleClient> {
  const transports = [new MemoryTransport()];
  const server = new RpcServer({ transports, ...serverOptions });
  server.register(sampleStub(managers));
  const text = await server.listen("midl-ts-memory:[s]");
  disposables.push(server);
  return (options) => {
    const binding = RpcBinding.fromString(text, { transports, ...options });
    disposables.push(binding);
    return new SampleClient(binding);
  };
}

async function opened(client: SampleClient): Promise<ContextHandle> {
  const handle = await client.open();
  if (handle === null) throw new Error("no handle");
  return handle;
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

describe("a context handle", () => {
  it("stands for the manager's state until the server gives null back", async () => {
    const closed: object[] = [];
    const client = (await serve({ ...counting, close: (state) => void closed.push(state) }))();
    const handle = await opened(client);
    expect([handle.type, handle.closed]).toEqual(["SAMPLE_HANDLE", false]);
    expect([await client.use(handle), await client.use(handle)]).toEqual([1, 2]);
    expect(await client.close(handle)).toBeNull();
    expect(handle.closed).toBe(true);
    expect(closed).toEqual([{ count: 2 }]);
    await expect(client.use(handle)).rejects.toMatchObject({
      name: "RPC_X_SS_IN_NULL_CONTEXT",
      operation: "Sample.Use",
    });
  });

  it("is another for each time that it is given out, even for the same state", async () => {
    const shared = { count: 0 };
    const client = (await serve({ ...counting, open: () => shared }))();
    const [one, two] = [await opened(client), await opened(client)];
    await client.close(one);
    expect(await client.use(two)).toBe(1);
  });

  it("is unknown to another binding of the same server", async () => {
    const connect = await serve(counting);
    const [one, two] = [connect(), connect()];
    const handle = await opened(one);
    expect(await two.use(handle)).toBe(1);
    await expect(one.use(handle, { binding: two.binding })).rejects.toMatchObject({
      name: "RPC_X_SS_CONTEXT_MISMATCH",
    });
    expect(await two.use(handle, { binding: one.binding })).toBe(2);
  });

  it("of another type, or no handle at all, is refused before anything is sent", async () => {
    const client = (await serve(counting))();
    const handle = await opened(client);
    const forged = new ContextHandle("OTHER_HANDLE", ContextHandle.associationOf(handle), ContextHandle.wireOf(handle));
    await expect(client.use(forged)).rejects.toMatchObject({ name: "RPC_X_SS_CONTEXT_MISMATCH" });
    const misused: unknown = Reflect.apply(Reflect.get(client, "use"), client, [{}]);
    await expect(misused).rejects.toThrow(
      new TypeError("SAMPLE_HANDLE takes a context handle that an operation gave out"),
    );
  });

  it("that the server does not know faults with RPC_X_SS_CONTEXT_MISMATCH; the null handle arrives as null", async () => {
    const client = (await serve(counting))();
    const handle = await opened(client);
    const forged = new ContextHandle("SAMPLE_HANDLE", ContextHandle.associationOf(handle), {
      attributes: 0,
      uuid: "11111111-2222-3333-4444-555555555555",
    });
    await expect(client.use(forged)).rejects.toMatchObject({
      name: "RPC_X_SS_CONTEXT_MISMATCH",
      message: /fault 0x1c00001a/,
    });
    await expect(client.use(null)).rejects.toMatchObject({ name: "RPC_X_SS_IN_NULL_CONTEXT" });
  });

  it("is run down when the last connection of its group goes, and no call uses it any more", async () => {
    const events: string[] = [];
    let release: (() => void) | undefined;
    const client = (
      await serve({
        ...counting,
        use: () =>
          new Promise(
            (resolve) =>
              (release = () => {
                resolve(1);
              }),
          ),
        rundown: (type) => void events.push(`rundown ${type}`),
      })
    )();
    const handle = await opened(client);
    const call = client.use(handle).catch(() => events.push("failed"));
    while (release === undefined) await later();
    await client.binding.close();
    await call;
    await later();
    expect(events).toEqual(["failed"]);
    expect(handle.closed).toBe(true);
    release();
    await later();
    expect(events).toEqual(["failed", "rundown SAMPLE_HANDLE"]);
  });

  it("is run down when the server closes; a rundown that fails is reported and does not stop the others", async () => {
    const reported: unknown[] = [];
    const run: object[] = [];
    const connect = await serve(
      {
        ...counting,
        rundown: (_type, state) => {
          run.push(state);
          if (run.length === 1) throw new Error("first");
        },
      },
      { onError: (error, place) => reported.push([error, place.contextHandleType]) },
    );
    const client = connect();
    await opened(client);
    await opened(client);
    await disposables.shift()?.[Symbol.asyncDispose]();
    expect(run).toHaveLength(2);
    expect(reported).toEqual([[new Error("first"), "SAMPLE_HANDLE"]]);
  });

  it("keeps its connection from being closed for idleness", async () => {
    const client = (await serve(counting))({ limits: { idleTimeout: 20 } });
    const handle = await opened(client);
    await later();
    await later();
    await later();
    expect(client.binding.connections).toBe(1);
    expect(await client.use(handle)).toBe(1);
    await client.close(handle);
    await later();
    await later();
    await later();
    expect(client.binding.connections).toBe(0);
  });

  it("is dead when its connections are gone, and calls with it fail", async () => {
    let connect = await serve(counting);
    const client = connect();
    const handle = await opened(client);
    await disposables.shift()?.[Symbol.asyncDispose]();
    expect(handle.closed).toBe(true);
    connect = await serve(counting);
    await expect(connect().use(handle)).rejects.toMatchObject({ name: "RPC_X_SS_CONTEXT_MISMATCH" });
  });

  it("beyond the limit of the group is not given out", async () => {
    const client = (await serve(counting, { limits: { contextHandlesPerGroup: 1 } }))();
    await opened(client);
    await expect(client.open()).rejects.toMatchObject({ name: "RPC_S_OUT_OF_RESOURCES" });
  });

  it("works on every connection of the group", async () => {
    const client = (await serve({ ...counting, addOne: (value) => later().then(() => value) }))();
    const handle = await opened(client);
    expect(await Promise.all([client.addOne(5), client.use(handle), client.use(handle)])).toEqual([5, 1, 2]);
  });
});
