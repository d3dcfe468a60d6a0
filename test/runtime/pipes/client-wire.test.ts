/** A client's calls with pipes, against a server of hand-built PDUs. */
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { decodeBind, encodeBindAck, type ContextAnswer } from "../../../runtime/rpc/bind-pdus.ts";
import { decodeRequest, encodeFault } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, PduFlag, WHOLE, type Pdu } from "../../../runtime/rpc/pdu-header.ts";
import { NDR64_SYNTAX, NDR_SYNTAX, NIL_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { RawPeer, response } from "../raw-peer.ts";
import { PipedClient } from "./pipe-interface.ts";

const ACCEPTED: ContextAnswer = { result: 0, reason: 0, transferSyntax: NDR_SYNTAX };
const NDR64_ACCEPTED: ContextAnswer = { result: 0, reason: 0, transferSyntax: NDR64_SYNTAX };
const REJECTED: ContextAnswer = { result: 2, reason: 2, transferSyntax: NIL_SYNTAX };
const KEEPS: ContextAnswer = { result: 3, reason: 2, transferSyntax: NIL_SYNTAX };
const KEEPS_NOT: ContextAnswer = { result: 3, reason: 0, transferSyntax: NIL_SYNTAX };
const ENDS = PduFlag.firstFragment | PduFlag.lastFragment;

let peers: RawPeer[];
let binding: RpcBinding;
let client: PipedClient;

beforeEach(async () => {
  const transport = new MemoryTransport();
  peers = [];
  await transport.listen("", "s", (connection) => {
    peers.push(new RawPeer(connection));
  });
  binding = RpcBinding.fromString("midl-ts-memory:[s]", { transports: [transport] });
  client = new PipedClient(binding);
});

afterEach(() => binding.close());

async function accept(): Promise<RawPeer> {
  for (;;) {
    const peer = peers.shift();
    if (peer !== undefined) return peer;
    await delay(1);
  }
}

async function next(peer: RawPeer): Promise<Pdu> {
  const pdu = await peer.next();
  if (pdu === null) throw new Error("the client closed the connection");
  return pdu;
}

function acknowledge(pdu: Pdu, ...results: ContextAnswer[]): Uint8Array {
  const isBind = pdu.type === PacketType.bind;
  const flags = WHOLE | PduFlag.concurrentMultiplexing;
  return encodeBindAck(isBind ? PacketType.bindAck : PacketType.alterContextResponse, pdu.callId, flags, {
    maximumTransmitFragment: 5840,
    maximumReceiveFragment: 5840,
    associationGroupId: 0x77,
    secondaryAddress: "",
    results,
  });
}

/** A fragment of a request: which ends it has, and its stub data. */
function fragment(pdu: Pdu): [number, string] {
  expect(pdu.type).toBe(PacketType.request);
  return [pdu.flags & ENDS, Buffer.from(decodeRequest(pdu).stubData).toString("hex")];
}

async function* slowly(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    yield Buffer.from(chunk, "hex");
    await delay(10);
  }
}

