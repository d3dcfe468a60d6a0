import { RpcError } from "../../rpc-error.ts";
import { roundUp } from "../value-octets.ts";
import type { BlockRegistry } from "./block-registry.ts";
import type { Heap } from "./heap.ts";

/** A block that holds a value referent, and the pointer that it was allocated for. */
interface ValueBlock {
  readonly slot: number;
  readonly cBytes: number;
  /** It lies in the block of its node, and is freed with that. */
  readonly isPlaced: boolean;
}

/** The end of a block that was allocated for several nodes: their value referents lie there, one behind the other (MIDL "allocate"). */
export class ValueRoom {
  /** What was given out. */
  readonly addresses: number[] = [];
  readonly #end: number;
  #next: number;

  constructor(start: number, end: number) {
    this.#next = start;
    this.#end = end;
  }

  /** An address, a multiple of 8; undefined when the room is used up. */
  take(cBytes: number): number | undefined {
    const address = this.#next;
    if (address + cBytes > this.#end) return undefined;
    this.#next = address + roundUp(cBytes);
    this.addresses.push(address);
    return address;
  }
}

/** A pointer that is to be given a block, and where that may lie. */
interface ValueSlot {
  readonly slot: number;
  readonly pointerSize: number;
  readonly room: ValueRoom | undefined;
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
  readonly #registry: BlockRegistry | undefined;
  /** Without a registry, which knows them all. */
  readonly #blocks = new Map<number, ValueBlock>();
  #reply: FreshSlot[] | undefined;

  constructor(heap: Heap, registry: BlockRegistry | undefined) {
    this.#heap = heap;
    this.#registry = registry;
  }

  /** Octets of the block that a pointer was given; undefined when something else gave it what it refers to. */
  capacity(slot: number, address: number): number | undefined {
    const block = this.#blockAt(address);
    return block?.slot === slot ? block.cBytes : undefined;
  }

  #blockAt(address: number): ValueBlock | undefined {
    if (this.#registry === undefined) return this.#blocks.get(address);
    const slot = this.#registry.slotOf(address);
    return slot === 0 ? undefined : { slot, cBytes: this.#registry.sizeOf(address), isPlaced: false };
  }

  /**
   * Gives a pointer a block of its own, filled. What it referred to before is freed if that was such a block too.
   *
   * @param room where to put it, as long as there is any
   * @throws RpcError RPC_S_OUT_OF_MEMORY
   */
  allocate(
    { slot, pointerSize, room }: ValueSlot,
    cBytes: number,
    name: string,
    fill: (address: number) => void,
  ): void {
    const placed = room?.take(cBytes);
    const address = placed ?? this.#take(cBytes, name);
    try {
      fill(address);
    } catch (error) {
      if (placed === undefined) this.#heap.giveBlock(address);
      throw error;
    }
    const previous = this.#heap.pointer(slot, pointerSize);
    if (this.capacity(slot, previous) !== undefined) this.#give(previous);
    if (this.#registry === undefined) this.#blocks.set(address, { slot, cBytes, isPlaced: placed !== undefined });
    else if (placed === undefined) this.#registry.setSlot(address, slot);
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
    const block = this.#blockAt(address);
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
    const isPlaced = this.#blocks.get(address)?.isPlaced === true;
    this.#blocks.delete(address);
    if (!isPlaced) this.#heap.giveBlock(address);
  }

  /** An address was given out again: whatever was there is no more. */
  forget(address: number): void {
    if (this.#blocks.size > 0) this.#blocks.delete(address);
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
