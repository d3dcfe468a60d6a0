/** The buffer of a [byte_count] parameter (MIDL "byte_count"; M25): one contiguous area with everything that the parameter leads to. */
import { RpcError } from "../rpc-error.ts";
import { linearMemory } from "./linear-memory.ts";
import type { LinearMemory, LinearMemoryOptions } from "./linear-memory.ts";
import { linearNodeOf, presentArray } from "./linear-node.ts";
import type { LinearHeap } from "./linear-node.ts";
import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeBlock } from "./node-block.ts";
import type { NodeType } from "./node-type.ts";
import { notePlaced } from "./placed-nodes.ts";
import { BLOCK_ALIGNMENT, roundUp } from "./value-octets.ts";

/**
 * What a client application passes for a [byte_count] parameter: octets of its own, or an address in linear memory. The stub writes
 * into it and neither allocates nor frees; it can be used again when what an earlier call left there is not needed any more.
 */
export type ByteCountBuffer = Uint8Array | ByteCountAddress;

/** An address in linear memory, a multiple of 8. */
export interface ByteCountAddress {
  readonly memory: LinearMemoryOptions["memory"];
  readonly address: number;
}

/** The first octets of an ArrayBuffer hold no object: 0 is the null address. */
const FIRST_ADDRESS = BLOCK_ALIGNMENT;

/** Which buffer a heap lies in: like a property of the heap that nobody sees. */
const BUFFERS = new WeakMap<LinearHeap, BufferMemory>();

/** Gives out places in a buffer, one behind the other. `midl_user_free` does nothing: the buffer is freed as one. */
export class BufferMemory implements MidlUserMemory, NodeBlock {
  readonly octets: Uint8Array | undefined;
  readonly copiesStubData = true;
  readonly #memory: LinearMemory;
  readonly #cBytes: number;
  readonly #end: number;
  #next: number;
  #missing = 0;

  /** @param cBytes octets that may be used, from the start of the buffer */
  constructor(buffer: ByteCountBuffer, cBytes: number) {
    const isOctets = ArrayBuffer.isView(buffer);
    const start = isOctets ? buffer.byteOffset : buffer.address;
    this.octets = isOctets ? buffer : undefined;
    this.#cBytes = cBytes;
    this.#end = start + (isOctets ? Math.min(cBytes, buffer.byteLength) : cBytes);
    this.#next = roundUp(Math.max(start, FIRST_ADDRESS));
    this.#memory = linearMemory({
      memory: isOctets
        ? {
            get buffer() {
              return presentArray(buffer).buffer;
            },
          }
        : buffer.memory,
      malloc: (octets) => this.#take(octets),
      free: () => undefined,
    });
    BUFFERS.set(this.#memory.heap, this);
  }

  midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
    const node = this.#memory.midl_user_allocate(cBytes, type);
    return node === null ? null : notePlaced(node);
  }

  midl_user_free(): void {
    // The buffer is freed as one.
  }

  /** Nothing in the buffer points out of it. */
  get memory(): MidlUserMemory {
    return this;
  }

  /** @throws RpcError RPC_X_BYTE_COUNT_TOO_SMALL */
  place<T extends object>(type: NodeType<T>, cBytes: number): T {
    const node = this.midl_user_allocate(cBytes, type);
    if (node === null) throw this.tooSmall(new RpcError("RPC_S_OUT_OF_MEMORY", `no room for ${type.name}`));
    return node;
  }

  /** What an error means for the call: RPC_X_BYTE_COUNT_TOO_SMALL when the buffer was full, otherwise what it is. */
  tooSmall(error: unknown): unknown {
    if (this.#missing === 0 || !(error instanceof RpcError) || error.name === "RPC_X_BYTE_COUNT_TOO_SMALL")
      return error;
    return new RpcError(
      "RPC_X_BYTE_COUNT_TOO_SMALL",
      `a buffer of ${this.#cBytes} octets is too small by at least ${this.#missing}: ${error.message}`,
      { cause: error },
    );
  }

  #take(octets: number): number {
    const address = this.#next;
    if (address + octets > this.#end) {
      this.#missing = address + octets - this.#end;
      return 0;
    }
    this.#next = roundUp(address + octets);
    return address;
  }
}

/**
 * The pair that gives out the rest of the buffer in which a node lies: for a manager routine that fills a [byte_count] parameter.
 *
 * @throws TypeError when the node lies in no such buffer
 */
export function byteCountMemory(node: object): MidlUserMemory {
  const memory = memoryBehind(node);
  if (memory === undefined) throw new TypeError("the node lies in no [byte_count] buffer");
  return memory;
}

/** The octets of the buffer in which a node lies, as the server stub took them from the pair. */
export function byteCountBuffer(node: object | null | undefined): Uint8Array | undefined {
  return node === null || node === undefined ? undefined : memoryBehind(node)?.octets;
}

function memoryBehind(node: object): BufferMemory | undefined {
  const heap = linearNodeOf(node)?.heap;
  return heap === undefined ? undefined : BUFFERS.get(heap);
}
