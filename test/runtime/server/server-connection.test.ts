/** The server's answers to hand-built PDUs. What is expected is what Samba's raw_protocol.py asserts of Windows, unless another source is named. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeBindAck } from "../../../runtime/rpc/bind-pdus.ts";
import { encodeBare, encodeFault } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, PduFlag, WHOLE } from "../../../runtime/rpc/pdu-header.ts";
import { managedMemory } from "../../../runtime/memory/managed-memory.ts";
import { bindTimeFeatureSyntax, NDR64_SYNTAX, NDR_SYNTAX, NIL_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";
import { RpcServer, type RpcServerOptions } from "../../../runtime/server/rpc-server.ts";
import { FaultStatus, RpcStatus } from "../../../runtime/status.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { bind, proposal, RawPeer, request, SAMPLE_SYNTAX, uint32 } from "../raw-peer.ts";
import { OTHER, sampleStub, type SampleManagers } from "../sample-interface.ts";

const MULTIPLEXED = WHOLE | PduFlag.concurrentMultiplexing;
const UNKNOWN = { ...SAMPLE_SYNTAX, uuid: "ffffffff-0000-0000-0000-000000000001" };

let transport: MemoryTransport;
let server: RpcServer | undefined;

async function serve(managers: SampleManagers = {}, options: RpcServerOptions = {}): Promise<void> {
  await server?.close();
  transport = new MemoryTransport();
  server = new RpcServer({ transports: [transport], ...options });
  server.register(sampleStub(managers));
  server.register(sampleStub(managers, OTHER));
  await server.listen("midl-ts-memory:[raw]");
}

function connect(): Promise<RawPeer> {
  return RawPeer.connect(transport, "raw");
}

async function bound(flags: number = WHOLE): Promise<RawPeer> {
  const peer = await connect();
  peer.send(bind([proposal(0)], { flags }));
  expect((await peer.next())?.type).toBe(PacketType.bindAck);
  return peer;
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

function fault(callId: number, contextId: number, status: number, didNotExecute = false): string {
  return hex(encodeFault(callId, contextId, status, didNotExecute));
}

function answer(callId: number, value: number, contextId = 0): string {
  const octets = Buffer.from("05000203100000001c00000000000000040000000000000000000000", "hex");
  octets.writeUInt32LE(callId, 12);
  octets.writeUInt16LE(contextId, 20);
  octets.writeUInt32LE(value, 24);
  return octets.toString("hex");
}

beforeEach(() => serve());
afterEach(() => server?.close());

describe("bind", () => {
  it("is acknowledged with the endpoint, a new group and one result a context", async () => {
    const peer = await connect();
    peer.send(
      bind([
        proposal(0),
        proposal(1, [NDR64_SYNTAX]),
        proposal(2, [bindTimeFeatureSyntax(3)]),
        proposal(3, [NDR_SYNTAX], UNKNOWN),
      ]),
    );
    const pdu = await peer.next();
    expect(pdu).toMatchObject({ type: PacketType.bindAck, flags: WHOLE, callId: 1 });
    expect(pdu && decodeBindAck(pdu)).toMatchObject({
      maximumTransmitFragment: 5840,
      maximumReceiveFragment: 5840,
      secondaryAddress: "raw",
      results: [
        { result: 0, reason: 0, transferSyntax: NDR_SYNTAX },
        { result: 2, reason: 2, transferSyntax: NIL_SYNTAX },
        { result: 3, reason: 2, transferSyntax: NIL_SYNTAX },
        { result: 2, reason: 1, transferSyntax: NIL_SYNTAX },
      ],
    });
  });

  it("takes the first transfer syntax of a context that both know", async () => {
    const peer = await connect();
    peer.send(bind([proposal(0, [NIL_SYNTAX, NDR64_SYNTAX, NDR_SYNTAX]), proposal(1, [NIL_SYNTAX])]));
    const pdu = await peer.next();
    expect(pdu && decodeBindAck(pdu).results).toEqual([
      { result: 0, reason: 0, transferSyntax: NDR64_SYNTAX },
      { result: 2, reason: 2, transferSyntax: NIL_SYNTAX },
    ]);
  });

  it("agrees to multiplexing and header signing when they are asked for", async () => {
    const peer = await connect();
    peer.send(bind([proposal(0)], { flags: 0xff }));
    expect((await peer.next())?.flags).toBe(WHOLE | PduFlag.concurrentMultiplexing | PduFlag.supportHeaderSign);
  });

  it.each([
    [[], "no context"],
    [[proposal(0, [])], "a context without transfer syntaxes"],
    [[proposal(0, [bindTimeFeatureSyntax(1)]), proposal(1, [bindTimeFeatureSyntax(2)])], "features twice"],
  ])("with %s is refused (%s)", async (contexts) => {
    const peer = await connect();
    peer.send(bind(contexts));
    expect(await peer.nextHex()).toBe("05000d031000000018000000010000000000010500000000");
    expect(await peer.nextHex()).toBe("closed");
  });

  it("is refused the second time", async () => {
    const peer = await bound();
    peer.send(bind([proposal(1)], { callId: 2 }));
    expect(await peer.nextHex()).toBe("05000d031000000018000000020000000000010500000000");
    expect(await peer.nextHex()).toBe("closed");
  });

  it("with an authentication that is not known is refused with reason 8 (MS-RPCE 3.3.3.5.3)", async () => {
    const peer = await connect();
    const octets = Buffer.concat([bind([proposal(0)]), Buffer.from("0a02000000000000" + "00000000", "hex")]);
    octets.writeUInt16LE(octets.length, 8);
    octets.writeUInt16LE(4, 10);
    peer.send(octets);
    expect(await peer.nextHex()).toBe("05000d031000000018000000010000000800010500000000");
  });

  it("of another protocol version is refused with reason 4", async () => {
    const peer = await connect();
    const octets = Buffer.from(bind([proposal(0)]));
    octets[0] = 4;
    peer.send(octets);
    expect(await peer.nextHex()).toBe("05000d031000000018000000010000000400010500000000");
  });

  it("that names a group which does not exist is refused; one that does is joined", async () => {
    const peer = await connect();
    peer.send(bind([proposal(0)], { group: 1 }));
    expect((await peer.next())?.type).toBe(PacketType.bindNak);
    const first = await connect();
    first.send(bind([proposal(0)]));
    const pdu = await first.next();
    const group = pdu ? decodeBindAck(pdu).associationGroupId : 0;
    expect(group).not.toBe(0);
    const second = await connect();
    second.send(bind([proposal(0)], { group }));
    const joined = await second.next();
    expect(joined && decodeBindAck(joined).associationGroupId).toBe(group);
  });

  it("over the limit of contexts is refused with reason 2 (MS-RPCE 3.3.3.5.5)", async () => {
    await serve({}, { limits: { contextsPerConnection: 2 } });
    const peer = await connect();
    peer.send(bind([proposal(0), proposal(1), proposal(2)]));
    expect(await peer.nextHex()).toBe("05000d031000000018000000010000000200010500000000");
  });
});

describe("alter_context", () => {
  it("adds contexts to a live connection", async () => {
    const peer = await bound();
    const other = { ...SAMPLE_SYNTAX, uuid: OTHER.uuid };
    peer.send(bind([proposal(1, [NDR_SYNTAX], other)], { type: PacketType.alterContext, callId: 2 }));
    const pdu = await peer.next();
    expect(pdu).toMatchObject({ type: PacketType.alterContextResponse, flags: WHOLE, callId: 2 });
    expect(pdu && decodeBindAck(pdu)).toMatchObject({ secondaryAddress: "", results: [{ result: 0 }] });
    peer.send(request(3, uint32(4), { contextId: 1 }));
    expect(await peer.nextHex()).toBe(answer(3, 5, 1));
  });

  it("may repeat a context, which stays", async () => {
    const peer = await bound();
    peer.send(bind([proposal(0, [NIL_SYNTAX])], { type: PacketType.alterContext, callId: 2 }));
    const pdu = await peer.next();
    expect(pdu && decodeBindAck(pdu).results).toEqual([{ result: 2, reason: 2, transferSyntax: NIL_SYNTAX }]);
    peer.send(bind([proposal(0), proposal(1)], { type: PacketType.alterContext, callId: 3 }));
    const again = await peer.next();
    expect(again && decodeBindAck(again).results.map(({ result }) => result)).toEqual([0, 2]);
    peer.send(request(4, uint32(1)));
    expect(await peer.nextHex()).toBe(answer(4, 2));
  });

  it.each([
    ["another transfer syntax", [proposal(0, [NIL_SYNTAX, NDR64_SYNTAX])]],
    ["another interface", [proposal(0, [NDR_SYNTAX], { ...SAMPLE_SYNTAX, uuid: OTHER.uuid })]],
    ["no transfer syntax", [proposal(0, [])]],
    ["no context", []],
  ])("with %s ends the connection", async (_what, contexts) => {
    const peer = await bound();
    peer.send(bind(contexts, { type: PacketType.alterContext, callId: 2 }));
    expect(await peer.nextHex()).toBe(fault(2, 0, FaultStatus.nca_proto_error, true));
    expect(await peer.nextHex()).toBe("closed");
  });

  it("with authentication is refused", async () => {
    const peer = await bound();
    const octets = Buffer.concat([
      bind([proposal(1)], { type: PacketType.alterContext, callId: 2 }),
      Buffer.from("0a02000000000000" + "00000000", "hex"),
    ]);
    octets.writeUInt16LE(octets.length, 8);
    octets.writeUInt16LE(4, 10);
    peer.send(octets);
    expect(await peer.nextHex()).toBe(fault(2, 0, RpcStatus.RPC_S_UNKNOWN_AUTHN_SERVICE, true));
  });

  it("before a bind ends the connection", async () => {
    const peer = await connect();
    peer.send(bind([proposal(0)], { type: PacketType.alterContext }));
    expect(await peer.nextHex()).toBe(fault(1, 0, FaultStatus.nca_proto_error));
    expect(await peer.nextHex()).toBe("closed");
  });
});

describe("a request", () => {
  it("of an opnum or a context that does not exist is refused, and the connection goes on", async () => {
    const peer = await bound();
    peer.send(request(1, uint32(1), { opnum: 0xffff }));
    expect(await peer.nextHex()).toBe(fault(1, 0, FaultStatus.nca_op_rng_error, true));
    peer.send(request(2, uint32(1), { contextId: 12345 }));
    expect(await peer.nextHex()).toBe(fault(2, 0, FaultStatus.nca_unk_if, true));
    peer.send(request(3, uint32(1)));
    expect(await peer.nextHex()).toBe(answer(3, 2));
  });

  it("in big-endian order is answered in little-endian order", async () => {
    const peer = await bound();
    peer.send("0500000300000000001c0000000000090000000400000000" + "0000000a");
    expect(await peer.nextHex()).toBe(answer(9, 11));
  });

  it.each([
    ["EBCDIC characters", "11000000"],
    ["VAX floating point", "10010000"],
    ["Cray floating point", "10020000"],
    ["IBM floating point", "10030000"],
  ])("under a label of %s is a protocol error (C706 14.1)", async (_what, label) => {
    const peer = await bound();
    peer.send(`05000003${label}1c00000009000000040000000000000001000000`);
    expect(await peer.nextHex()).toBe(fault(9, 0, FaultStatus.nca_proto_error));
    expect(await peer.nextHex()).toBe("closed");
  });

  it("of NDR64 under a big-endian label is refused (MS-RPCE 2.2.5)", async () => {
    const peer = await connect();
    peer.send(bind([proposal(0, [NDR64_SYNTAX])]));
    expect((await peer.next())?.type).toBe(PacketType.bindAck);
    peer.send("0500000300000000001c0000000000090000000400000000" + "0000000a");
    expect(await peer.nextHex()).toBe(fault(9, 0, RpcStatus.RPC_X_BAD_STUB_DATA));
    peer.send(request(10, uint32(1)));
    expect(await peer.nextHex()).toBe(answer(10, 2));
  });

  it("that is refused in its first fragment has the others dropped (MS-RPCE 3.3.3.5.6)", async () => {
    const peer = await bound();
    peer.send(request(200, uint32(1), { opnum: 99, flags: PduFlag.firstFragment }));
    peer.send(
      request(200, uint32(1), { opnum: 99, flags: 0 }),
      request(200, uint32(1), { opnum: 99, flags: PduFlag.lastFragment }),
    );
    peer.send(request(201, uint32(1)));
    expect(await peer.nextHex()).toBe(fault(200, 0, FaultStatus.nca_op_rng_error, true));
    expect(await peer.nextHex()).toBe(answer(201, 2));
    peer.send(request(51, uint32(1), { flags: 0 }));
    expect(await peer.nextHex()).toBe(fault(51, 0, FaultStatus.nca_proto_error));
  });

  it("may come in fragments, of several calls at once when multiplexed", async () => {
    const peer = await bound(MULTIPLEXED);
    peer.send(request(1, Uint8Array.of(1, 0), { flags: PduFlag.firstFragment, hint: 4 }));
    peer.send(request(2, Uint8Array.of(7, 0), { flags: PduFlag.firstFragment, hint: 0 }));
    peer.send(request(1, Uint8Array.of(0, 0), { flags: PduFlag.lastFragment }));
    expect(await peer.nextHex()).toBe(answer(1, 2));
    peer.send(request(2, Uint8Array.of(0), { flags: PduFlag.pendingCancel }));
    peer.send(request(2, Uint8Array.of(0), { flags: PduFlag.lastFragment }));
    expect(await peer.nextHex()).toBe(answer(2, 8));
  });

  it("within another ends the connection without multiplexing, in the other's name", async () => {
    const peer = await bound();
    peer.send(
      request(50, uint32(1), { flags: PduFlag.firstFragment }),
      request(51, uint32(1), { flags: PduFlag.firstFragment }),
    );
    expect(await peer.nextHex()).toBe(fault(50, 0, FaultStatus.nca_proto_error));
    expect(await peer.nextHex()).toBe("closed");
  });

  it.each([
    ["no first fragment", [request(2, uint32(1), { flags: 0 })], fault(2, 0, FaultStatus.nca_proto_error)],
    [
      "a last fragment alone",
      [request(2, uint32(1), { flags: PduFlag.lastFragment })],
      fault(2, 0, FaultStatus.nca_proto_error),
    ],
    [
      "a cancel at its beginning",
      [request(2, uint32(1), { flags: PduFlag.firstFragment | PduFlag.pendingCancel })],
      fault(2, 0, RpcStatus.RPC_S_NO_CALL_ACTIVE, true),
    ],
    [
      "fragments that disagree",
      [request(2, uint32(1), { flags: PduFlag.firstFragment }), request(2, uint32(1), { flags: 0, opnum: 1 })],
      fault(2, 0, FaultStatus.nca_proto_error),
    ],
  ])("with %s ends the connection", async (_what, pdus, expected) => {
    const peer = await bound();
    peer.send(...pdus);
    expect(await peer.nextHex()).toBe(expected);
    expect(await peer.nextHex()).toBe("closed");
  });

  it("that exceeds the limit of stub data is answered with 5, announced or sent (MS-RPCE 3.3.3.5.4)", async () => {
    await serve({}, { limits: { stubDataOctets: 100 } });
    const announced = await bound();
    announced.send(request(1, uint32(1), { flags: PduFlag.firstFragment, hint: 101 }));
    expect(await announced.nextHex()).toBe(fault(1, 0, 5));
    expect(await announced.nextHex()).toBe("closed");
    const sent = await bound();
    sent.send(
      request(1, new Uint8Array(100), { flags: PduFlag.firstFragment, hint: 0 }),
      request(1, uint32(1), { flags: 0, hint: 0 }),
    );
    expect(await sent.nextHex()).toBe(fault(1, 0, 5));
    expect(await sent.nextHex()).toBe("closed");
  });

  it("that waits for the rest holds no more than the limit of all connections", async () => {
    await serve({}, { limits: { unfinishedStubDataOctets: 150 } });
    const one = await bound();
    one.send(request(1, new Uint8Array(100), { flags: PduFlag.firstFragment }));
    const two = await bound();
    two.send(request(1, new Uint8Array(100), { flags: PduFlag.firstFragment }));
    expect(await two.nextHex()).toBe(fault(1, 0, FaultStatus.nca_server_too_busy, true));
    one.connection.destroy();
    const three = await bound();
    three.send(request(1, new Uint8Array(100), { flags: PduFlag.firstFragment }));
    expect(await three.quiet()).toBe(true);
  });

  it("of which the stub data is bad faults, and the connection goes on", async () => {
    const peer = await bound();
    peer.send(request(1, new Uint8Array(2)));
    expect(await peer.nextHex()).toBe(fault(1, 0, RpcStatus.RPC_X_BAD_STUB_DATA));
    peer.send(request(2, uint32(1)));
    expect(await peer.nextHex()).toBe(answer(2, 2));
  });

  it("with a verifier is refused when nothing was authenticated", async () => {
    const peer = await bound();
    const octets = Buffer.concat([request(1, uint32(1)), Buffer.from("0a05000000000000" + "00000000", "hex")]);
    octets.writeUInt16LE(octets.length, 8);
    octets.writeUInt16LE(4, 10);
    peer.send(octets);
    expect(await peer.nextHex()).toBe(fault(1, 0, RpcStatus.RPC_S_ACCESS_DENIED, true));
    expect(await peer.nextHex()).toBe("closed");
  });

  it("before a bind ends the connection", async () => {
    const peer = await connect();
    peer.send(request(1, uint32(1)));
    expect(await peer.nextHex()).toBe(fault(1, 0, FaultStatus.nca_proto_error));
  });

  it("with PFC_MAYBE is not answered (C706 12.6.3.1)", async () => {
    const seen: number[] = [];
    await serve({
      addOne: (value) => {
        seen.push(value);
        return value;
      },
    });
    const peer = await bound();
    peer.send(request(1, uint32(5), { flags: WHOLE | PduFlag.maybe }), request(2, uint32(6)));
    expect(await peer.nextHex()).toBe(answer(2, 6));
    expect(seen).toEqual([5, 6]);
  });
});

describe("calls", () => {
  it("are serial without multiplexing and overtake each other with it", async () => {
    const releases: (() => void)[] = [];
    await serve({
      addOne: (value) =>
        value === 1
          ? new Promise((resolve) =>
              releases.push(() => {
                resolve(2);
              }),
            )
          : value + 1,
    });
    const serial = await bound();
    serial.send(request(1, uint32(1)), request(2, uint32(5)));
    expect(await serial.quiet()).toBe(true);
    releases.shift()?.();
    expect([await serial.nextHex(), await serial.nextHex()]).toEqual([answer(1, 2), answer(2, 6)]);
    const parallel = await bound(MULTIPLEXED);
    parallel.send(request(1, uint32(1)), request(2, uint32(5)));
    expect(await parallel.nextHex()).toBe(answer(2, 6));
    releases.shift()?.();
    expect(await parallel.nextHex()).toBe(answer(1, 2));
  });

  it("that wait in thousands are worked off without recursion", async () => {
    const peer = await bound();
    const count = 4000;
    peer.send(...Array.from({ length: count }, (_, index) => request(index + 1, uint32(index))));
    for (let index = 0; index < count; index++) expect(await peer.nextHex()).toBe(answer(index + 1, index + 1));
  });

  it("past the limit wait unread", async () => {
    const releases: (() => void)[] = [];
    await serve(
      {
        addOne: (value) =>
          new Promise((resolve) =>
            releases.push(() => {
              resolve(value);
            }),
          ),
      },
      { limits: { callsPerConnection: 2 } },
    );
    const peer = await bound(MULTIPLEXED);
    for (let callId = 1; callId <= 4; callId++) {
      peer.send(request(callId, uint32(callId)));
      await peer.quiet(5);
    }
    expect(releases).toHaveLength(2);
    releases.shift()?.();
    expect(await peer.nextHex()).toBe(answer(1, 1));
    await peer.quiet(5);
    expect(releases).toHaveLength(2);
    while (releases.length > 0) {
      releases.shift()?.();
      await peer.quiet(5);
    }
    expect([await peer.nextHex(), await peer.nextHex(), await peer.nextHex()]).toEqual([
      answer(2, 2),
      answer(3, 3),
      answer(4, 4),
    ]);
  });

  it("with the id of one at work end the connection", async () => {
    await serve({ addOne: () => new Promise(() => undefined) });
    const peer = await bound(MULTIPLEXED);
    peer.send(request(1, uint32(1)), request(1, uint32(1)));
    expect(await peer.nextHex()).toBe(fault(1, 0, FaultStatus.nca_proto_error));
  });

  it("are aborted by co_cancel, and answered all the same", async () => {
    await serve({
      addOne: (_value, call) =>
        new Promise((resolve) => {
          call.signal.addEventListener("abort", () => {
            resolve(99);
          });
        }),
    });
    const peer = await bound();
    peer.send(request(1, uint32(1)), encodeBare(PacketType.coCancel, 1));
    expect(await peer.nextHex()).toBe(answer(1, 99));
  });

  it("that are orphaned are aborted and not answered", async () => {
    const aborted: unknown[] = [];
    await serve({
      addOne: (value, call) =>
        value === 0
          ? new Promise((_resolve, reject) => {
              call.signal.addEventListener("abort", () => {
                aborted.push(call.signal.reason);
                reject(new Error("aborted"));
              });
            })
          : value,
    });
    const peer = await bound();
    peer.send(request(1, uint32(0)), encodeBare(PacketType.orphaned, 1), request(2, uint32(8)));
    expect(await peer.nextHex()).toBe(answer(2, 8));
    expect(aborted).toEqual([expect.objectContaining({ name: "RPC_S_CALL_CANCELLED" })]);
  });

  it("see that they were cancelled when they look later, and what they are", async () => {
    const seen: unknown[] = [];
    await serve({
      addOne: async (value, call) => {
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
        seen.push(
          call.signal.aborted,
          call.operation,
          call.opnum,
          call.objectUuid,
          call.binding.protocolSequence,
          call.memory,
        );
        return value;
      },
    });
    const peer = await bound();
    peer.send(request(1, uint32(1)), encodeBare(PacketType.coCancel, 1));
    expect(await peer.nextHex()).toBe(answer(1, 1));
    expect(seen).toEqual([true, "AddOne", 0, undefined, "midl-ts-memory", managedMemory()]);
  });

  it("that nobody made may be cancelled and orphaned", async () => {
    const peer = await bound();
    peer.send(encodeBare(PacketType.coCancel, 3), encodeBare(PacketType.orphaned, 3), request(4, uint32(1)));
    expect(await peer.nextHex()).toBe(answer(4, 2));
  });

  it("that were orphaned before they were whole are served", async () => {
    const peer = await bound();
    peer.send(request(1, Uint8Array.of(1, 0), { flags: PduFlag.firstFragment }), encodeBare(PacketType.orphaned, 1));
    peer.send(request(1, Uint8Array.of(0, 0), { flags: PduFlag.lastFragment }));
    expect(await peer.nextHex()).toBe(answer(1, 2));
  });
});

describe("what is not for a server", () => {
  it.each([PacketType.response, PacketType.fault, PacketType.bindAck, 99])(
    "PDU type %i ends the connection",
    async (type) => {
      const peer = await bound();
      peer.send(encodeBare(type, 1));
      expect(await peer.nextHex()).toBe(fault(1, 0, FaultStatus.nca_proto_error));
      expect(await peer.nextHex()).toBe("closed");
    },
  );

  it("rpc_auth_3 is tolerated", async () => {
    const peer = await bound();
    peer.send(encodeBare(PacketType.auth3, 1), request(2, uint32(1)));
    expect(await peer.nextHex()).toBe(answer(2, 2));
  });
});
