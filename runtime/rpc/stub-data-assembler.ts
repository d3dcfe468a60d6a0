/** Takes the stub data of a call, fragment by fragment. */
export interface StubDataSink {
  /** Takes the stub data of one fragment; the octets are the caller's and may be views of what a transport delivered. */
  write(octets: Uint8Array): void;
}

/** How much storage may be taken ahead of what has arrived, as a multiple of it: an allocation hint is believed only that far. */
const TRUST = 4;
const SMALLEST = 4096;

/** Puts the stub data of fragments together in one block, with few copies whatever the size (C706 12.6.2). */
export class StubDataAssembler implements StubDataSink {
  #octets: Uint8Array;
  #length = 0;

  /** @param hint octets that the peer expects to send in all: believed only as far as data arrives (MS-RPCE 2.2.2.6) */
  constructor(hint: number) {
    this.#octets = new Uint8Array(Math.min(hint, SMALLEST));
  }

  /** Octets that have arrived. */
  get length(): number {
    return this.#length;
  }

  write(octets: Uint8Array, hint = 0): void {
    const end = this.#length + octets.length;
    if (end > this.#octets.length) this.#grow(end, this.#length + hint);
    this.#octets.set(octets, this.#length);
    this.#length = end;
  }

  /** All that has arrived, as a view; the assembler is not to be used afterwards. */
  take(): Uint8Array {
    return this.#octets.subarray(0, this.#length);
  }

  #grow(needed: number, hinted: number): void {
    const trusted = Math.min(hinted, needed * TRUST);
    const capacity = Math.max(needed, trusted, hinted >= needed ? trusted : this.#octets.length * 2, SMALLEST);
    const grown = new Uint8Array(capacity);
    grown.set(this.#octets.subarray(0, this.#length));
    this.#octets = grown;
  }
}
