import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import type { ChunkRange, PipeType } from "../pipes/pipe-type.ts";
import type { PipeSink } from "../pipes/pipe.ts";
import { IncomingPipe, type PipeReader } from "../pipes/pipe-reader.ts";
import type { PipeWriter } from "../pipes/pipe-writer.ts";
import { RpcError } from "../rpc-error.ts";
import type { RpcStatusName } from "../status.ts";

/** What makes the pipes of a call, in the order of the IDL. */
export interface ServerPipes {
  /** The chunks of an [in] pipe. */
  pull<Chunk>(type: PipeType<Chunk>, path: string, range?: ChunkRange): AsyncIterable<Chunk>;
  /** The push routine of an [out] pipe. */
  push<Chunk>(type: PipeType<Chunk>, path: string, range?: ChunkRange): PipeSink<Chunk>;
}

/** How much of a request may be in memory before its parameters that are no pipes have been unmarshaled. */
export interface RequestLimit {
  /** @throws RpcError when a request of so many octets is too much */
  check(octets: number): void;
  /** The parameters have been unmarshaled, or never will be. */
  settled(): void;
}

/** How far the parts of a request are tried before the rest has come: after every eighth of what is there, and when nothing comes for some ms. */
const GROWTH = 8;
const PATIENCE = 20;

/** The transfer of one call with pipes on a server: which pipe is whose turn, and what comes before and behind them. */
export class PipeExchange implements ServerPipes {
  readonly #reader: PipeReader;
  readonly #writer: PipeWriter;
  readonly #incoming: Pick<IncomingPipe<unknown>, "ended" | "abandoned">[] = [];
  readonly #skips: (() => Promise<void>)[] = [];
  #outgoing = 0;
  /** The [out] pipe that is being pushed. */
  #current = 0;
  #pushed: Promise<void> | undefined;
  /** What the first chunk that could not be sent failed with. */
  #unsent: { readonly failure: unknown } | undefined;
  #closed = false;
  #failure: Error | undefined;

  constructor(reader: PipeReader, writer: PipeWriter) {
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Where the response is marshaled. */
  get response(): NdrWriter {
    return this.#writer.w;
  }

  /**
   * Unmarshals the parameters that are no pipes, as soon as they have come. Until then `unmarshal` is called again and again, and throws.
   *
   * @throws what it throws when more octets would not help
   */
  async request<Request>(unmarshal: (r: NdrReader) => Request, limit: RequestLimit): Promise<Request> {
    try {
      for (;;) {
        const r = this.#reader.reader();
        const start = r.offset;
        try {
          return unmarshal(r);
        } catch (error) {
          if (!r.ranShort || this.#reader.ended) throw error;
          this.#reader.rewind(start);
        }
        const { length } = this.#reader;
        limit.check(length);
        await this.#reader.more(1 + Math.floor(length / GROWTH), PATIENCE);
      }
    } finally {
      limit.settled();
    }
  }

  pull<Chunk>(type: PipeType<Chunk>, path: string, range?: ChunkRange): AsyncIterable<Chunk> {
    const pipe = new IncomingPipe(type, path, range);
    const index = this.#incoming.push(pipe) - 1;
    this.#skips.push(async () => {
      while (!pipe.ended) await this.#reader.next(pipe);
    });
    return this.#chunks(pipe, index);
  }

  push<Chunk>(type: PipeType<Chunk>, path: string, range?: ChunkRange): PipeSink<Chunk> {
    const index = this.#outgoing++;
    return (chunk) => {
      try {
        const write = (): Promise<void> | undefined => {
          this.#turnTo(index, path);
          return this.#writer.write(type, chunk, path, range);
        };
        const before = this.#pushed ?? this.#skipped(path);
        const pushing = before === undefined ? write() : before.then(write);
        return pushing === undefined ? undefined : this.#keepPush(pushing);
      } catch (failure) {
        this.#unsent ??= { failure };
        throw failure;
      }
    };
  }

