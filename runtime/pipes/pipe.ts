/** Where a client's [in] pipe takes its chunks from: each is asked for when the one before has been sent. */
export type PipeSource<Chunk> = AsyncIterable<Chunk> | Iterable<Chunk>;

/**
 * Takes the chunks of an [out] pipe: the client's own routine, or the push routine of the stub that a manager calls. Who pushes waits for the
 * promise before the next chunk: that is what keeps memory bounded.
 */
export type PipeSink<Chunk> = (chunk: Chunk) => void | Promise<void>;

/** An [in, out] pipe as a client gives it, its members named as in MIDL's pipe control structure: sent from `pull`, received by `push`. */
export interface ClientPipe<Chunk> {
  readonly pull: PipeSource<Chunk>;
  readonly push: PipeSink<Chunk>;
}

/** An [in, out] pipe as a manager has it: what the client sends comes out of `pull`; then `push` sends to the client. */
export interface ServerPipe<Chunk> {
  readonly pull: AsyncIterable<Chunk>;
  readonly push: PipeSink<Chunk>;
}
