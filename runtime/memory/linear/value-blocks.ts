import { RpcError } from "../../rpc-error.ts";
import type { Heap } from "./heap.ts";

/** A block that holds a value referent, and the pointer that it was allocated for. */
interface ValueBlock {
  readonly slot: number;
  readonly cBytes: number;
}

/** A pointer that was null when a reply began and was given a block. */
interface FreshSlot {
  readonly slot: number;
  readonly pointerSize: number;
}

/**
 * The blocks of value referents: strings, and scalars behind pointers. Each belongs to the pointer that it was allocated for, and goes with
 * the node in which that lies.
 */
export class ValueBlocks {
  readonly #heap: Heap;
  readonly #blocks = new Map<number, ValueBlock>();
  #reply: FreshSlot[] | undefined;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** Octets of the block that a pointer was given; undefined when something else gave it what it refers to. */
  capacity(slot: number, address: number): number | undefined {
    const block = this.#blocks.get(address);
    return block?.slot === slot ? block.cBytes : undefined;
  }

  /**
   * Gives a pointer a block of its own, filled. What it referred to before is freed if that was such a block too.
   *
   * @throws RpcError RPC_S_OUT_OF_MEMORY
   */
  allocate(slot: number, pointerSize: number, cBytes: number, name: string, fill: (address: number) => void): void {
    const address = this.#take(cBytes, name);
    try {
      fill(address);
    } catch (error) {
      this.#heap.giveBlock(address);
      throw error;
    }
    const previous = this.#heap.pointer(slot, pointerSize);
    if (this.capacity(slot, previous) !== undefined) this.#give(previous);
    this.#blocks.set(address, { slot, cBytes });
    this.#heap.setPointer(slot, pointerSize, address);
    this.#reply?.push({ slot, pointerSize });
  }

  #take(cBytes: number, name: string): number {
    let address = 0;
    let cause: unknown;
    try {
      address = this.#heap.takeBlock(cBytes);
    } catch (error) {
      cause = error;
    }
    if (address !== 0) return address;
    throw new RpcError("RPC_S_OUT_OF_MEMORY", `malloc gave no storage for ${name} (${cBytes} octets)`, { cause });
  }

  /**
   * Frees what a pointer to a value refers to, whoever allocated it, and makes the pointer null. A block that was allocated for another
   * pointer, which still refers to it, is left to that.
   */
  free(slot: number, pointerSize: number): void {
    const address = this.#heap.pointer(slot, pointerSize);
    if (address === 0) return;
    this.#heap.setPointer(slot, pointerSize, 0);
    const block = this.#blocks.get(address);
    if (block !== undefined && block.slot !== slot && this.#heap.pointer(block.slot, pointerSize) === address) return;
    if (address < this.#heap.length) this.#give(address);
  }

  /** Makes a pointer null. Its own block is freed; what something else gave it is left to that. */
  clear(slot: number, pointerSize: number): void {
    const address = this.#heap.pointer(slot, pointerSize);
    this.#heap.setPointer(slot, pointerSize, 0);
    if (this.capacity(slot, address) !== undefined) this.#give(address);
  }

  #give(address: number): void {
    this.#blocks.delete(address);
    this.#heap.giveBlock(address);
  }

  /** An address was given out again: whatever was there is no more. */
  forget(address: number): void {
    this.#blocks.delete(address);
  }

  /** A stub is writing a reply into existing storage. */
  get inReply(): boolean {
    return this.#reply !== undefined;
  }

  beginReply(): void {
    this.#reply ??= [];
  }

  endReply(failed: boolean): void {
    const fresh = this.#reply;
    this.#reply = undefined;
    if (!failed || fresh === undefined) return;
    for (const { slot, pointerSize } of fresh) {
      const address = this.#heap.pointer(slot, pointerSize);
      if (this.capacity(slot, address) !== undefined) this.free(slot, pointerSize);
    }
  }
}
