import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { mapEndpoint } from "../../../runtime/endpoint-mapper/map-endpoint.ts";
import { managedMemory } from "../../../runtime/memory/managed-memory.ts";
import { RpcError } from "../../../runtime/rpc-error.ts";
import { RpcServer } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import type { Transport } from "../../../runtime/transport/transport.ts";
import { SAMPLE, SampleClient, sampleStub } from "../sample-interface.ts";

/** Packed by Samba 4.17 (epmapper, ept_map). */
const SAMBA = {
  /** With the nil object, port 0 and address 0.0.0.0 put in. */
  request:
    "0100000000000000000000000000000000000000020000004b0000004b000000050013000d785634123412cdabef000123456789ac01000200000013000d045d888aeb1cc9119fe808002b10486002000200000001000b020000000100070200000001000904000000000000000000000000000000000000000000000000000004000000",
  found:
    "0000000000000000000000000000000000000000030000000400000000000000030000000100000000000000020000004b0000004b000000050013000d785634123412cdabef000123456789ac01000200000013000d045d888aeb1cc9119fe808002b10486002000200000001000b02000000010007020000870100090400c000020a004b0000004b000000050013000d785634123412cdabef000123456789ac01000200000013000d045d888aeb1cc9119fe808002b10486002000200000001000b02000000010007020000870100090400c000020a0000000000",
  nothing: "000000000000000000000000000000000000000000000000040000000000000000000000d6a0c916",
};

const WANTED = { ...SAMPLE, uuid: "12345678-1234-abcd-ef00-0123456789ac" };

let server: RpcServer;
let binding: RpcBinding;
let asked: string[];
let answer: string;

beforeEach(async () => {
  asked = [];
  const transports: Transport[] = [new MemoryTransport()];
  server = new RpcServer({ transports });
  server.register({
    interface: {
      name: "ept",
      uuid: "e1af8308-5d1f-11c9-91a4-08002b14a0fa",
      major: 3,
      minor: 0,
      transferSyntaxes: ["ndr"],
      endpoints: [],
    },
    memory: managedMemory(),
    operations: [
      undefined,
      undefined,
      undefined,
      {
        name: "ept_map",
        execute(_call, request, response) {
          asked.push(request.octets.toString("hex"));
          const at = response.reserve(answer.length / 2, 1);
          response.buffer.set(Buffer.from(answer, "hex"), at);
        },
      },
    ],
  });
  binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[135]"), { transports });
});
afterEach(async () => {
  await binding.close();
  await server.close();
});

function isBadData(error: unknown): boolean {
  return error instanceof RpcError && (error.name === "RPC_X_BAD_STUB_DATA" || error.name === "RPC_X_INVALID_BOUND");
}

describe("mapEndpoint", () => {
  it("asks as Samba does, but for referents, and takes the first port", async () => {
    answer = SAMBA.found;
    expect(await mapEndpoint(binding, WANTED, undefined)).toBe("135");
    const withoutReferents = asked.map((hex) =>
      hex.replace(/^00000200/, "01000000").replace(/(?<=^.{40})04000200/, "02000000"),
    );
    expect(withoutReferents).toEqual([SAMBA.request]);
  });

  it("names the object", async () => {
    answer = SAMBA.found;
    await mapEndpoint(binding, WANTED, "01234567-89ab-cdef-0123-456789abcdef");
    expect(asked[0]?.slice(8, 40)).toBe("67452301ab89efcd0123456789abcdef");
  });

  it("fails with EPT_S_NOT_REGISTERED when there is none", async () => {
    answer = SAMBA.nothing;
    await expect(mapEndpoint(binding, WANTED, undefined)).rejects.toMatchObject({ name: "EPT_S_NOT_REGISTERED" });
    answer = SAMBA.nothing.replace("d6a0c916", "00000000");
    await expect(mapEndpoint(binding, WANTED, undefined)).rejects.toMatchObject({ name: "EPT_S_NOT_REGISTERED" });
    answer = SAMBA.nothing.replace("d6a0c916", "d8060000");
    await expect(mapEndpoint(binding, WANTED, undefined)).rejects.toMatchObject({ name: "EPT_S_CANT_PERFORM_OP" });
  });

  it.each([
    ["more towers than were asked for", SAMBA.nothing.replace(/(?<=^.{64})00000000/, "05000000")],
    ["a count that runs past the data", SAMBA.nothing.replace(/(?<=^.{64})00000000/, "04000000")],
    ["a tower that is too long", SAMBA.found.replace("4b0000004b000000", "4b000000d1070000")],
    ["nothing", ""],
  ])("refuses an answer with %s", async (_what, hex) => {
    answer = hex;
    await expect(mapEndpoint(binding, WANTED, undefined)).rejects.toThrow(expect.toSatisfy(isBadData));
  });
});

describe("a binding without an endpoint", () => {
  it("uses the interface's own", async () => {
    const transports = [new MemoryTransport()];
    await using sample = new RpcServer({ transports });
    sample.register(sampleStub({}));
    await sample.listen("midl-ts-memory:[own]");
    await using incomplete = RpcBinding.fromString("midl-ts-memory:", { transports });
    const endpoints = [{ protocolSequence: "midl-ts-memory", endpoint: "own" }];
    expect(await new SampleClient(incomplete, { ...SAMPLE, endpoints }).addOne(1)).toBe(2);
    await expect(new SampleClient(incomplete).addOne(1)).rejects.toMatchObject({ name: "RPC_S_NO_ENDPOINT_FOUND" });
  });

  it("asks the endpoint mapper once for calls at the same time, and again after the server is gone", async () => {
    const memory = new MemoryTransport();
    const renamed: Transport = {
      protocolSequence: "ncacn_ip_tcp",
      connect: (address, endpoint, signal) => memory.connect(address, endpoint, signal),
      listen: (address, endpoint, accept) => memory.listen(address, endpoint, accept),
    };
    const transports = [renamed];
    await using mapper = new RpcServer({ transports });
    let questions = 0;
    mapper.register({
      interface: {
        name: "ept",
        uuid: "e1af8308-5d1f-11c9-91a4-08002b14a0fa",
        major: 3,
        minor: 0,
        transferSyntaxes: ["ndr"],
        endpoints: [],
      },
      memory: managedMemory(),
      operations: [
        undefined,
        undefined,
        undefined,
        {
          name: "ept_map",
          execute(_call, _request, response) {
            questions++;
            const octets = Buffer.from(SAMBA.found.replaceAll("0702000087", "0702001000"), "hex");
            response.buffer.set(octets, response.reserve(octets.length, 1));
          },
        },
      ],
    });
    await mapper.listen("ncacn_ip_tcp:[135]");
    await using incomplete = RpcBinding.fromString("ncacn_ip_tcp:host", { transports });
    const client = new SampleClient(incomplete);
    await expect(client.addOne(1)).rejects.toMatchObject({
      name: "RPC_S_SERVER_UNAVAILABLE",
      peer: "ncacn_ip_tcp:host[4096]",
    });
    await using sample = new RpcServer({ transports });
    sample.register(sampleStub({}));
    await sample.listen("ncacn_ip_tcp:[4096]");
    expect(await Promise.all([client.addOne(1), client.addOne(2)])).toEqual([2, 3]);
    expect(await client.addOne(3)).toBe(4);
    expect(questions).toBe(2);
  });
});