  /** Lets the next push wait for one. A manager that does not wait for its promises hears of a failure when it is done. */
  #keepPush(pushing: Promise<void>): Promise<void> {
    const pushed = pushing.finally(() => {
      if (this.#pushed === pushed) this.#pushed = undefined;
    });
    this.#pushed = pushed;
    pushed.catch((failure: unknown) => {
      this.#unsent ??= { failure };
    });
    return pushed;
  }

  /**
   * The manager is done: receives and drops what it left in [in] pipes, ends [out] pipes; afterwards the other results can be marshaled.
   *
   * @throws what a push has failed with, whether or not the manager took notice: the client would miss a chunk; what ended the call
   */
  async close(): Promise<void> {
    await this.#pushed;
    this.#closed = true;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#unsent !== undefined) throw this.#unsent.failure;
    await this.#reader.drop();
    for (; this.#current < this.#outgoing; this.#current++) this.#writer.end();
    await this.#writer.sending;
  }

  /** Sends the rest of the response; `sent` is called when the transport has it, unless the call is abandoned before. */
  finish(sent: () => void): void {
    const sending = this.#writer.finish();
    if (sending === undefined) sent();
    else sending.then(sent, () => undefined);
  }

  /** The call is over: nothing more is sent, and what still comes of the request is dropped. */
  abandon(): void {
    this.fail(error("RPC_X_PIPE_CLOSED", "the pipes", "the call is over"));
    this.#closed = true;
  }

  /** Pulls and pushes under way, and all later ones, fail with the error. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#writer.stop(failure);
    this.#reader.fail(failure);
  }

  async *#chunks<Chunk>(pipe: IncomingPipe<Chunk>, index: number): AsyncGenerator<Chunk, void, undefined> {
    try {
      await this.#leave(index, pipe.path);
      for (;;) {
        this.#checkOpen(pipe.path);
        const chunk = await this.#reader.next(pipe);
        if (chunk === null) break;
        yield chunk;
      }
      if (index === this.#incoming.length - 1) await this.#endOfRequest(pipe.path);
    } finally {
      pipe.abandoned = true;
    }
  }

  /** Reads what was left of the pipes before one, in whose turn they must have come. */
  async #leave(index: number, path: string): Promise<void> {
    this.#checkOpen(path);
    for (const [earlier, pipe] of this.#incoming.slice(0, index).entries()) {
      if (pipe.ended) continue;
      if (!pipe.abandoned) throw wrongOrder(path, "pulled before the [in] pipes that precede it");
      await this.#skips[earlier]?.();
    }
  }

  /** Nothing may follow the last [in] pipe but padding. */
  async #endOfRequest(path: string): Promise<void> {
    await this.#reader.more(8);
    if (this.#reader.length >= 8)
      throw new RpcError("RPC_X_BAD_STUB_DATA", `${path}: octets follow the last pipe`, { path });
  }

  /** Undefined when the [in] pipes have ended, otherwise the end of what the manager left in them. */
  #skipped(path: string): Promise<void> | undefined {
    this.#checkOpen(path);
    if (this.#incoming.every(({ ended }) => ended)) return undefined;
    if (!this.#incoming.every(({ ended, abandoned }) => ended || abandoned))
      throw wrongOrder(path, "pushed before the [in] pipes have been pulled");
    return this.#reader.drop();
  }

  /** Ends the [out] pipes before one. */
  #turnTo(index: number, path: string): void {
    this.#checkOpen(path);
    if (index < this.#current) throw error("RPC_X_PIPE_CLOSED", path, "a later [out] pipe has been pushed already");
    for (; this.#current < index; this.#current++) this.#writer.end();
  }

  #checkOpen(path: string): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw error("RPC_X_PIPE_CLOSED", path, "the manager is done");
  }
}

function wrongOrder(path: string, what: string): RpcError {
  return error("RPC_X_WRONG_PIPE_ORDER", path, what);
}

function error(status: RpcStatusName, path: string, what: string): RpcError {
  return new RpcError(status, `${path}: ${what}`, { path });
}
