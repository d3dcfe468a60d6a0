import { describe, expect, it } from "vitest";
import { decodeRequest, encodeBare } from "../../../runtime/rpc/call-pdus.ts";
import { PacketType, PduFlag, SEC_TRAILER_SIZE, type Pdu } from "../../../runtime/rpc/pdu-header.ts";
import { PduSender, type OutgoingStubData } from "../../../runtime/rpc/pdu-sender.ts";
import { PduStream } from "../../../runtime/rpc/pdu-stream.ts";
import type { TransportConnection } from "../../../runtime/transport/transport.ts";

/** A transport that keeps what it is given, and asks to wait when told to. */
class Sink implements TransportConnection {
  readonly peerAddress = "";
  readonly peer = "sink";
  readonly writes: Uint8Array[] = [];
  ready = true;
  closed = false;

  send(octets: Uint8Array): boolean {
    this.writes.push(octets);
    return this.ready;
  }

  close(): void {
    this.closed = true;
  }

  start(): void {
    // Nothing arrives.
  }

  pause(): void {
    // Nothing arrives.
  }

  resume(): void {
    // Nothing arrives.
  }

  keepAlive(): void {
    // Nothing is held.
  }

  destroy(): void {
    this.closed = true;
  }

  pdus(): Pdu[] {
    const stream = new PduStream(65535);
    const found: Pdu[] = [];
    stream.push(Buffer.concat(this.writes));
    for (let pdu = stream.next(); pdu !== null; pdu = stream.next()) found.push(pdu);
    return found;
  }
}

function outgoing(callId: number, length: number, extra: Partial<OutgoingStubData> = {}): OutgoingStubData {
  const stubData = Uint8Array.from({ length }, (_, index) => index);
  return {
    type: PacketType.request,
    callId,
    contextId: 0,
    opnum: 5,
    flags: 0,
    objectUuid: undefined,
    stubData,
    sent: undefined,
    ...extra,
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function joined(pdus: readonly Pdu[]): Buffer {
  return Buffer.concat(pdus.map((pdu) => decodeRequest(pdu).stubData));
}

describe("PduSender", () => {
  it("sends the PDUs of one turn in one write", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 5840);
    for (let callId = 1; callId <= 10; callId++) sender.sendStubData(outgoing(callId, 20));
    sender.sendPdu(encodeBare(PacketType.coCancel, 11));
    expect(sink.writes).toHaveLength(0);
    await turn();
    expect(sink.writes).toHaveLength(1);
    expect(sink.pdus().map(({ callId }) => callId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("cuts stub data at multiples of 8, and announces what is left in each fragment (MS-RPCE 2.2.2.6)", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 2053);
    const large = outgoing(1, 5000);
    sender.sendStubData(large);
    await turn();
    const pdus = sink.pdus();
    expect(pdus.map(({ octets }) => octets.length - 24)).toEqual([2024, 2024, 952]);
    expect(pdus.map(({ flags }) => flags)).toEqual([PduFlag.firstFragment, 0, PduFlag.lastFragment]);
    expect(pdus.map((pdu) => decodeRequest(pdu).allocationHint)).toEqual([5000, 2976, 952]);
    expect(Buffer.compare(joined(pdus), large.stubData)).toBe(0);
  });

  it("does not let another call between the fragments of one", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 2048);
    sender.sendStubData(outgoing(1, 5000));
    sender.sendStubData(outgoing(2, 8));
    sender.sendPdu(encodeBare(PacketType.coCancel, 3));
    await turn();
    expect(sink.pdus().map(({ callId }) => callId)).toEqual([1, 1, 1, 2, 3]);
  });

  it("waits while the transport asks it to, and tells since when", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 5840);
    let sent = false;
    sink.ready = false;
    sender.sendStubData(outgoing(1, 1_000_000, { sent: () => (sent = true) }));
    await turn();
    expect(sink.writes).toHaveLength(1);
    expect(sink.writes[0]?.length).toBeLessThan(100_000);
    expect(sender.stalledSince(performance.now() + 1)).toBe(true);
    expect(sender.stalledSince(0)).toBe(false);
    sender.sendPdu(encodeBare(PacketType.coCancel, 1));
    sink.ready = true;
    sender.drained();
    await turn();
    expect(sent).toBe(true);
    const pdus = sink.pdus();
    expect(pdus.pop()?.type).toBe(PacketType.coCancel);
    expect(joined(pdus)).toHaveLength(1_000_000);
  });

  it("takes back what it has not begun to send", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 5840);
    sink.ready = false;
    const [begun, waiting] = [outgoing(1, 1_000_000), outgoing(2, 8)];
    sender.sendStubData(begun);
    sender.sendStubData(waiting);
    await turn();
    expect(sender.withdraw(waiting)).toBe(true);
    expect(sender.withdraw(waiting)).toBe(false);
    expect(sender.withdraw(begun)).toBe(false);
  });

  it("closes after everything is sent", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 5840);
    sink.ready = false;
    sender.sendStubData(outgoing(1, 500_000));
    sender.close();
    await turn();
    expect(sink.closed).toBe(false);
    sink.ready = true;
    sender.drained();
    expect(sink.closed).toBe(true);
    expect(joined(sink.pdus())).toHaveLength(500_000);
  });

  it("leaves room for a verifier, and has it filled in (MS-RPCE 2.2.2.11)", async () => {
    const sink = new Sink();
    const sender = new PduSender(sink, 2048);
    const seen: number[][] = [];
    sender.setProtection({
      valueLength: 16,
      padding: 16,
      protect(pdu, stubStart, stubEnd, padLength) {
        seen.push([pdu.length, stubStart, stubEnd, padLength]);
        pdu[stubEnd + 2] = padLength;
        pdu.fill(0xaa, stubEnd + SEC_TRAILER_SIZE);
      },
    });
    const large = outgoing(1, 2500, { objectUuid: "01234567-89ab-cdef-0123-456789abcdef", flags: PduFlag.objectUuid });
    sender.sendStubData(large);
    await turn();
    const pdus = sink.pdus();
    expect(seen).toEqual([
      [40 + 1984 + 24, 40, 2024, 0],
      [40 + 528 + 24, 40, 568, 12],
    ]);
    expect(pdus.map(({ authLength }) => authLength)).toEqual([16, 16]);
    expect(Buffer.compare(joined(pdus), large.stubData)).toBe(0);
  });
});
