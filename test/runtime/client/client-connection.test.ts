/** The client against a server of hand-built PDUs. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RpcBinding, type RpcBindingOptions } from "../../../runtime/client/rpc-binding.ts";
import { decodeBind, encodeBindAck, encodeBindNak, type ContextAnswer } from "../../../runtime/rpc/bind-pdus.ts";
import { encodeBare, encodeFault, decodeRequest } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, PduFlag, WHOLE, type Pdu } from "../../../runtime/rpc/pdu-header.ts";
import { bindTimeFeatureSyntax, NDR64_SYNTAX, NDR_SYNTAX, NIL_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { RawPeer, response, SAMPLE_SYNTAX, uint32 } from "../raw-peer.ts";
import { OTHER, SampleClient, unmarshalUint32 } from "../sample-interface.ts";

const ACCEPTED: ContextAnswer = { result: 0, reason: 0, transferSyntax: NDR_SYNTAX };
const REJECTED: ContextAnswer = { result: 2, reason: 2, transferSyntax: NIL_SYNTAX };
const KEEPS: ContextAnswer = { result: 3, reason: 2, transferSyntax: NIL_SYNTAX };
const MULTIPLEXED = WHOLE | PduFlag.concurrentMultiplexing;

let transport: MemoryTransport;
let peers: RawPeer[];
let arrivals: ((peer: RawPeer) => void)[];
let binding: RpcBinding;
let client: SampleClient;

async function start(options: RpcBindingOptions = {}): Promise<void> {
  transport = new MemoryTransport();
  peers = [];
  arrivals = [];
  await transport.listen("", "s", (connection) => {
    const peer = new RawPeer(connection);
    const arrival = arrivals.shift();
    if (arrival === undefined) peers.push(peer);
    else arrival(peer);
  });
  binding = RpcBinding.fromString("midl-ts-memory:[s]", { transports: [transport], ...options });
  client = new SampleClient(binding);
}

beforeEach(() => start());
afterEach(() => binding.close());

/** The next connection of the client. */
function accept(): Promise<RawPeer> {
  const peer = peers.shift();
  return peer === undefined ? new Promise((resolve) => arrivals.push(resolve)) : Promise.resolve(peer);
}

async function next(peer: RawPeer): Promise<Pdu> {
  const pdu = await peer.next();
  if (pdu === null) throw new Error("the client closed the connection");
  return pdu;
}

function acknowledge(
  pdu: Pdu,
  results: readonly ContextAnswer[],
  flags: number = MULTIPLEXED,
  group = 0x77,
  fragment = 5840,
): Uint8Array {
  const type = pdu.type === PacketType.bind ? PacketType.bindAck : PacketType.alterContextResponse;
  return encodeBindAck(type, pdu.callId, flags, {
    maximumTransmitFragment: fragment,
    maximumReceiveFragment: fragment,
    associationGroupId: group,
    secondaryAddress: "",
    results,
  });
}

/** Accepts a connection and its bind. */
async function serve(flags?: number, features = KEEPS): Promise<RawPeer> {
  const peer = await accept();
  peer.send(acknowledge(await next(peer), [ACCEPTED, REJECTED, features], flags));
  return peer;
}

function valueOf(pdu: Pdu): number {
  return Buffer.from(decodeRequest(pdu).stubData).readUInt32LE();
}

