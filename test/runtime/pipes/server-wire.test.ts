/** A server's calls with pipes, against hand-built PDUs. */
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { decodeResponse, encodeBare } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, PduFlag, WHOLE } from "../../../runtime/rpc/pdu-header.ts";
import { NDR_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";
import type { RpcLimits } from "../../../runtime/rpc/limits.ts";
import { RpcError } from "../../../runtime/rpc-error.ts";
import { RpcServer } from "../../../runtime/server/rpc-server.ts";
import { FaultStatus, RpcStatus } from "../../../runtime/status.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { bind, proposal, RawPeer, request } from "../raw-peer.ts";
import { PIPED, pipedStub } from "./pipe-interface.ts";
import type { PipedManager } from "./pipe-interface.ts";

const FIRST = PduFlag.firstFragment;
const LAST = PduFlag.lastFragment;
const MULTIPLEXED = WHOLE | PduFlag.concurrentMultiplexing;
const SEND = 0;
const RECEIVE = 1;
const ADD_ONE = 4;

let server: RpcServer | undefined;

afterEach(() => server?.close());

async function bound(manager: PipedManager, flags: number = WHOLE, limits: Partial<RpcLimits> = {}): Promise<RawPeer> {
  const transport = new MemoryTransport();
  server = new RpcServer({ transports: [transport], limits });
  server.register(pipedStub(manager));
  await server.listen("midl-ts-memory:[raw]");
  const peer = await RawPeer.connect(transport, "raw");
  const syntax = { uuid: PIPED.uuid, major: PIPED.major, minor: PIPED.minor };
  peer.send(bind([proposal(0, [NDR_SYNTAX], syntax)], { flags }));
  expect((await peer.next())?.type).toBe(PacketType.bindAck);
  return peer;
}

function octets(hex: string): Buffer {
  return Buffer.from(hex, "hex");
}

/** A fragment of a request. */
function fragment(callId: number, flags: number, hex: string, opnum = SEND): Uint8Array {
  return request(callId, octets(hex), { flags, opnum });
}

/** What comes next: stub data of a response, the status of a fault, or that the connection is closed. */
async function answer(peer: RawPeer): Promise<string | number> {
  const pdu = await peer.next();
  if (pdu === null) return "closed";
  if (pdu.type === PacketType.fault) return pdu.view.getUint32(24, true);
  return `${pdu.callId}:${Buffer.from(decodeResponse(pdu).stubData).toString("hex")}`;
}

/** A manager that notes what it is called with and what it pulls. */
function noting(seen: string[]): PipedManager {
  return {
    async send({ number, sent }) {
      seen.push(`called ${number}`);
      try {
        for await (const chunk of sent) seen.push(Buffer.from(chunk).toString("hex"));
      } catch (error) {
        seen.push(error instanceof RpcError ? error.name : String(error));
        throw error;
      }
      seen.push("end");
      return number + 1;
    },
  };
}

describe("a request with an [in] pipe", () => {
  it("is dispatched as soon as its parameters are there, wherever its fragments are cut", async () => {
    const seen: string[] = [];
    const peer = await bound(noting(seen));
    peer.send(fragment(2, FIRST, "2900"));
    await delay(5);
    expect(seen).toEqual([]);
    peer.send(fragment(2, 0, "0000"));
    await delay(40);
    expect(seen).toEqual(["called 41"]);
    peer.send(fragment(2, 0, "03000000"), fragment(2, 0, "aabb"));
    await delay(5);
    expect(seen).toEqual(["called 41"]);
    peer.send(fragment(2, 0, "cc"));
    await delay(5);
    expect(seen).toEqual(["called 41", "aabbcc"]);
    peer.send(fragment(2, 0, "0001000000dd"), fragment(2, 0, "000000"), fragment(2, LAST, "00000000"));
    expect(await answer(peer)).toBe("2:2a000000");
    expect(seen).toEqual(["called 41", "aabbcc", "dd", "end"]);
  });

  it.for([
    ["without its empty chunk", "0100000001000000aa000000", FaultStatus.nca_s_fault_pipe_empty],
    ["inside of a chunk", "0100000005000000aa", RpcStatus.RPC_X_BAD_STUB_DATA],
    ["before its parameters are whole", "0100", RpcStatus.RPC_X_BAD_STUB_DATA],
  ] as const)("that ends %s faults", async ([, hex, status]) => {
    const peer = await bound(noting([]));
    peer.send(fragment(2, FIRST, hex), fragment(2, LAST, ""));
    expect(await answer(peer)).toBe(status);
    peer.send(request(3, octets("01000000"), { opnum: ADD_ONE }));
    expect(await answer(peer)).toBe("3:02000000");
  });

  it("may go on, or end, after an early fault; then the next call is served", async () => {
    const manager: PipedManager = {
      send: () => {
        throw new RpcError("RPC_S_ACCESS_DENIED");
      },
    };
    for (const flags of [WHOLE, MULTIPLEXED]) {
      const peer = await bound(manager, flags);
      peer.send(fragment(2, FIRST, "0100000001000000"));
      expect(await answer(peer)).toBe(RpcStatus.RPC_S_ACCESS_DENIED);
      peer.send(fragment(2, 0, "aa00000001000000"), fragment(2, LAST, "aa"));
      peer.send(request(3, octets("01000000"), { opnum: ADD_ONE }));
      expect(await answer(peer)).toBe("3:02000000");
      peer.send(fragment(4, FIRST, "0100000001000000"));
      expect(await answer(peer)).toBe(RpcStatus.RPC_S_ACCESS_DENIED);
      peer.send(request(5, octets("01000000"), { opnum: ADD_ONE }));
      expect(await answer(peer)).toBe("5:02000000");
      await server?.close();
    }
  });

  it("ends with an orphaned PDU: the pull fails, and nothing is answered", async () => {
    const seen: string[] = [];
    const peer = await bound(noting(seen));
    peer.send(fragment(2, FIRST, "0100000001000000"));
    await delay(5);
    peer.send(encodeBare(PacketType.orphaned, 2));
    await delay(5);
    expect(seen).toEqual(["called 1", "RPC_S_CALL_CANCELLED"]);
    peer.send(request(3, octets("01000000"), { opnum: ADD_ONE }));
    expect(await answer(peer)).toBe("3:02000000");
  });

  it("ends with a co_cancel PDU in a fault", async () => {
    const seen: string[] = [];
    const peer = await bound(noting(seen));
    peer.send(fragment(2, FIRST, "0100000001000000"));
    await delay(5);
    peer.send(encodeBare(PacketType.coCancel, 2));
    expect(await answer(peer)).toBe(FaultStatus.nca_s_fault_cancel);
    expect(seen).toEqual(["called 1", "RPC_S_CALL_CANCELLED"]);
  });

  it("breaks the protocol with fragments that disagree", async () => {
    const seen: string[] = [];
    const peer = await bound(noting(seen));
    peer.send(fragment(2, FIRST, "0100000001000000"));
    await delay(5);
    peer.send(fragment(2, LAST, "aa", RECEIVE));
    expect(await answer(peer)).toBe(FaultStatus.nca_proto_error);
    expect(await answer(peer)).toBe("closed");
    expect(seen).toEqual(["called 1", "RPC_S_CALL_FAILED"]);
  });

  it("breaks the protocol with another call inside, on a connection that is not multiplexed", async () => {
    const peer = await bound(noting([]));
    peer.send(fragment(2, FIRST, "0100000001000000"));
    peer.send(request(3, octets("01000000"), { opnum: ADD_ONE }));
    expect(await answer(peer)).toBe(FaultStatus.nca_proto_error);
    expect(await answer(peer)).toBe("closed");
  });

  it("may have no more parameters than stubDataOctets before its manager is called", async () => {
    const peer = await bound(noting([]), WHOLE, { stubDataOctets: 1 });
    peer.send(fragment(2, FIRST, "0100"));
    expect(await answer(peer)).toBe(RpcStatus.RPC_S_ACCESS_DENIED);
  });

  it("is not read on from while the manager does not pull", async () => {
    let pulled = 0;
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const manager: PipedManager = {
      async send({ sent }) {
        await waiting;
        for await (const chunk of sent) pulled += chunk.length;
        return 7;
      },
    };
    const peer = await bound(manager, MULTIPLEXED);
    peer.send(fragment(2, FIRST, "0000000000600900")); // a chunk of 600 KiB
    const piece = Buffer.alloc(4096);
    let sent = 0;
    while (sent < 150 && peer.connection.send(request(2, piece, { flags: 0, opnum: SEND }))) {
      sent++;
      await delay(0);
    }
    // 64 KiB wait for the manager, 256 KiB in the transport
    expect(sent * 4096).toBeGreaterThan(300 * 1024);
    expect(sent * 4096).toBeLessThan(400 * 1024);
    goOn();
    for (sent++; sent < 150; sent++) peer.send(request(2, piece, { flags: 0, opnum: SEND }));
    peer.send(fragment(2, LAST, "00000000"));
    expect(await answer(peer)).toBe("2:07000000");
    expect(pulled).toBe(150 * 4096);
  });
});

describe("a response with an [out] pipe", () => {
  it("goes out in fragments of 8 octets and more as chunks are pushed, between those of other calls", async () => {
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const manager: PipedManager = {
      async receive({ received }) {
        await received(octets("aabbcc"));
        await received(octets("dd"));
        await waiting;
        return 9;
      },
    };
    const peer = await bound(manager, MULTIPLEXED);
    peer.send(request(2, octets("00000000"), { opnum: RECEIVE }));
    expect(await answer(peer)).toBe("2:03000000aabbcc00");
    peer.send(request(3, octets("01000000"), { opnum: ADD_ONE }));
    expect(await answer(peer)).toBe("3:02000000");
    goOn();
    expect(await answer(peer)).toBe("2:01000000dd0000000000000009000000");
  });
});
