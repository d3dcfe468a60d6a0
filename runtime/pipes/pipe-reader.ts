import { NdrReader, type NdrReaderOptions } from "../ndr/reader.ts";
import { RpcError } from "../rpc-error.ts";
import type { StubDataStream } from "../rpc/stub-data-stream.ts";
import { elementsPerPiece, largestChunk, type ChunkRange, type PipeType } from "./pipe-type.ts";

const NOTHING = new Uint8Array(0);

/** Octets that are waited for at once. */
const STEP = 64 * 1024;

/** How far one pipe has been read. */
export class IncomingPipe<Chunk> {
  readonly type: PipeType<Chunk>;
  readonly path: string;
  readonly range: ChunkRange | undefined;
  /** Elements of the current chunk on the wire that have not been read. */
  remaining = 0;
  /** Elements of the current chunk. */
  count = 0;
  /** Its empty chunk has come. */
  ended = false;
  /** Nobody wants the rest. */
  abandoned = false;

  constructor(type: PipeType<Chunk>, path: string, range: ChunkRange | undefined) {
    this.type = type;
    this.path = path;
    this.range = range;
  }
}

/**
 * Reads stub data that is still coming in: what lies before and behind pipes through an NdrReader, pipes in pieces, for which it waits. The
 * window that it keeps begins at a multiple of 8, so that alignment is that of the whole octet stream.
 */
export class PipeReader {
  readonly #stream: StubDataStream;
  readonly #options: NdrReaderOptions;
  #window: Uint8Array = NOTHING;
  #r: NdrReader;

  constructor(stream: StubDataStream, options: NdrReaderOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#r = new NdrReader(NOTHING, options);
  }

  /** Octets that wait to be read. */
  get length(): number {
    return this.#window.length - this.#r.offset + this.#stream.queued;
  }

  /** Whether all of the stub data has come. */
  get ended(): boolean {
    return this.#stream.ended;
  }

  /** A reader at the cursor, of all that has come. What it takes is read; `rewind` takes that back. */
  reader(): NdrReader {
    this.#gather();
    return this.#r;
  }

  /** The same as `reader`, from where that one was before it read. */
  rewind(offset: number): void {
    this.#r.offset = offset;
  }

  /** Waits for so many octets more than have come, or for the end. */
  more(octets: number, patience?: number): Promise<void> | undefined {
    return this.#stream.available(octets, patience);
  }

  /**
   * Waits for all of the stub data that follows the pipes.
   *
   * @throws RpcError RPC_S_OUT_OF_RESOURCES when that is more than `limit` octets
   */
  async rest(limit: number): Promise<NdrReader> {
    while (!this.#stream.ended && this.length <= limit) await this.#stream.available(this.#stream.queued + STEP);
    if (this.length > limit)
      throw new RpcError("RPC_S_OUT_OF_RESOURCES", `more than ${limit} octets of stub data beside the pipes`);
    return this.reader();
  }

  /** Nothing more is read: whoever waits gets the error. */
  fail(error: Error): void {
    this.#stream.fail(error);
  }

  /** Receives the rest and drops it. */
  drop(): Promise<void> {
    return this.#stream.drop();
  }

  /**
   * The next chunk of a pipe, or a piece of one that is large; null at its end.
   *
   * @throws RpcError RPC_X_PIPE_EMPTY when the stub data ends where a chunk was due, RPC_X_BAD_STUB_DATA inside of one, RPC_X_INVALID_BOUND for a
   * number of elements that [range] does not allow; what the stream failed with
   */
  async next<Chunk>(pipe: IncomingPipe<Chunk>): Promise<Chunk | null> {
    if (pipe.ended) return null;
    if (pipe.remaining === 0 && !(await this.#begin(pipe))) return null;
    const { type, path } = pipe;
    const { size, stride, alignment } = type.layout(this.#r.ndr64);
    const count = Math.min(pipe.remaining, elementsPerPiece({ size, stride, alignment }));
    await this.#need((count - 1) * stride + size, alignment, path);
    const chunk = type.unmarshal(this.#r, this.#r.takeArray(count, size, stride, alignment), count);
    pipe.remaining -= count;
    if (pipe.remaining === 0 && this.#r.ndr64) await this.#checkNegated(pipe);
    return chunk;
  }

  /** Reads the count of a chunk; false when it is the last. */
  async #begin<Chunk>(pipe: IncomingPipe<Chunk>): Promise<boolean> {
    const width = this.#r.ndr64 ? 8 : 4;
    await this.#need(width, width, pipe.path, "RPC_X_PIPE_EMPTY");
    const count = this.#r.takeCount();
    if (count > largestChunk(this.#r.ndr64)) throw this.#r.bad(`a chunk of ${count} elements`, pipe.path);
    if (count > 0 && pipe.range !== undefined) this.#r.range(count, pipe.range.low, pipe.range.high, pipe.path);
    pipe.count = count;
    pipe.remaining = count;
    if (count > 0) return true;
    pipe.ended = true;
    if (this.#r.ndr64) await this.#checkNegated(pipe);
    return false;
  }

  /** In NDR64 the negated count follows the elements (MS-RPCE 2.2.5.3.4.5). */
  async #checkNegated<Chunk>({ count, path }: IncomingPipe<Chunk>): Promise<void> {
    await this.#need(8, 8, path);
    this.#r.agree(this.#r.int64(this.#r.take(8, 8)), BigInt(-count), "negated count", path);
  }

  /** Waits until so many octets lie behind the cursor and the gap there. */
  async #need(
    octets: number,
    alignment: number,
    path: string,
    status: "RPC_X_BAD_STUB_DATA" | "RPC_X_PIPE_EMPTY" = "RPC_X_BAD_STUB_DATA",
  ): Promise<void> {
    const needed = (-this.#r.offset & (alignment - 1)) + octets;
    const missing = this.#r.offset + needed - this.#window.length;
    if (missing <= 0) return;
    await this.#stream.available(missing);
    this.#gather();
    if (this.#window.length - this.#r.offset < needed)
      throw new RpcError(status, `${path}: the stub data ends inside the pipe`, { path });
  }

  /** Puts what has come behind what has not been read. */
  #gather(): void {
    if (this.#stream.queued === 0) return;
    const read = this.#r.offset & ~7;
    const rest = this.#window.subarray(read);
    const fragments = this.#stream.take();
    const [only = NOTHING] = fragments;
    this.#window = rest.length === 0 && fragments.length === 1 ? only : Buffer.concat([rest, ...fragments]);
    const offset = this.#r.offset - read;
    this.#r = new NdrReader(this.#window, this.#options);
    this.#r.offset = offset;
  }
}