describe("a call with a pipe", () => {
  it("is made in NDR where NDR64 was negotiated, in a context of its own", async () => {
    const sum = client.addOne(1);
    const peer = await accept();
    peer.send(acknowledge(await next(peer), REJECTED, NDR64_ACCEPTED, KEEPS));
    const ordinary = await next(peer);
    expect(decodeRequest(ordinary).contextId).toBe(1);
    peer.send(response(ordinary.callId, Buffer.from("02000000", "hex")));
    expect(await sum).toBe(2);

    const sent = client.send({ number: 5, sent: [Uint8Array.of(0xaa)] });
    const alter = await next(peer);
    expect(alter.type).toBe(PacketType.alterContext);
    expect(decodeBind(alter).contexts).toMatchObject([{ contextId: 3, transferSyntaxes: [NDR_SYNTAX] }]);
    peer.send(acknowledge(alter, ACCEPTED));
    const piped = await next(peer);
    expect(decodeRequest(piped).contextId).toBe(3);
    expect(fragment(piped)).toEqual([ENDS, "05000000" + "01000000aa" + "000000" + "00000000"]);
    peer.send(response(piped.callId, Buffer.from("07000000", "hex")));
    expect(await sent).toBe(7);
  });

  it("falls back on NDR64 where the server has nothing else", async () => {
    const sent = client.send({ number: 5, sent: [Uint8Array.of(0xaa)] });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), REJECTED, KEEPS));
    const alter = await next(peer);
    peer.send(acknowledge(alter, REJECTED, NDR64_ACCEPTED));
    const chunk = "0100000000000000" + "aa" + "00000000000000" + "ffffffffffffffff";
    const piped = await next(peer);
    expect(fragment(piped)).toEqual([ENDS, "0500000000000000" + chunk + "00".repeat(16)]);
    peer.send(response(piped.callId, Buffer.from("07000000", "hex")));
    expect(await sent).toBe(7);
  });

  it("is sent in fragments of 8 octets and more as chunks come", async () => {
    const sent = client.send({ number: 5, sent: slowly("aabbccdd", "ee") });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), ACCEPTED, KEEPS));
    expect(fragment(await next(peer))).toEqual([PduFlag.firstFragment, "0500000004000000"]);
    expect(fragment(await next(peer))).toEqual([0, "aabbccdd01000000"]);
    const last = await next(peer);
    expect(fragment(last)).toEqual([PduFlag.lastFragment, "ee000000" + "00000000"]);
    peer.send(response(last.callId, Buffer.from("07000000", "hex")));
    expect(await sent).toBe(7);
  });

  it("ends its request after an early answer, and the connection is used again", async () => {
    const sent = client.send({ number: 5, sent: slowly("aabbccdd", "ee", "ff", "00") });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), ACCEPTED, KEEPS));
    const first = await next(peer);
    peer.send(encodeFault(first.callId, 0, 5, false));
    await expect(sent).rejects.toMatchObject({ name: "RPC_S_ACCESS_DENIED" });
    expect(fragment(await next(peer))).toEqual([PduFlag.lastFragment, ""]);
    const again = client.send({ number: 6, sent: [] });
    const second = await next(peer);
    expect(fragment(second)).toEqual([ENDS, "0600000000000000"]);
    peer.send(response(second.callId, Buffer.from("07000000", "hex")));
    expect(await again).toBe(7);
  });

  it.for([
    ["co_cancel and orphaned", KEEPS, [PacketType.coCancel, PacketType.orphaned]],
    [
      "co_cancel and the end of the request where orphaned would end the connection",
      KEEPS_NOT,
      [PacketType.coCancel, 0],
    ],
  ] as const)("that is aborted sends %s", async ([, features, types]) => {
    const abort = new AbortController();
    const sent = client.send({ number: 5, sent: slowly("aabbccdd", "ee", "ff") }, { signal: abort.signal });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), ACCEPTED, features));
    await next(peer);
    abort.abort();
    await expect(sent).rejects.toMatchObject({ name: "RPC_S_CALL_CANCELLED" });
    expect([(await next(peer)).type, (await next(peer)).type]).toEqual(types);
  });

  it("has a connection for itself: other calls take another one", async () => {
    const sent = client.send({ number: 5, sent: slowly("aabbccdd", "ee") });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), ACCEPTED, KEEPS));
    const first = await next(peer);
    const sum = client.addOne(1);
    const other = await accept();
    other.send(acknowledge(await next(other), ACCEPTED, REJECTED, KEEPS));
    const ordinary = await next(other);
    other.send(response(ordinary.callId, Buffer.from("02000000", "hex")));
    expect(await sum).toBe(2);
    expect((await next(peer)).callId).toBe(first.callId);
    peer.send(response(first.callId, Buffer.from("07000000", "hex")));
    expect(await sent).toBe(7);
  });

  it("fails when the response ends without an empty chunk", async () => {
    const call = client.receive({ number: 5, received: () => undefined });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), ACCEPTED, KEEPS));
    const { callId } = await next(peer);
    peer.send(response(callId, Buffer.from("01000000aa000000", "hex")));
    await expect(call).rejects.toMatchObject({ name: "RPC_X_PIPE_EMPTY" });
  });

  it("hands chunks to the sink before the response is whole", async () => {
    const seen: string[] = [];
    const received = (chunk: Uint8Array): void => {
      seen.push(Buffer.from(chunk).toString("hex"));
    };
    const call = client.receive({ number: 5, received });
    const peer = await accept();
    peer.send(acknowledge(await next(peer), ACCEPTED, KEEPS));
    const { callId } = await next(peer);
    const part = (flags: number, hex: string): Uint8Array => response(callId, Buffer.from(hex, "hex"), { flags });
    peer.send(part(PduFlag.firstFragment, "01000000aa00"), part(0, "000004000000bb"));
    await delay(5);
    expect(seen).toEqual(["aa"]);
    peer.send(part(0, "ccddee"), part(0, "00000000"), part(PduFlag.lastFragment, "07000000"));
    expect(await call).toBe(7);
    expect(seen).toEqual(["aa", "bbccddee"]);
  });
});
