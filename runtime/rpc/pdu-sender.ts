import type { TransportConnection } from "../transport/transport.ts";
import { CALL_HEADER_SIZE } from "./call-pdus.ts";
import { PduFlag, SEC_TRAILER_SIZE, writeHeader } from "./pdu-header.ts";
import type { PduProtection } from "./pdu-protection.ts";
import { UUID_SIZE, writeUuidAt } from "./uuid.ts";

/** A request or a response on its way out. */
export interface OutgoingStubData {
  /** PacketType.request or PacketType.response. */
  readonly type: number;
  readonly callId: number;
  readonly contextId: number;
  /** The opnum of a request; 0 in a response (cancel count and a reserved octet). */
  readonly opnum: number;
  /** Flags of every fragment, without the first and last bits. */
  readonly flags: number;
  readonly objectUuid: string | undefined;
  readonly stubData: Uint8Array;
  /** Which part of the call's stub data it is; undefined when it is all. Parts but the last are multiples of 8 octets. */
  readonly part?: { readonly first: boolean; readonly last: boolean } | undefined;
  /** Called when the last fragment has been handed to the transport. */
  readonly sent: (() => void) | undefined;
}

const BLOCK_SIZE = 16 * 1024;
const BATCH_SIZE = 64 * 1024;
/** A block with less left is not kept for a later turn. */
const WORTH_KEEPING = 2048;

/**
 * Cuts stub data into fragments and hands PDUs to a transport, those of one turn of the event loop in one write. The fragments of
 * one call are sent without another's between them (MS-RPCE 3.3.1.5.8); while the transport asks to wait, calls queue here.
 */
