/** Octets of a new buffer. */
const INITIAL_OCTETS = 4096;

/** Buffers kept, and octets of the largest that is. */
const KEPT = 4;
const LARGEST_KEPT = 1 << 22;

/**
 * Buffers for marshaling, used again once what was marshaled has been sent: a fresh large buffer costs more than filling it. One pool
 * serves all connections of a server or a binding.
 */
export class NdrBufferPool {
  readonly #free: Buffer[] = [];

  /** A buffer with anything in it. */
  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(INITIAL_OCTETS);
  }

  /** Takes a buffer back that nobody reads any more. */
  give(buffer: Buffer): void {
    if (this.#free.length < KEPT && buffer.length <= LARGEST_KEPT) this.#free.push(buffer);
  }
}
