import type { ChunkRange, PipeType } from "../pipes/pipe-type.ts";
import type { PipeSink, PipeSource } from "../pipes/pipe.ts";
import { IncomingPipe, type PipeReader } from "../pipes/pipe-reader.ts";
import type { PipeWriter } from "../pipes/pipe-writer.ts";

/** A pipe that sends: what an [in] pipe parameter is to a call. */
export interface SendingPipe {
  readonly direction: "in";
  /** Sends every chunk, and the end. What `taking` answers ends the pipe early: the call is over. */
  send(writer: PipeWriter, taking: TakenSource): Promise<void>;
}

/** A pipe that receives: what an [out] pipe parameter is to a call. */
export interface ReceivingPipe {
  readonly direction: "out";
  /** Hands every chunk to the caller's sink. */
  receive(reader: PipeReader): Promise<void>;
}

/** The pipes of a call in the order of the IDL, an [in, out] one twice. */
export type CallPipe = SendingPipe | ReceivingPipe;

/** Notes what gives the chunks back when the call ends before they do. */
export interface TakenSource {
  readonly stopped: boolean;
  giveBack: (() => void) | undefined;
}

/** An [in] pipe of a call: chunks of `source` are sent as they come. */
export function pullPipe<Chunk>(
  type: PipeType<Chunk>,
  source: PipeSource<Chunk>,
  path: string,
  range?: ChunkRange,
): SendingPipe {
  return {
    direction: "in",
    async send(writer, taking) {
      const chunks = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
      const giveBack = (): void => {
        void Promise.resolve(chunks.return?.()).catch(() => undefined);
      };
      taking.giveBack = giveBack;
      for (;;) {
        const next = await chunks.next();
        if (taking.stopped) return;
        if (next.done === true) break;
        await writer.write(type, next.value, path, range);
      }
      taking.giveBack = undefined;
      writer.end();
    },
  };
}

/** An [out] pipe of a call: chunks are pushed to `sink` as they come, the next when it is done with the one before. */
export function pushPipe<Chunk>(
  type: PipeType<Chunk>,
  sink: PipeSink<Chunk>,
  path: string,
  range?: ChunkRange,
): ReceivingPipe {
  return {
    direction: "out",
    async receive(reader) {
      const pipe = new IncomingPipe(type, path, range);
      for (let chunk = await reader.next(pipe); chunk !== null; chunk = await reader.next(pipe)) await sink(chunk);
    },
  };
}
