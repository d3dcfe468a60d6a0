import type { NdrReader, NdrReaderOptions } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { PipeReader } from "../pipes/pipe-reader.ts";
import { PipeWriter } from "../pipes/pipe-writer.ts";
import type { RpcLimits } from "../rpc/limits.ts";
import { PartSender, type CallFields } from "../rpc/part-sender.ts";
import type { PduSender } from "../rpc/pdu-sender.ts";
import { StubDataStream, type Valve } from "../rpc/stub-data-stream.ts";
import { RpcError } from "../rpc-error.ts";
import type { CallPipe, TakenSource } from "./client-pipes.ts";

/** What a call with pipes works with. */
export interface PipedCallOptions {
  readonly pipes: readonly CallPipe[];
  /** Holds the parameters that are no pipes. */
  readonly writer: NdrWriter;
  readonly sender: PduSender;
  readonly fields: CallFields;
  readonly valve: Valve;
  readonly limits: RpcLimits;
  readonly readerOptions: Omit<NdrReaderOptions, "littleEndian">;
  /** All that comes before and in pipes has arrived, and so has the rest of the response. */
  readonly responded: (reader: NdrReader) => void;
  /** A source, a sink or a pipe has failed. */
  readonly failed: (error: unknown) => void;
}

/** The transfer of a client's call with pipes: it sends as chunks come, and at the same time receives. */
export class PipedCall {
  readonly #options: PipedCallOptions;
  readonly #parts: PartSender;
  readonly #writer: PipeWriter;
  readonly #stream: StubDataStream;
  readonly #taking: TakenSource & { stopped: boolean } = { stopped: false, giveBack: undefined };
  #receiving = false;

  constructor(options: PipedCallOptions) {
    this.#options = options;
    this.#parts = new PartSender(options.sender, options.fields);
    this.#writer = new PipeWriter(options.writer, this.#parts);
    this.#stream = new StubDataStream(options.valve, options.limits.stubDataOctets + options.limits.pipeOctets);
  }

  /** Whether the server has heard, or will hear, of the call. */
  get begun(): boolean {
    return this.#parts.begun;
  }

  /** Begins to send. */
  start(): void {
    this.#send().catch(this.#options.failed);
  }

  /** Takes a fragment of the response. */
  received(stubData: Uint8Array, littleEndian: boolean, last: boolean): void {
    if (!this.#receiving) {
      this.#receiving = true;
      this.#receive(littleEndian).catch(this.#options.failed);
    }
    this.#stream.write(stubData);
    if (last) this.#stream.end();
  }

  /** The call is over: the source is given back, nothing more is sent or handed to sinks. */
  stop(): void {
    const error = new RpcError("RPC_S_CALL_CANCELLED", "the call is over");
    this.#taking.stopped = true;
    this.#writer.stop(error);
    this.#stream.fail(error);
    this.#taking.giveBack?.();
    this.#taking.giveBack = undefined;
  }

  /** Ends a request of which only a part was sent: its answer has come early. */
  finishRequest(): void {
    this.#parts.finish();
  }

  async #send(): Promise<void> {
    const { pipes, writer } = this.#options;
    const sending = pipes.filter((pipe) => pipe.direction === "in");
    if (sending.length > 0) await this.#writer.flush();
    for (const pipe of sending) {
      await pipe.send(this.#writer, this.#taking);
      if (this.#taking.stopped) return;
    }
    await this.#writer.sending;
    await this.#writer.finish();
    writer.release();
  }

  async #receive(littleEndian: boolean): Promise<void> {
    const { pipes, readerOptions, limits, responded } = this.#options;
    const reader = new PipeReader(this.#stream, { ...readerOptions, littleEndian });
    for (const pipe of pipes) if (pipe.direction === "out") await pipe.receive(reader);
    responded(await reader.rest(limits.stubDataOctets));
  }
}
