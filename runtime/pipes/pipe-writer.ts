import type { NdrWriter } from "../ndr/writer.ts";
import type { PartSender } from "../rpc/part-sender.ts";
import { elementsPerPiece, largestChunk, PIECE_OCTETS, type ChunkRange, type PipeType } from "./pipe-type.ts";

/**
 * Marshals the chunks of pipes into stub data, and sends what has come together: whole fragments as they fill, the rest when nothing more comes in this
 * turn of the event loop. Up to 7 octets may wait for the next chunk, since fragments are multiples of 8.
 */
export class PipeWriter {
  readonly w: NdrWriter;
  readonly #parts: PartSender | undefined;
  #sending: Promise<void> | undefined;
  #soon: NodeJS.Immediate | undefined;

  /** @param parts undefined to keep everything in the writer */
  constructor(w: NdrWriter, parts: PartSender | undefined) {
    this.w = w;
    this.#parts = parts;
  }

  /**
   * Marshals a chunk. One at a time: a promise is to be awaited before anything else is written.
   *
   * @throws RpcError for a value that cannot be sent, of which nothing is
   */
  write<Chunk>(type: PipeType<Chunk>, chunk: Chunk, path: string, range?: ChunkRange): Promise<void> | undefined {
    const count = type.count(chunk);
    const most = mostElements(this.w, type, range);
    if (count > most || this.#sending !== undefined) return this.#writePieces(type, chunk, path, range, most);
    if (count > 0) this.#piece(type, chunk, path, range);
    return this.flush();
  }

  /** Ends a pipe: a chunk without elements (C706 14.3.9), in NDR64 with the negated count behind (MS-RPCE 2.2.5.3.4.5). */
  end(): void {
    this.w.appendCount(0, "");
    if (this.w.ndr64) this.w.appendCount(0, "");
  }

  /** Sends fragments that are full, now; others when nothing more comes. */
  flush(): Promise<void> | undefined {
    if (this.#parts === undefined || this.#sending !== undefined) return this.#sending;
    if (this.w.offset >= PIECE_OCTETS) {
      const { room } = this.#parts;
      return this.#send(this.#parts, this.w.offset - (this.w.offset % room));
    }
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      this.#flushRest();
    });
    return undefined;
  }

  /** Undefined when nothing is on its way, otherwise a promise. */
  get sending(): Promise<void> | undefined {
    return this.#sending;
  }

  /** Sends the rest, with the last fragment. Nothing may be on its way. */
  finish(): Promise<void> | undefined {
    this.#cancelFlush();
    return this.#parts?.send(this.w.octets(), true);
  }

  /** Sends no more: who waits for something to be sent, and who writes, gets the error. */
  stop(error: Error): void {
    this.#cancelFlush();
    this.#parts?.stop(error);
  }

  #cancelFlush(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
  }

  async #writePieces<Chunk>(
    type: PipeType<Chunk>,
    chunk: Chunk,
    path: string,
    range: ChunkRange | undefined,
    most: number,
  ): Promise<void> {
    await this.#sending;
    const count = type.count(chunk);
    for (let start = 0; start < count; start += most) {
      this.#piece(type, start === 0 && count <= most ? chunk : type.part(chunk, start, start + most), path, range);
      await this.flush();
    }
  }

  #piece<Chunk>(type: PipeType<Chunk>, chunk: Chunk, path: string, range: ChunkRange | undefined): void {
    const { w } = this;
    const start = w.offset;
    try {
      const count = type.count(chunk);
      if (range !== undefined) w.range(count, range.low, range.high, path);
      w.appendCount(count, path);
      type.marshal(w, chunk, path);
      if (w.ndr64) w.int64(w.reserve(8, 8), BigInt(-count), path);
    } catch (error) {
      w.offset = start;
      throw error;
    }
  }

  /** What can go of an unfinished fragment: stub data in all fragments but the last is a multiple of 8 octets (C706 12.6.3.1). */
  #flushRest(): void {
    const length = this.w.offset & ~7;
    if (this.#parts === undefined || this.#sending !== undefined || length === 0) return;
    this.#send(this.#parts, length)?.catch(() => undefined);
  }

  #send(parts: PartSender, length: number): Promise<void> | undefined {
    const sent = parts.send(this.w.octets().subarray(0, length), false);
    if (sent === undefined) {
      this.#discard(length);
      return undefined;
    }
    const sending = sent.then(() => {
      this.#sending = undefined;
      this.#discard(length);
    });
    this.#sending = sending;
    sending.catch(() => undefined);
    return sending;
  }

  #discard(length: number): void {
    const { w } = this;
    w.buffer.copyWithin(0, length, w.offset);
    w.offset -= length;
  }
}

/** A chunk whose number of elements is limited is not cut: its pieces might be too small. */
function mostElements<Chunk>(w: NdrWriter, type: PipeType<Chunk>, range: ChunkRange | undefined): number {
  return range === undefined ? elementsPerPiece(type.layout(w.ndr64)) : largestChunk(w.ndr64);
}
