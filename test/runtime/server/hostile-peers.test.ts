/** PDUs with octets changed at random: whatever they say, the server lives on and serves others. */
import { describe, expect, it } from "vitest";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { encodeBare } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, PduFlag, WHOLE } from "../../../runtime/rpc/pdu-header.ts";
import { bindTimeFeatureSyntax, NDR64_SYNTAX, NDR_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";
import { RpcServer } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { bind, proposal, RawPeer, request, uint32 } from "../raw-peer.ts";
import { SampleClient, sampleStub } from "../sample-interface.ts";

/** A small generator whose sequence is the same every time (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe("a server among hostile peers", () => {
  it("answers or closes, reports nothing, and serves others", async () => {
    const transport = new MemoryTransport();
    const reported: unknown[] = [];
    await using server = new RpcServer({ transports: [transport], onError: (error) => reported.push(error) });
    server.register(sampleStub({ open: () => ({}), use: () => 1 }));
    await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[h]"), { transports: [transport] });
    const client = new SampleClient(binding);
    const conversation = [
      bind([proposal(0), proposal(1, [NDR64_SYNTAX]), proposal(2, [bindTimeFeatureSyntax(2)])], {
        flags: WHOLE | PduFlag.concurrentMultiplexing,
      }),
      bind([proposal(3, [NDR_SYNTAX])], { type: PacketType.alterContext, callId: 2 }),
      request(3, uint32(1)),
      request(4, uint32(1), { flags: PduFlag.firstFragment }),
      request(4, uint32(1), { flags: PduFlag.lastFragment }),
      request(5, Buffer.from("0400000001020304", "hex"), { opnum: 1 }),
      request(6, new Uint8Array(20), { opnum: 3 }),
      encodeBare(PacketType.coCancel, 5),
      encodeBare(PacketType.orphaned, 6),
    ];
    const random = randomOf(4711);
    for (let round = 0; round < 400; round++) {
      const octets = Buffer.concat(conversation);
      for (let change = random(6); change >= 0; change--) octets[random(octets.length)] = random(256);
      const peer = await RawPeer.connect(transport, "h");
      const cut = random(octets.length);
      peer.send(octets.subarray(0, cut), octets.subarray(cut, octets.length - random(20)));
      if (round % 3 === 0) peer.connection.destroy();
      else peer.connection.close();
      for (let pdu = await peer.next(); pdu !== null; pdu = await peer.next())
        expect([2, 3, 12, 13, 15]).toContain(pdu.type);
      if (round % 50 === 0) expect(await client.addOne(round)).toBe(round + 1);
    }
    expect(reported).toEqual([]);
  });
});
