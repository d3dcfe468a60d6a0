import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { RpcError } from "../../../runtime/rpc-error.ts";
import { RpcServer, type RpcServerOptions } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { OTHER, SampleClient, sampleStub, type SampleManagers } from "../sample-interface.ts";

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
});

async function pair(
  managers: SampleManagers,
  options: RpcServerOptions = {},
): Promise<{ server: RpcServer; binding: RpcBinding; client: SampleClient }> {
  const transports = [new MemoryTransport()];
  const server = new RpcServer({ transports, ...options });
  server.register(sampleStub(managers));
  const binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[s]"), { transports });
  disposables.push(server, binding);
  return { server, binding, client: new SampleClient(binding) };
}

const UUID = "01234567-89ab-cdef-0123-456789abcdef";

describe("what a manager throws", () => {
  it("is its fault when it is an RpcError", async () => {
    const { client } = await pair({
      addOne: () => {
        throw new RpcError("RPC_X_NULL_REF_POINTER", "secret");
      },
    });
    const failure = await client.addOne(1).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: "RPC_X_NULL_REF_POINTER",
      operation: "Sample.AddOne",
      peer: "midl-ts-memory:[s]",
    });
    expect(String(failure)).not.toContain("secret");
  });

  it("reveals nothing otherwise, and is reported", async () => {
    const reported: unknown[] = [];
    const { client } = await pair(
      { addOne: () => Promise.reject(new Error("secret")) },
      { onError: (error, place) => reported.push([error, place.operation]) },
    );
    await expect(client.addOne(1)).rejects.toMatchObject({ name: "RPC_S_CALL_FAILED" });
    expect(reported).toEqual([[new Error("secret"), "Sample.AddOne"]]);
  });

  it("does no harm when the report itself throws", async () => {
    const { client } = await pair(
      { addOne: () => Promise.reject(new Error("x")) },
      {
        onError: () => {
          throw new Error("y");
        },
      },
    );
    await expect(client.addOne(1)).rejects.toMatchObject({ name: "RPC_S_CALL_FAILED" });
  });
});

describe("register", () => {
  it("refuses a second manager for the same objects", async () => {
    const { server } = await pair({});
    expect(() => {
      server.register(sampleStub({}));
    }).toThrow(expect.objectContaining({ name: "RPC_S_TYPE_ALREADY_REGISTERED" }));
    server.register(sampleStub({}), { objectUuids: [UUID] });
    expect(() => {
      server.register(sampleStub({}), { objectUuids: [UUID] });
    }).toThrow("managers already");
    expect(() => {
      server.register(sampleStub({}), { objectUuids: ["x"] });
    }).toThrow("does not name an object");
  });

  it("chooses the manager by the object of the call", async () => {
    const { server, client } = await pair({ addOne: () => 1 });
    server.register(sampleStub({ addOne: (_value, call) => (call.objectUuid === UUID ? 2 : 3) }), {
      objectUuids: [UUID.toUpperCase()],
    });
    expect(await client.addOne(0)).toBe(1);
    expect(await client.addOne(0, { objectUuid: UUID })).toBe(2);
    expect(await client.addOne(0, { objectUuid: "11111111-2222-3333-4444-555555555555" })).toBe(1);
  });

  it("without a manager for other objects, calls of them fail", async () => {
    const transports = [new MemoryTransport()];
    await using server = new RpcServer({ transports });
    server.register(sampleStub({ addOne: () => 2 }), { objectUuids: [UUID] });
    await using binding = RpcBinding.fromString(`${UUID}@${await server.listen("midl-ts-memory:[s]")}`, { transports });
    const client = new SampleClient(binding);
    expect(await client.addOne(0)).toBe(2);
    await expect(client.addOne(0, { objectUuid: "11111111-2222-3333-4444-555555555555" })).rejects.toMatchObject({
      name: "RPC_S_UNSUPPORTED_TYPE",
    });
  });

  it("serves a client of a lower minor version, not of a higher one", async () => {
    const transports = [new MemoryTransport()];
    await using server = new RpcServer({ transports });
    server.register(sampleStub({}, { ...OTHER, minor: 3 }));
    await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[s]"), { transports });
    expect(await new SampleClient(binding, { ...OTHER, minor: 2 }).addOne(1)).toBe(2);
    await expect(new SampleClient(binding, { ...OTHER, minor: 4 }).addOne(1)).rejects.toMatchObject({
      name: "RPC_S_UNKNOWN_IF",
    });
  });
});

describe("listen", () => {
  it("answers the binding of a port that was chosen, several times", async () => {
    await using server = new RpcServer();
    server.register(sampleStub({}));
    const [one, two] = [
      await server.listen("ncacn_ip_tcp:127.0.0.1"),
      await server.listen("ncacn_ip_tcp:127.0.0.1[0]"),
    ];
    expect(one).toMatch(/^ncacn_ip_tcp:127\.0\.0\.1\[\d+\]$/);
    expect(one).not.toBe(two);
    for (const text of [one, two]) {
      await using binding = RpcBinding.fromString(text);
      expect(await new SampleClient(binding).addOne(1)).toBe(2);
    }
  });

  it("fails for a protocol sequence or an endpoint that cannot be had", async () => {
    const { server } = await pair({});
    await expect(server.listen("ncacn_np:[x]")).rejects.toMatchObject({ name: "RPC_S_PROTSEQ_NOT_SUPPORTED" });
    await expect(server.listen("midl-ts-memory:[s]")).rejects.toMatchObject({ name: "RPC_S_DUPLICATE_ENDPOINT" });
    await using tcp = new RpcServer();
    await expect(tcp.listen("ncacn_ip_tcp:127.0.0.1[99999]")).rejects.toMatchObject({
      name: "RPC_S_CANT_CREATE_ENDPOINT",
    });
    const taken = await tcp.listen("ncacn_ip_tcp:127.0.0.1");
    await expect(tcp.listen(taken)).rejects.toMatchObject({
      name: "RPC_S_CANT_CREATE_ENDPOINT",
      cause: { code: "EADDRINUSE" },
    });
  });
});