export class PduSender {
  readonly #transport: TransportConnection;
  #fragmentLength: number;
  #protection: PduProtection | null = null;
  #block = Buffer.allocUnsafeSlow(0);
  #view = new DataView(this.#block.buffer);
  #start = 0;
  #end = 0;
  #flushing = false;
  #blocked = false;
  #blockedSince = 0;
  #queue: (OutgoingStubData | Uint8Array)[] = [];
  #offset = 0;
  #closing = false;
  readonly #flushLater = (): void => {
    this.#flush();
  };

  constructor(transport: TransportConnection, fragmentLength: number) {
    this.#transport = transport;
    this.#fragmentLength = fragmentLength;
  }

  /** Whether the transport asks to wait. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** Whether the peer has not taken what was sent since before a time (performance.now). */
  stalledSince(time: number): boolean {
    return this.#blocked && this.#blockedSince < time;
  }

  /** The size that was negotiated for what is sent. */
  setFragmentLength(fragmentLength: number): void {
    this.#fragmentLength = fragmentLength;
  }

  /** Signs or seals from here on; null for plain PDUs. */
  setProtection(protection: PduProtection | null): void {
    this.#protection = protection;
  }

  /** Sends one PDU that is complete. */
  sendPdu(octets: Uint8Array): void {
    if (this.#queue.length > 0 || this.#blocked) {
      this.#queue.push(octets);
      return;
    }
    this.#reserve(octets.length);
    this.#block.set(octets, this.#end);
    this.#end += octets.length;
    this.#flushSoon();
  }

  /** Sends a request or a response, in as many fragments as it takes. */
  sendStubData(outgoing: OutgoingStubData): void {
    if (this.#queue.length > 0 || this.#blocked || outgoing.stubData.length > this.room(outgoing)) {
      this.#queue.push(outgoing);
      this.#flushSoon();
      return;
    }
    this.#writeFragment(outgoing, 0, outgoing.stubData.length);
    this.#flushSoon();
    outgoing.sent?.();
  }

  /** Takes a call out of the queue. False: some of it has been sent, or it was not there. */
  withdraw(outgoing: OutgoingStubData): boolean {
    const at = this.#queue.indexOf(outgoing);
    if (at < 0 || (at === 0 && this.#offset > 0)) return false;
    this.#queue.splice(at, 1);
    return true;
  }

  /** The transport takes more again. */
  drained(): void {
    this.#blocked = false;
    this.#pump();
  }

  /** Closes the transport after all that was sent. */
  close(): void {
    this.#closing = true;
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    process.nextTick(this.#flushLater);
  }

  #flush(): void {
    this.#flushing = false;
    this.#handOver();
    this.#pump();
  }

  #pump(): void {
    while (!this.#blocked) {
      const first = this.#queue[0];
      if (first === undefined) break;
      if (first instanceof Uint8Array) {
        this.#queue.shift();
        this.#reserve(first.length);
        this.#block.set(first, this.#end);
        this.#end += first.length;
      } else {
        this.#fillBatch(first);
      }
      if (this.#end - this.#start >= BATCH_SIZE / 2 || this.#queue.length === 0) this.#handOver();
    }
    if (this.#closing && !this.#blocked) this.#transport.close();
  }

  /** Writes fragments of one call up to a batch; takes it out of the queue when it is done. */
  #fillBatch(outgoing: OutgoingStubData): void {
    const room = this.room(outgoing);
    const { length } = outgoing.stubData;
    const batchEnd = this.#end - this.#start + BATCH_SIZE;
    do {
      const size = Math.min(room, length - this.#offset);
      this.#writeFragment(outgoing, this.#offset, size);
      this.#offset += size;
    } while (this.#offset < length && this.#end - this.#start < batchEnd);
    if (this.#offset < length) return;
    this.#offset = 0;
    this.#queue.shift();
    outgoing.sent?.();
  }

  #handOver(): void {
    if (this.#end === this.#start) return;
    const octets = this.#block.subarray(this.#start, this.#end);
    this.#start = this.#end;
    if (this.#block.length - this.#end < WORTH_KEEPING) this.#useBlock(Buffer.allocUnsafeSlow(0));
    if (this.#transport.send(octets)) return;
    this.#blocked = true;
    this.#blockedSince = performance.now();
  }

  /** Octets of stub data that fit into one fragment; a multiple of 8, so that alignment survives the cut (C706 12.6.3.1). */
  room({ objectUuid }: Pick<OutgoingStubData, "objectUuid">): number {
    const protection = this.#protection;
    const trailer = protection === null ? 0 : SEC_TRAILER_SIZE + protection.valueLength;
    const header = objectUuid === undefined ? CALL_HEADER_SIZE : CALL_HEADER_SIZE + UUID_SIZE;
    return (this.#fragmentLength - header - trailer) & (protection === null ? ~7 : -Math.max(8, protection.padding));
  }

  #writeFragment(
    { type, callId, contextId, opnum, flags, objectUuid, stubData, part }: OutgoingStubData,
    offset: number,
    size: number,
  ): void {
    const header = objectUuid === undefined ? CALL_HEADER_SIZE : CALL_HEADER_SIZE + UUID_SIZE;
    const protection = this.#protection;
    const padLength = protection === null ? 0 : -size & (protection.padding - 1);
    const length = header + size + (protection === null ? 0 : padLength + SEC_TRAILER_SIZE + protection.valueLength);
    this.#reserve(length);
    const at = this.#end;
    const view = this.#view;
    const first = offset === 0 && part?.first !== false;
    const last = offset + size === stubData.length && part?.last !== false;
    const ends = (first ? PduFlag.firstFragment : 0) | (last ? PduFlag.lastFragment : 0);
    writeHeader(view, at, type, flags | ends, length, callId);
    view.setUint32(at + 16, stubData.length - offset, true);
    view.setUint16(at + 20, contextId, true);
    view.setUint16(at + 22, opnum, true);
    if (objectUuid !== undefined) writeUuidAt(view, at + CALL_HEADER_SIZE, objectUuid);
    this.#block.set(size === stubData.length ? stubData : stubData.subarray(offset, offset + size), at + header);
    this.#end = at + length;
    if (protection === null) return;
    view.setUint16(at + 10, protection.valueLength, true);
    this.#block.fill(0, at + header + size, this.#end);
    protection.protect(this.#block.subarray(at, this.#end), header, header + size + padLength, padLength);
  }

  #reserve(length: number): void {
    if (this.#block.length - this.#end >= length) return;
    this.#handOver();
    this.#useBlock(Buffer.allocUnsafeSlow(Math.max(this.#queue.length > 0 ? BATCH_SIZE + length : BLOCK_SIZE, length)));
  }

  #useBlock(block: Buffer<ArrayBuffer>): void {
    this.#block = block;
    this.#view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    this.#start = 0;
    this.#end = 0;
  }
}