describe("binding", () => {
  it("offers each transfer syntax as a context, and bind-time features (MS-RPCE 3.3.1.5.3, 3.3.1.5.6)", async () => {
    void client.addOne(1).catch(() => undefined);
    const pdu = await next(await accept());
    expect(pdu).toMatchObject({ type: PacketType.bind, flags: MULTIPLEXED, callId: 1 });
    expect(decodeBind(pdu)).toEqual({
      maximumTransmitFragment: 5840,
      maximumReceiveFragment: 5840,
      associationGroupId: 0,
      contexts: [
        { contextId: 0, abstractSyntax: SAMPLE_SYNTAX, transferSyntaxes: [NDR_SYNTAX] },
        { contextId: 1, abstractSyntax: SAMPLE_SYNTAX, transferSyntaxes: [NDR64_SYNTAX] },
        { contextId: 2, abstractSyntax: SAMPLE_SYNTAX, transferSyntaxes: [bindTimeFeatureSyntax(2)] },
      ],
    });
  });

  it("marshals in the transfer syntax that the server accepted", async () => {
    const echoed = client.echo(Uint8Array.of(1, 2));
    const peer = await accept();
    peer.send(acknowledge(await next(peer), [REJECTED, { ...ACCEPTED, transferSyntax: NDR64_SYNTAX }, KEEPS]));
    const pdu = await next(peer);
    const request = decodeRequest(pdu);
    expect(request.contextId).toBe(1);
    expect(Buffer.from(request.stubData).toString("hex")).toBe("02000000000000000102");
    peer.send(response(pdu.callId, Buffer.from("0300000000000000030405", "hex")));
    expect(Buffer.from(await echoed)).toEqual(Buffer.from([3, 4, 5]));
  });

  it("alters the context for another interface on the same connection", async () => {
    const first = client.addOne(1);
    const peer = await serve();
    const call = await next(peer);
    peer.send(response(call.callId, uint32(2)));
    expect(await first).toBe(2);
    const other = new SampleClient(binding, OTHER);
    const both = Promise.all([other.addOne(3), other.addOne(4)]);
    const alter = await next(peer);
    expect(alter).toMatchObject({ type: PacketType.alterContext, flags: WHOLE });
    expect(decodeBind(alter).contexts.map(({ contextId }) => contextId)).toEqual([3, 4]);
    peer.send(acknowledge(alter, [ACCEPTED, REJECTED]));
    for (const expected of [3, 4]) {
      const pdu = await next(peer);
      expect([decodeRequest(pdu).contextId, valueOf(pdu)]).toEqual([3, expected]);
      peer.send(response(pdu.callId, uint32(expected)));
    }
    expect(await both).toEqual([3, 4]);
  });

  it.each([
    [1, "RPC_S_UNKNOWN_IF"],
    [2, "RPC_S_UNSUPPORTED_TRANS_SYN"],
    [3, "RPC_S_SERVER_TOO_BUSY"],
    [0, "RPC_S_UNSUPPORTED_TRANS_SYN"],
  ])(
    "fails the call when all contexts are rejected with reason %i: %s, and the connection goes on",
    async (reason, name) => {
      const call = client.addOne(1);
      const peer = await accept();
      const refusal = { ...REJECTED, reason };
      peer.send(acknowledge(await next(peer), [refusal, refusal, KEEPS]));
      await expect(call).rejects.toMatchObject({ name, operation: "Sample.AddOne", peer: "midl-ts-memory:[s]" });
      const again = client.addOne(1);
      const alter = await next(peer);
      expect(alter.type).toBe(PacketType.alterContext);
      peer.send(acknowledge(alter, [ACCEPTED, REJECTED]));
      peer.send(response((await next(peer)).callId, uint32(5)));
      expect(await again).toBe(5);
    },
  );

  it("fails the call when an alter_context is answered with a fault", async () => {
    const first = client.addOne(1);
    const peer = await serve();
    peer.send(response((await next(peer)).callId, uint32(2)));
    await first;
    const other = new SampleClient(binding, OTHER).addOne(1);
    peer.send(encodeFault((await next(peer)).callId, 0, 5, true));
    await expect(other).rejects.toMatchObject({ name: "RPC_S_ACCESS_DENIED" });
  });

  it.each([
    [0, "RPC_S_CALL_FAILED_DNE"],
    [2, "RPC_S_SERVER_TOO_BUSY"],
    [4, "RPC_S_PROTOCOL_ERROR"],
    [8, "RPC_S_UNKNOWN_AUTHN_SERVICE"],
  ])("fails the call when the bind is refused with reason %i: %s", async (reason, name) => {
    const call = client.addOne(1);
    const peer = await accept();
    peer.send(encodeBindNak((await next(peer)).callId, reason));
    await expect(call).rejects.toMatchObject({ name });
    expect(await peer.next()).toBeNull();
  });

  it("fails the call when the server does not answer the bind in time", async () => {
    await start({ limits: { bindTimeout: 50 } });
    await expect(client.addOne(1)).rejects.toMatchObject({ name: "RPC_S_SERVER_UNAVAILABLE" });
  });

  it("has no timer left for a connection that is gone, or bound", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const refused = client.addOne(1);
      const first = await accept();
      expect(vi.getTimerCount()).toBe(1);
      first.send(encodeBindNak((await next(first)).callId, 0));
      await expect(refused).rejects.toThrow();
      expect(vi.getTimerCount()).toBe(0);

      const answered = client.addOne(1);
      const second = await serve();
      const { callId } = await next(second);
      expect(vi.getTimerCount()).toBe(0);
      second.send(response(callId, uint32(2)));
      expect(await answered).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("fails the call when nothing listens, with the cause", async () => {
    const absent = RpcBinding.fromString("midl-ts-memory:[absent]", { transports: [transport] });
    await expect(new SampleClient(absent).addOne(1)).rejects.toMatchObject({
      name: "RPC_S_SERVER_UNAVAILABLE",
      operation: "Sample.AddOne",
      peer: "midl-ts-memory:[absent]",
      cause: { message: "nothing listens at midl-ts-memory:[absent]" },
    });
  });

  it.each([
    ["too few results", (pdu: Pdu) => acknowledge(pdu, [ACCEPTED])],
    ["another call's id", (pdu: Pdu) => acknowledge({ ...pdu, callId: 9 }, [ACCEPTED, REJECTED, KEEPS])],
    [
      "an alter_context_resp",
      (pdu: Pdu) => acknowledge({ ...pdu, type: PacketType.alterContext }, [ACCEPTED, REJECTED, KEEPS]),
    ],
    ["tiny fragments", (pdu: Pdu) => acknowledge(pdu, [ACCEPTED, REJECTED, KEEPS], MULTIPLEXED, 1, 100)],
    ["a request", () => encodeBare(PacketType.request, 1)],
    ["octets of another protocol", () => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ])("fails the call when the bind is answered with %s", async (_what, answer) => {
    const call = client.addOne(1);
    const peer = await accept();
    peer.send(answer(await next(peer)));
    await expect(call).rejects.toMatchObject({
      name: "RPC_S_PROTOCOL_ERROR",
      cause: { name: "ProtocolViolation" },
    });
    expect(await peer.next()).toBeNull();
  });
});

describe("calls", () => {
  it("share a multiplexed connection, and their answers may overtake", async () => {
    const calls = Promise.all([client.addOne(1), client.addOne(2)]);
    const peer = await serve();
    const [one, two] = [await next(peer), await next(peer)];
    peer.send(response(two.callId, uint32(20)), response(one.callId, uint32(10)));
    expect(await calls).toEqual([10, 20]);
    expect(binding.connections).toBe(1);
  });

  it("have a connection each in one group without multiplexing", async () => {
    const calls = Promise.all([client.addOne(1), client.addOne(2)]);
    const first = await serve(WHOLE);
    const one = await next(first);
    const second = await accept();
    const bind = await next(second);
    expect(decodeBind(bind).associationGroupId).toBe(0x77);
    second.send(acknowledge(bind, [ACCEPTED, REJECTED, KEEPS], WHOLE));
    const two = await next(second);
    expect([valueOf(one), valueOf(two)]).toEqual([1, 2]);
    second.send(response(two.callId, uint32(20)));
    first.send(response(one.callId, uint32(10)));
    expect(await calls).toEqual([10, 20]);
    expect(binding.connections).toBe(2);
    const third = client.addOne(3);
    const pdu = await next(first);
    first.send(response(pdu.callId, uint32(30)));
    expect(await third).toBe(30);
  });

  it("wait for a connection at the limit", async () => {
    await start({ limits: { connections: 1 } });
    const calls = Promise.all([client.addOne(1), client.addOne(2), client.addOne(3)]);
    const peer = await serve(WHOLE);
    for (const value of [1, 2, 3]) {
      const pdu = await next(peer);
      expect(valueOf(pdu)).toBe(value);
      expect(await peer.quiet(5)).toBe(true);
      peer.send(response(pdu.callId, uint32(value)));
    }
    expect(await calls).toEqual([1, 2, 3]);
  });

  it("take an answer in fragments, between those of others", async () => {
    const calls = Promise.all([client.addOne(1), client.addOne(2)]);
    const peer = await serve();
    const [one, two] = [await next(peer), await next(peer)];
    peer.send(response(one.callId, Uint8Array.of(1, 0), { flags: PduFlag.firstFragment, hint: 4 }));
    peer.send(response(two.callId, uint32(9)));
    peer.send(response(one.callId, Uint8Array.of(0, 0), { flags: PduFlag.lastFragment }));
    expect(await calls).toEqual([1, 9]);
  });

  it("take answers in big-endian order", async () => {
    const call = client.addOne(1);
    const peer = await serve();
    await next(peer);
    peer.send("0500020300000000001c0000000000020000000400000000" + "0000002a");
    expect(await call).toBe(42);
  });

  it.each([
    ["11000000", "the server broke the protocol: character representation is not ASCII"],
    ["10010000", "the server broke the protocol: floating-point representation is not IEEE"],
    ["10020000", "the server broke the protocol: floating-point representation is not IEEE"],
    ["10030000", "the server broke the protocol: floating-point representation is not IEEE"],
    ["20000000", "the server broke the protocol: integer representation 2 is not defined"],
  ])("fail for an answer under the label %s, and say why (C706 14.1)", async (label, message) => {
    const call = client.addOne(1);
    const peer = await serve();
    await next(peer);
    peer.send(`05000203${label}1c0000000200000004000000000000002a000000`);
    await expect(call).rejects.toMatchObject({ name: "RPC_S_PROTOCOL_ERROR" });
    await expect(call).rejects.toThrow(message);
  });

  it("fail for an answer in NDR64 under a big-endian label (MS-RPCE 2.2.5)", async () => {
    const call = client.addOne(1);
    const peer = await accept();
    peer.send(acknowledge(await next(peer), [REJECTED, { ...ACCEPTED, transferSyntax: NDR64_SYNTAX }, KEEPS]));
    const { callId } = await next(peer);
    peer.send(`0500020300000000001c0000${callId.toString(16).padStart(8, "0")}0000000400010000` + "0000002a");
    await expect(call).rejects.toMatchObject({ name: "RPC_X_BAD_STUB_DATA" });
    await expect(call).rejects.toThrow("NDR64 stub data under a big-endian label");
  });

  it("cut a request to the fragment size of the server", async () => {
    const call = client.echo(new Uint8Array(4000).fill(3)).catch(() => undefined);
    const peer = await accept();
    peer.send(acknowledge(await next(peer), [ACCEPTED, REJECTED, KEEPS], MULTIPLEXED, 1, 2048));
    const fragments = [await next(peer), await next(peer)];
    expect(fragments.map(({ octets }) => octets.length)).toEqual([2048, 24 + 4004 - 2024]);
    expect(fragments.map(({ flags }) => flags)).toEqual([PduFlag.firstFragment, PduFlag.lastFragment]);
    expect(fragments.map((pdu) => decodeRequest(pdu).allocationHint)).toEqual([4004, 1980]);
    await binding.close();
    await call;
  });

  it.each([
    ["a second fragment first", [response(2, uint32(1), { flags: PduFlag.lastFragment })]],
    [
      "two first fragments",
      [
        response(2, uint32(1), { flags: PduFlag.firstFragment }),
        response(2, uint32(1), { flags: PduFlag.firstFragment }),
      ],
    ],
    ["the answer to a call that was not made", [response(99, uint32(1))]],
    ["the fault of a call that was not made", [encodeFault(99, 0, 5, false)]],
  ])("fail when the server sends %s", async (_what, pdus) => {
    const call = client.addOne(1);
    const peer = await serve();
    await next(peer);
    peer.send(...pdus);
    await expect(call).rejects.toMatchObject({ name: "RPC_S_PROTOCOL_ERROR" });
  });

  it("fail with the status of a fault", async () => {
    const calls = [client.addOne(1), client.addOne(2)].map((call) => call.catch((error: unknown) => error));
    const peer = await serve();
    peer.send(
      encodeFault((await next(peer)).callId, 0, 0x1c010002, true),
      encodeFault((await next(peer)).callId, 0, 0x80070005, false),
    );
    const [one, two] = await Promise.all(calls);
    expect(one).toMatchObject({
      name: "RPC_S_PROCNUM_OUT_OF_RANGE",
      operation: "Sample.AddOne",
      peer: "midl-ts-memory:[s]",
    });
    expect(two).toMatchObject({ name: "RPC_STATUS_0x80070005", status: 0x80070005 });
  });

  it("fail alone when their stub throws, before sending and after", async () => {
    const warm = client.addOne(1);
    const peer = await serve();
    peer.send(response((await next(peer)).callId, uint32(2)));
    await warm;
    const marshal = client.broken(() => {
      throw new TypeError("prefix: not a string");
    }, unmarshalUint32);
    await expect(marshal).rejects.toThrow(new TypeError("prefix: not a string"));
    expect(await peer.quiet(5)).toBe(true);
    const unmarshal = client.addOne(1);
    peer.send(response((await next(peer)).callId, new Uint8Array(2)));
    await expect(unmarshal).rejects.toMatchObject({
      name: "RPC_X_BAD_STUB_DATA",
      operation: "Sample.AddOne",
      peer: "midl-ts-memory:[s]",
    });
    const after = client.addOne(1);
    peer.send(response((await next(peer)).callId, uint32(3)));
    expect(await after).toBe(3);
  });

  it("with [maybe] do not wait for an answer", async () => {
    const call = client.notify(6);
    const peer = await serve();
    await call;
    const pdu = await next(peer);
    expect([pdu.flags, valueOf(pdu)]).toEqual([WHOLE | PduFlag.maybe, 6]);
  });

  it("name their object", async () => {
    const uuid = "01234567-89ab-cdef-0123-456789abcdef";
    const call = client.addOne(6, { objectUuid: uuid });
    const peer = await serve();
    const pdu = await next(peer);
    expect(decodeRequest(pdu).objectUuid).toBe(uuid);
    peer.send(response(pdu.callId, uint32(1)));
    expect(await call).toBe(1);
  });

  it("whose answer exceeds the limit are given up", async () => {
    await start({ limits: { stubDataOctets: 100 } });
    const call = client.echo(new Uint8Array(4));
    const peer = await serve();
    const { callId } = await next(peer);
    peer.send(
      response(callId, new Uint8Array(60), { flags: PduFlag.firstFragment }),
      response(callId, new Uint8Array(60), { flags: 0 }),
    );
    await expect(call).rejects.toMatchObject({ name: "RPC_S_OUT_OF_RESOURCES" });
    expect([(await next(peer)).type, (await next(peer)).type]).toEqual([PacketType.coCancel, PacketType.orphaned]);
    peer.send(response(callId, new Uint8Array(60), { flags: PduFlag.lastFragment }));
    const after = client.addOne(1);
    peer.send(response((await next(peer)).callId, uint32(3)));
    expect(await after).toBe(3);
  });
});

describe("giving up", () => {
  it("by a signal rejects at once, sends co_cancel and orphaned, and keeps the connection", async () => {
    const controller = new AbortController();
    const call = client.addOne(1, { signal: controller.signal });
    const peer = await serve();
    const { callId } = await next(peer);
    controller.abort("enough");
    await expect(call).rejects.toMatchObject({
      name: "RPC_S_CALL_CANCELLED",
      cause: "enough",
      operation: "Sample.AddOne",
    });
    expect(await peer.nextHex()).toBe(`0500120310000000100000000${callId}000000`);
    expect(await peer.nextHex()).toBe(`0500130310000000100000000${callId}000000`);
    peer.send(response(callId, uint32(1)));
    const after = client.addOne(1);
    peer.send(response((await next(peer)).callId, uint32(3)));
    expect(await after).toBe(3);
  });

  it("sends no orphaned to a server that would lose the connection, and drops the late answer (MS-RPCE 3.3.1.5.10)", async () => {
    const call = client.addOne(1, { timeout: 20 });
    const peer = await serve(MULTIPLEXED, { ...KEEPS, reason: 0 });
    const { callId } = await next(peer);
    await expect(call).rejects.toMatchObject({ name: "RPC_S_TIMEOUT" });
    expect((await next(peer)).type).toBe(PacketType.coCancel);
    peer.send(response(callId, uint32(1)));
    const after = client.addOne(1);
    peer.send(response((await next(peer)).callId, uint32(3)));
    expect(await after).toBe(3);
  });

  it("works before there is a connection", async () => {
    const controller = new AbortController();
    const calls = [client.addOne(1, { signal: controller.signal }), client.addOne(2, { timeout: 10 })].map((call) =>
      call.catch((error: unknown) => error),
    );
    const peer = await accept();
    controller.abort(new Error("why"));
    expect(await Promise.all(calls)).toMatchObject([
      { name: "RPC_S_CALL_CANCELLED", cause: new Error("why") },
      { name: "RPC_S_TIMEOUT" },
    ]);
    peer.send(acknowledge(await next(peer), [ACCEPTED, REJECTED, KEEPS]));
    expect(await peer.quiet()).toBe(true);
  });

  it("works for many calls with one signal, without a warning", async () => {
    const warnings: unknown[] = [];
    const note = (warning: unknown): void => void warnings.push(warning);
    process.on("warning", note);
    const controller = new AbortController();
    const calls = Array.from({ length: 20 }, (_, index) => client.addOne(index, { signal: controller.signal }));
    controller.abort();
    const settled = await Promise.allSettled(calls);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  it("works with a signal that was aborted before", async () => {
    await expect(client.addOne(1, { signal: AbortSignal.abort("no") })).rejects.toMatchObject({
      name: "RPC_S_CALL_CANCELLED",
      cause: "no",
    });
    expect(binding.connections).toBe(0);
  });
});

describe("the end of a connection", () => {
  it("fails calls, and the next call opens another", async () => {
    const call = client.addOne(1);
    const peer = await serve();
    await next(peer);
    peer.connection.destroy();
    await expect(call).rejects.toMatchObject({ name: "RPC_S_CALL_FAILED", peer: "midl-ts-memory:[s]" });
    const again = client.addOne(1);
    const second = await serve();
    second.send(response((await next(second)).callId, uint32(2)));
    expect(await again).toBe(2);
  });

  it("by a shutdown PDU lets calls end first (C706 12.6.4.11)", async () => {
    const call = client.addOne(1);
    const peer = await serve();
    const { callId } = await next(peer);
    peer.send(encodeBare(PacketType.shutdown, 0));
    const later = client.addOne(2);
    await peer.quiet(5);
    const other = client.addOne(3);
    peer.send(response((await next(peer)).callId, uint32(22)));
    expect(await later).toBe(22);
    const second = await accept();
    const bind = await next(second);
    expect(decodeBind(bind).associationGroupId).toBe(0x77);
    second.send(acknowledge(bind, [ACCEPTED, REJECTED, KEEPS]));
    second.send(response((await next(second)).callId, uint32(33)));
    expect(await other).toBe(33);
    peer.send(response(callId, uint32(11)));
    expect(await call).toBe(11);
    expect(await peer.next()).toBeNull();
  });

  it("comes when it is idle", async () => {
    await start({ limits: { idleTimeout: 40 } });
    const call = client.addOne(1);
    const peer = await serve();
    peer.send(response((await next(peer)).callId, uint32(2)));
    await call;
    expect(await peer.next()).toBeNull();
    expect(binding.connections).toBe(0);
  });

  it("comes when the server stops in the middle of an answer", async () => {
    await start({ limits: { stallTimeout: 40, idleTimeout: 80 } });
    const call = client.addOne(1);
    const peer = await serve();
    peer.send(response((await next(peer)).callId, Uint8Array.of(1), { flags: PduFlag.firstFragment }));
    await expect(call).rejects.toMatchObject({
      name: "RPC_S_CALL_FAILED",
      message: "the server has stalled for 40 ms",
    });
  });

  it("comes when the binding is closed, which fails calls", async () => {
    const call = client.addOne(1);
    const peer = await serve();
    await next(peer);
    await binding.close();
    await expect(call).rejects.toMatchObject({ name: "RPC_S_CALL_CANCELLED" });
    await expect(client.addOne(1)).rejects.toMatchObject({ name: "RPC_S_INVALID_BINDING" });
    expect(await peer.next()).toBeNull();
  });
});