describe("close", () => {
  it("with drain answers what is at work, and refuses what is new", async () => {
    let release: (() => void) | undefined;
    const { server, client } = await pair({
      addOne: (value) =>
        new Promise(
          (resolve) =>
            (release = () => {
              resolve(value);
            }),
        ),
    });
    const slow = client.addOne(7);
    while (release === undefined) await new Promise((resolve) => setImmediate(resolve));
    const closed = server.close({ drain: true });
    await expect(client.addOne(8)).rejects.toMatchObject({ name: "RPC_S_SERVER_TOO_BUSY" });
    release();
    expect(await slow).toBe(7);
    await closed;
    await expect(client.addOne(9)).rejects.toMatchObject({ name: "RPC_S_SERVER_UNAVAILABLE" });
    await expect(server.listen("midl-ts-memory:[t]")).rejects.toMatchObject({ name: "RPC_S_NOT_LISTENING" });
  });

  it("without drain, or when draining is given up, aborts the calls", async () => {
    const aborted: unknown[] = [];
    const { server, client } = await pair({
      addOne: (_value, call) =>
        new Promise((_resolve, reject) => {
          call.signal.addEventListener("abort", () => {
            aborted.push(call.signal.reason);
            reject(new Error("aborted"));
          });
        }),
    });
    const call = client.addOne(7).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await server.close({ drain: true, signal: AbortSignal.timeout(20) });
    expect(await call).toMatchObject({ name: "RPC_S_CALL_FAILED" });
    expect(aborted).toEqual([expect.objectContaining({ name: "RPC_S_CALL_CANCELLED" })]);
  });
});

describe("a peer that does not behave", () => {
  const server = async (options: RpcServerOptions): Promise<{ port: number; client: SampleClient }> => {
    const running = new RpcServer(options);
    running.register(sampleStub({}));
    const text = await running.listen("ncacn_ip_tcp:127.0.0.1");
    const binding = RpcBinding.fromString(text);
    disposables.push(running, binding);
    return { port: Number(binding.endpoint), client: new SampleClient(binding) };
  };
  const raw = (port: number, octets: Uint8Array): Promise<Buffer> =>
    new Promise((resolve) => {
      const received: Buffer[] = [];
      const socket = connect(port, "127.0.0.1", () => socket.write(octets));
      socket.on("data", (data) => received.push(data));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        resolve(Buffer.concat(received));
      });
    });

  it("and says nothing is dropped after the bind time-out, while others are served", async () => {
    const { port, client } = await server({ limits: { bindTimeout: 100 } });
    expect(await client.addOne(1)).toBe(2);
    const silent = raw(port, new Uint8Array(0));
    const partial = raw(port, Buffer.from("05000b0310000000a0", "hex"));
    expect(await Promise.all([silent, partial])).toEqual([Buffer.alloc(0), Buffer.alloc(0)]);
    expect(await client.addOne(1)).toBe(2);
  });

  it("and sends garbage is answered and dropped, while others are served", async () => {
    const { port, client } = await server({});
    const pending = client.addOne(1);
    const answers = await Promise.all([
      raw(port, Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n")),
      raw(port, Buffer.alloc(70_000, 0xff)),
      raw(port, Buffer.from("05000b03100000000f0000000100000000", "hex")),
      raw(port, Buffer.from("05000b0310000000ffffffff0100000000", "hex")),
    ]);
    for (const answer of answers) expect(answer.length).toBeGreaterThan(0);
    expect(await pending).toBe(2);
    expect(await client.addOne(1)).toBe(2);
  });

  it("and stops in the middle of a request is dropped after the stall time-out", async () => {
    const { port, client } = await server({ limits: { stallTimeout: 100 } });
    const bind =
      "05000b03100000004800000001000000d016d01600000000010000000000010" +
      "0c55ea160e84dd711a637005056a2018201000000045d888aeb1cc9119fe808002b10486002000000";
    const first = "05000001100000001c00000002000000ffff00000000000001020304";
    const started = performance.now();
    const answer = await raw(port, Buffer.from(bind + first, "hex"));
    expect(answer[2]).toBe(12);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(await client.addOne(1)).toBe(2);
  });

  it("and opens more connections than allowed loses them", async () => {
    const { port, client } = await server({ limits: { connections: 2 } });
    expect(await client.addOne(1)).toBe(2);
    const one = connect(port, "127.0.0.1").on("error", () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await raw(port, new Uint8Array(0))).toHaveLength(0);
    one.destroy();
    expect(await client.addOne(1)).toBe(2);
  });

  it("idles is dropped after the idle time-out", async () => {
    const { port } = await server({ limits: { idleTimeout: 100 } });
    const bind =
      "05000b03100000004800000001000000d016d01600000000010000000000010" +
      "0c55ea160e84dd711a637005056a2018201000000045d888aeb1cc9119fe808002b10486002000000";
    expect((await raw(port, Buffer.from(bind, "hex")))[2]).toBe(12);
  });
});
