import { RpcError } from "../../rpc-error.ts";

const FREE = 0;
const TAKEN = 1;
/** Taken, and somebody waits. */
const AWAITED = 2;

/** Milliseconds after which whoever holds the lock is taken for dead. */
const PATIENCE = 10_000;

/** A lock in a word of shared memory: short, and never held while anything of the application runs. */
export class Lock {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #at: number;

  constructor(words: Int32Array<SharedArrayBuffer>, at: number) {
    this.#words = words;
    this.#at = at;
  }

  /**
   * Runs something while no other thread does.
   *
   * @throws RpcError RPC_S_INTERNAL_ERROR when the lock is not given back: a worker was terminated while it held it
   */
  hold<Result>(act: () => Result): Result {
    this.#take();
    try {
      return act();
    } finally {
      if (Atomics.exchange(this.#words, this.#at, FREE) === AWAITED) Atomics.notify(this.#words, this.#at, 1);
    }
  }

  #take(): void {
    for (let attempt = 0; attempt < 64; attempt++)
      if (Atomics.compareExchange(this.#words, this.#at, FREE, TAKEN) === FREE) return;
    while (Atomics.exchange(this.#words, this.#at, AWAITED) !== FREE)
      if (Atomics.wait(this.#words, this.#at, AWAITED, PATIENCE) === "timed-out")
        throw new RpcError("RPC_S_INTERNAL_ERROR", "shared memory is locked by a thread that does not go on");
  }
}
