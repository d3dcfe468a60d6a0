/** Large data, and clients that misbehave, over TCP. */
import { connect } from "node:net";
import type { Socket } from "node:net";
import { RpcBinding, RpcServer, allocateNode, freeReferents, managedMemory, trackMemory } from "@midl-ts/runtime";
import type { ServerStub } from "@midl-ts/runtime";
import { describe, expect, it } from "vitest";
import { PHONE_ENTRY } from "../../examples/phonebook/generated/phonebook.ts";
import { PhonebookClient } from "../../examples/phonebook/generated/phonebook_c.ts";
import { phonebookServerStub } from "../../examples/phonebook/generated/phonebook_s.ts";
import type { PhonebookManager } from "../../examples/phonebook/generated/phonebook_s.ts";
import { rpcechoInterface } from "../../examples/echo/generated/rpcecho.ts";
import { RpcechoClient } from "../../examples/echo/generated/rpcecho_c.ts";
import { rpcechoServerStub } from "../../examples/echo/generated/rpcecho_s.ts";
import type { RpcechoManager } from "../../examples/echo/generated/rpcecho_s.ts";
import { bind, proposal, request } from "../runtime/raw-peer.ts";

const LOOPBACK = "ncacn_ip_tcp:127.0.0.1";
const MEGABYTE = 1024 * 1024;

describe("Large data", () => {
  it("of 100,000 list nodes goes there and back, and every node is freed", async () => {
    const count = 100_000;
    const [clientMemory, serverMemory] = [trackMemory(managedMemory()), trackMemory(managedMemory())];
    await using server = new RpcServer();
    server.register(phonebookServerStub(listManager, serverMemory));
    await using binding = RpcBinding.fromString(await server.listen(LOOPBACK));
    const client = new PhonebookClient(binding, clientMemory);
    const { book } = await client.OpenBook({ owner: "Ada" });
    if (book === null) throw new Error("no handle");
    const { entries } = await client.UpdateEntries({ book, entries: listOf(count) });
    const kinds: number[] = [];
    for (let entry = entries; entry !== null; entry = entry.next) kinds.push(entry.kind);
    expect(kinds).toHaveLength(count);
    expect(serverMemory.allocations).toBe(count);
    expect(serverMemory.liveCount).toBe(0);
    freeReferents(PHONE_ENTRY, entries, clientMemory);
    expect(clientMemory.liveCount).toBe(0);

    function listOf(length: number): PHONE_ENTRY | null {
      let head: PHONE_ENTRY | null = null;
      for (let index = 0; index < length; index++) head = allocateNode(clientMemory, PHONE_ENTRY, { next: head });
      return head;
    }
  });

  it("of 64 MB of stub data goes there and back", async () => {
    const sent = new Uint8Array(64 * MEGABYTE).fill(0x5a);
    sent.set([1, 2, 3], sent.length - 3);
    await using server = new RpcServer();
    server.register(echoStub());
    await using binding = RpcBinding.fromString(await server.listen(LOOPBACK));
    const { received } = await new RpcechoClient(binding, managedMemory()).EchoData({ length: sent.length, sent });
    expect(Buffer.compare(received, sent)).toBe(0);
  });
});

const BIND = bind([
  proposal(0, undefined, { uuid: rpcechoInterface.uuid, major: rpcechoInterface.major, minor: rpcechoInterface.minor }),
]);
const FIRST_FRAGMENT = 0x01;
const ECHO_DATA = { opnum: 1 };

describe("A client that", () => {
  it.for([
    { does: "sends garbage", octets: [Buffer.alloc(10_000, 0xa5)] },
    { does: "stops in the middle of a fragment", octets: [BIND.subarray(0, 40)] },
    {
      does: "stops after the first fragment",
      octets: [BIND, request(1, Buffer.alloc(1000), { ...ECHO_DATA, flags: FIRST_FRAGMENT })],
    },
    {
      does: "announces 4 GB of stub data",
      octets: [BIND, request(1, Buffer.alloc(1000), { ...ECHO_DATA, flags: FIRST_FRAGMENT, hint: 0xffff_ffff })],
    },
    { does: "claims an array of 4 GB", octets: [BIND, request(1, Buffer.alloc(8, 0xff), ECHO_DATA)] },
    { does: "asks for 4 GB", octets: [BIND, request(1, Buffer.alloc(4, 0xff), { opnum: 3 })] },
  ])("$does does not disturb another", async ({ octets }) => {
    await using server = new RpcServer();
    server.register(echoStub());
    const listening = await server.listen(LOOPBACK);
    await using binding = RpcBinding.fromString(listening);
    const client = new RpcechoClient(binding, managedMemory());
    await client.AddOne({ number: 0 });
    const { arrayBuffers } = process.memoryUsage();

    const hostile = await connected(Number(binding.endpoint));
    hostile.write(Buffer.concat(octets));
    const sent = new Uint8Array(100_000).fill(7);
    for (let number = 0; number < 20; number++) {
      const [{ sum }, { received }] = await Promise.all([
        client.AddOne({ number }),
        client.EchoData({ length: sent.length, sent }),
      ]);
      expect(sum).toBe(number + 1);
      expect(Buffer.compare(received, sent)).toBe(0);
    }
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(64 * MEGABYTE);
    hostile.destroy();
  });
});

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      resolve(socket);
    });
    socket.on("error", reject);
  });
}

/** Gives every list back as it came. */
const listManager: PhonebookManager = {
  OpenBook: () => ({ book: {}, returnValue: 0 }),
  LookupByPrefix: () => ({ matches: null, returnValue: 0 }),
  AddEntries: () => ({ added: 0, returnValue: 0 }),
  CountByLetter: () => ({ returnValue: 0 }),
  UpdateEntries: () => ({ returnValue: 0 }),
  CloseBook: () => ({ book: null, returnValue: 0 }),
};

function echoStub(): ServerStub {
  const manager: RpcechoManager = {
    AddOne: ({ number }) => ({ sum: number + 1 }),
    EchoData({ sent, received }) {
      received.set(sent);
      return {};
    },
    SinkData: () => undefined,
    SourceData: () => ({}),
    TestCall: ({ sent }) => ({ received: sent }),
    TestCall2: () => ({ returnValue: 0 }),
    TestSleep: () => 0,
    TestEnum: ({ narrow }) => ({ narrow }),
    TestSurrounding: () => ({}),
    TestDoublePointer: () => 0,
  };
  return rpcechoServerStub(manager, managedMemory());
}
