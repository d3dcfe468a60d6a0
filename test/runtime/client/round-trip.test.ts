import { describe, expect, it } from "vitest";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { RpcServer } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { tcpTransport } from "../../../runtime/transport/tcp-transport.ts";
import { SampleClient, sampleStub } from "../sample-interface.ts";

describe.each([
  ["ncacn_ip_tcp", "ncacn_ip_tcp:127.0.0.1", (): typeof tcpTransport => tcpTransport],
  ["midl-ts-memory", "midl-ts-memory:[sample]", (): MemoryTransport => new MemoryTransport()],
])("calls over %s", (_name, endpoint, transport) => {
  it("go there and back", async () => {
    const transports = [transport()];
    await using server = new RpcServer({ transports });
    server.register(sampleStub({}));
    await using binding = RpcBinding.fromString(await server.listen(endpoint), { transports });
    const client = new SampleClient(binding);
    expect(await client.addOne(41)).toBe(42);
    expect(await Promise.all(Array.from({ length: 300 }, (_, index) => client.addOne(index)))).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1),
    );
    expect(binding.connections).toBe(1);
  });

  it("carry stub data of many fragments", async () => {
    const transports = [transport()];
    await using server = new RpcServer({ transports });
    server.register(sampleStub({}));
    await using binding = RpcBinding.fromString(await server.listen(endpoint), { transports });
    const octets = Uint8Array.from({ length: 1_000_003 }, (_, index) => index * 7);
    const client = new SampleClient(binding);
    const [large, small] = await Promise.all([client.echo(octets), client.addOne(1)]);
    expect(Buffer.compare(large, octets)).toBe(0);
    expect(small).toBe(2);
  });
});
