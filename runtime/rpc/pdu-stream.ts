import { checkHeader, HEADER_SIZE, pduOf, type Pdu } from "./pdu-header.ts";

const NOTHING = new Uint8Array(0);

/**
 * Cuts what a transport delivers into PDUs (C706 12.6.3.1, frag_length). A PDU that lies whole in one delivery is a view of it; one that is spread
 * over several is copied once. At most one fragment is ever held.
 */
export class PduStream {
  readonly #maximumFragmentLength: number;
  #chunk: Uint8Array = NOTHING;
  #at = 0;
  readonly #header = new Uint8Array(HEADER_SIZE);
  #headerFilled = 0;
  #partial: Uint8Array | null = null;
  #partialFilled = 0;
  #partialLittleEndian = true;

  constructor(maximumFragmentLength: number) {
    this.#maximumFragmentLength = maximumFragmentLength;
  }

  /** Whether the peer owes the rest of a PDU. */
  get incomplete(): boolean {
    return this.#partial !== null || this.#headerFilled > 0;
  }

  /** Takes a delivery; `next` must have answered null before. */
  push(octets: Uint8Array): void {
    this.#chunk = octets;
    this.#at = 0;
  }

  /**
   * The next whole PDU, or null when another delivery is needed.
   *
   * @throws ProtocolViolation when a header is refused; the stream is of no use afterwards
   */
  next(): Pdu | null {
    if (this.#partial !== null) return this.#continuePartial(this.#partial);
    const available = this.#chunk.length - this.#at;
    if (available === 0) return this.#wait();
    if (this.#headerFilled > 0 || available < HEADER_SIZE) return this.#gatherHeader(available);
    const octets = this.#chunk;
    const view = new DataView(octets.buffer, octets.byteOffset + this.#at, HEADER_SIZE);
    const { fragmentLength, littleEndian } = checkHeader(view, 0, this.#maximumFragmentLength);
    if (fragmentLength > available) return this.#startPartial(fragmentLength, littleEndian);
    const start = this.#at;
    this.#at += fragmentLength;
    return pduOf(octets.subarray(start, this.#at), littleEndian);
  }

  #wait(): null {
    this.#chunk = NOTHING;
    this.#at = 0;
    return null;
  }

  #gatherHeader(available: number): Pdu | null {
    const taken = Math.min(available, HEADER_SIZE - this.#headerFilled);
    this.#header.set(this.#chunk.subarray(this.#at, this.#at + taken), this.#headerFilled);
    this.#headerFilled += taken;
    this.#at += taken;
    if (this.#headerFilled < HEADER_SIZE) return this.#wait();
    const { fragmentLength, littleEndian } = checkHeader(
      new DataView(this.#header.buffer),
      0,
      this.#maximumFragmentLength,
    );
    this.#headerFilled = 0;
    return this.#startPartial(fragmentLength, littleEndian, this.#header);
  }

  #startPartial(fragmentLength: number, littleEndian: boolean, start: Uint8Array = NOTHING): Pdu | null {
    const partial = new Uint8Array(fragmentLength);
    partial.set(start);
    this.#partial = partial;
    this.#partialFilled = start.length;
    this.#partialLittleEndian = littleEndian;
    return this.#continuePartial(partial);
  }

  #continuePartial(partial: Uint8Array): Pdu | null {
    const taken = Math.min(this.#chunk.length - this.#at, partial.length - this.#partialFilled);
    partial.set(this.#chunk.subarray(this.#at, this.#at + taken), this.#partialFilled);
    this.#partialFilled += taken;
    this.#at += taken;
    if (this.#partialFilled < partial.length) return this.#wait();
    this.#partial = null;
    return pduOf(partial, this.#partialLittleEndian);
  }
}
