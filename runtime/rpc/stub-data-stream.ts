import { RpcError } from "../rpc-error.ts";

/** What delivers fragments, and can be asked to stop for a while. */
export interface Valve {
  hold(): void;
  release(): void;
}

/** Octets that may wait for their consumer before the connection is not read from any more. */
const HIGH_WATER = 64 * 1024;

/** Somebody who waits for octets. */
interface Waiting {
  readonly octets: number;
  /** Milliseconds after which fewer octets will do. */
  readonly patience: number | undefined;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * The stub data of a call while its fragments come in: the connection writes, one consumer waits and takes. What waits is bounded: past the
 * high-water mark the valve is held until the consumer comes.
 */
export class StubDataStream {
  readonly #valve: Valve;
  readonly #limit: number;
  #fragments: Uint8Array[] = [];
  #queued = 0;
  #received = 0;
  #ended = false;
  #dropping = false;
  #held = false;
  #failure: Error | undefined;
  #waiting: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param limit octets in all; more fail the stream with RPC_S_OUT_OF_RESOURCES */
  constructor(valve: Valve, limit: number) {
    this.#valve = valve;
    this.#limit = limit;
  }

  /** A stream of stub data that is there already. */
  static whole(octets: Uint8Array): StubDataStream {
    const stream = new StubDataStream(NO_VALVE, Infinity);
    stream.write(octets);
    stream.end();
    return stream;
  }

  /** Octets that nobody has taken. */
  get queued(): number {
    return this.#queued;
  }

  /** Whether the last fragment has come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Takes the stub data of one fragment, as a view. */
  write(octets: Uint8Array): void {
    if (this.#dropping || this.#failure !== undefined) return;
    this.#received += octets.length;
    if (this.#received > this.#limit) {
      this.fail(new RpcError("RPC_S_OUT_OF_RESOURCES", `the pipes of the call carry more than ${this.#limit} octets`));
      return;
    }
    if (octets.length > 0) this.#fragments.push(octets);
    this.#queued += octets.length;
    this.#update();
  }

  /** The last fragment has come. */
  end(): void {
    this.#ended = true;
    this.#update();
  }

  /** Nothing more is delivered: whoever waits gets the error, and what waits to be taken is dropped. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#clear();
    this.#update();
  }

  /** Drops what has come and what still comes; resolves at the end. */
  drop(): Promise<void> {
    this.#dropping = true;
    this.#clear();
    this.#wake().resolve();
    return this.available(Infinity) ?? Promise.resolve();
  }

  /**
   * Waits until so many octets can be taken, or the stream has ended; undefined when they can already.
   *
   * @param patience milliseconds after which fewer octets are enough, if there are any
   * @throws what the stream failed with
   */
  available(octets: number, patience?: number): Promise<void> | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#queued >= octets || this.#ended) return undefined;
    return new Promise((resolve, reject) => {
      this.#waiting = { octets, patience, resolve, reject };
      this.#update();
    });
  }

  /** Takes all that has come. */
  take(): readonly Uint8Array[] {
    const fragments = this.#fragments;
    this.#clear();
    this.#update();
    return fragments;
  }

  #clear(): void {
    this.#fragments = [];
    this.#queued = 0;
  }

  /** Wakes who waits, when there is reason to, and holds or releases the valve. */
  #update(): void {
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      if (this.#failure !== undefined) this.#wake().reject(this.#failure);
      else if (this.#ended || this.#queued >= waiting.octets) this.#wake().resolve();
      else if (waiting.patience !== undefined && this.#queued > 0)
        this.#timer ??= setTimeout(() => {
          this.#wake().resolve();
        }, waiting.patience);
    }
    const hold = this.#queued >= HIGH_WATER && this.#waiting === undefined && !this.#ended;
    if (hold === this.#held) return;
    this.#held = hold;
    if (hold) this.#valve.hold();
    else this.#valve.release();
  }

  #wake(): Pick<Waiting, "resolve" | "reject"> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return waiting ?? { resolve: () => undefined, reject: () => undefined };
  }
}

const NO_VALVE: Valve = { hold: () => undefined, release: () => undefined };
