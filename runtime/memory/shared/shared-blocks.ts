/**
 * The allocator of shared memory. All that it knows lies in the memory itself, guarded by a lock, so that every thread allocates there, and
 * frees what any other thread has allocated: blocks with boundary tags, free ones in a list for each power of two.
 */
import {
  BINS,
  BINS_WORD,
  COUNT_WORD,
  FLAGS,
  HEADER,
  IDENTITY_WORD,
  IN_USE,
  LENGTH_WORD,
  LOCK_WORD,
  MAGIC,
  MAGIC_WORD,
  MAP_AT,
  MARKED,
  NEXT,
  OWNED,
  OWNER,
  PREVIOUS,
  PREVIOUS_IN_USE,
  REQUESTED,
  SERIAL,
  SERIAL_WORD,
  SIZE,
  SLOT,
} from "./block-header.ts";
import type { BlockRegistry } from "../linear/block-registry.ts";
import { Lock } from "./lock.ts";

/** The smallest block: its header, and room for the size at the end of a free one. */
const SMALLEST = HEADER + 8;
/** The smallest memory that is of any use. */
const LEAST_OCTETS = 1024;
const MOST_OCTETS = 0xffff_fff8;

/** The blocks of a shared memory, as one thread sees them. Addresses are octets from its start, multiples of 8; 0 is none. */
export class SharedBlocks implements BlockRegistry {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #map: Uint8Array<SharedArrayBuffer>;
  readonly #lock: Lock;
  readonly #end: number;

  /**
   * @param buffer a memory of this kind, or one of zeroes, which becomes one
   * @throws RangeError when it is too small, too large, or something else
   */
  constructor(buffer: SharedArrayBuffer) {
    const { byteLength } = buffer;
    if (byteLength < LEAST_OCTETS || byteLength > MOST_OCTETS)
      throw new RangeError(`shared memory has between ${LEAST_OCTETS} and ${MOST_OCTETS} octets, not ${byteLength}`);
    this.buffer = buffer;
    this.#end = byteLength - (byteLength % 64);
    this.#words = new Uint32Array(buffer, 0, this.#end / 4);
    this.#map = new Uint8Array(buffer, MAP_AT, this.#end / 64);
    this.#lock = new Lock(new Int32Array(buffer, 0, BINS_WORD), LOCK_WORD);
    this.#lock.hold(() => {
      if (this.#word(MAGIC_WORD) === 0 && this.#word(LENGTH_WORD) === 0) this.#format();
    });
    if (this.#word(MAGIC_WORD) !== MAGIC || this.#word(LENGTH_WORD) !== this.#end)
      throw new RangeError("the SharedArrayBuffer has something else in it than shared memory of midl-ts");
  }

  /** Tells memories apart: a SharedArrayBuffer that was posted is another object over the same memory. */
  get identity(): string {
    return `${this.#word(IDENTITY_WORD)}-${this.#word(IDENTITY_WORD + 1)}`;
  }

  /** Blocks that were given out and not freed. */
  get count(): number {
    return this.#word(COUNT_WORD);
  }

  /**
   * A block, 0 when there is none. What is in it does not matter.
   *
   * @param owner the block that it goes with
   */
  malloc(cBytes: number, owner = 0): number {
    return this.#lock.hold(() => this.#allocate(cBytes, owner));
  }

  /** Frees a block, and all that goes with it. Anything else is left alone. */
  free(address: number): void {
    this.#lock.hold(() => {
      if (this.isBlock(address)) this.#release(address);
    });
  }

  /** Frees what goes with a block, and leaves the block. */
  freeOwned(address: number): void {
    this.#lock.hold(() => {
      if (this.isBlock(address)) this.#releaseOwned(address);
    });
  }

  /** Whether a block begins there. */
  isBlock(address: number): boolean {
    return address % 8 === 0 && ((this.#map[address >>> 6] ?? 0) & (1 << ((address >>> 3) & 7))) !== 0;
  }

  /** A number that no other block had or will have; 0 when no block begins there. */
  serialOf(address: number): number {
    return this.isBlock(address) ? this.#get(address, SERIAL) : 0;
  }

  /** Octets that a block has room for: never fewer than were asked for. */
  sizeOf(address: number): number {
    return this.isBlock(address) ? this.#sizeAt(address) - HEADER : 0;
  }

  /** Octets that were asked for. */
  octetsOf(address: number): number {
    return this.isBlock(address) ? this.#get(address, REQUESTED) : 0;
  }

  /** The block in which an address lies, 0 for none. */
  blockAt(address: number): number {
    let start = address - (address % 8);
    while (start > 0 && !this.isBlock(start)) start -= 8;
    return start > 0 && address < start + this.sizeOf(start) ? start : 0;
  }

  /** The pointer that a value referent was allocated for, 0 for other blocks. */
  slotOf(address: number): number {
    return this.isBlock(address) ? this.#get(address, SLOT) : 0;
  }

  /** Makes a block the value referent of a pointer: it goes with the block in which that lies. */
  setSlot(address: number, slot: number): void {
    this.#lock.hold(() => {
      this.#set(address, SLOT, slot);
      this.#own(address, this.blockAt(slot));
    });
  }

  /** The block that a block goes with, 0 for none. */
  ownerOf(address: number): number {
    return this.isBlock(address) ? this.#get(address, OWNER) : 0;
  }

  /** Whether `mark` was called for a block. */
  isMarked(address: number): boolean {
    return this.isBlock(address) && (this.#get(address, SIZE) & MARKED) !== 0;
  }

  mark(address: number): void {
    this.#set(address, SIZE, this.#get(address, SIZE) | MARKED);
  }

  /** Runs something while no other thread allocates, frees or does the same. */
  exclusively<Result>(act: () => Result): Result {
    return this.#lock.hold(act);
  }

  /** Like `malloc` and `freeOwned`, for what runs exclusively. */
  readonly held = {
    malloc: (cBytes: number, owner: number): number => this.#allocate(cBytes, owner),
    own: (address: number, owner: number): void => {
      this.#own(address, owner);
    },
    free: (address: number): void => {
      this.#release(address);
    },
    freeOwned: (address: number): void => {
      this.#releaseOwned(address);
    },
  };

  // ---------------------------------------------------------------------------------------------------------- blocks

  #allocate(cBytes: number, owner: number): number {
    const size = Math.max(SMALLEST, HEADER + 8 * Math.ceil(cBytes / 8));
    const block = this.#find(size);
    if (block === 0) return 0;
    this.#takeOut(block);
    const rest = this.#sizeAt(block) - size;
    if (rest >= SMALLEST) {
      this.#set(block, SIZE, size | (this.#get(block, SIZE) & PREVIOUS_IN_USE));
      this.#putIn(block + size, rest, PREVIOUS_IN_USE);
    } else this.#setFlag(block + this.#sizeAt(block), PREVIOUS_IN_USE);
    this.#setFlag(block, IN_USE);
    this.#set(block, SERIAL, this.#nextSerial());
    for (const word of [OWNER, NEXT, PREVIOUS, OWNED, SLOT]) this.#set(block, word, 0);
    this.#set(block, REQUESTED, cBytes);
    this.#words[COUNT_WORD] = this.count + 1;
    this.#map[block >>> 6] = (this.#map[block >>> 6] ?? 0) | (1 << ((block >>> 3) & 7));
    this.#own(block, owner);
    return block;
  }

  #release(block: number): void {
    this.#releaseOwned(block);
    this.#own(block, 0);
    this.#words[COUNT_WORD] = this.count - 1;
    this.#map[block >>> 6] = (this.#map[block >>> 6] ?? 0) & ~(1 << ((block >>> 3) & 7));
    let start = block;
    let size = this.#sizeAt(block);
    if ((this.#get(block, SIZE) & PREVIOUS_IN_USE) === 0) {
      start -= this.#word((block - HEADER) / 4 - 1);
      size += this.#sizeAt(start);
      this.#takeOut(start);
    }
    const behind = start + size;
    if ((this.#get(behind, SIZE) & IN_USE) === 0) {
      this.#takeOut(behind);
      size += this.#sizeAt(behind);
    }
    this.#clearFlag(start + size, PREVIOUS_IN_USE);
    this.#putIn(start, size, PREVIOUS_IN_USE);
  }

  /** Value referents may own others, no deeper than pointers to pointers in the IDL. */
  #releaseOwned(block: number): void {
    for (let owned = this.#get(block, OWNED); owned !== 0; owned = this.#get(block, OWNED)) this.#release(owned);
  }

  /** Puts a block into the list of its owner. */
  #own(block: number, owner: number): void {
    const before = this.#get(block, OWNER);
    if (before !== 0) {
      const [next, previous] = [this.#get(block, NEXT), this.#get(block, PREVIOUS)];
      if (previous === 0) this.#set(before, OWNED, next);
      else this.#set(previous, NEXT, next);
      if (next !== 0) this.#set(next, PREVIOUS, previous);
    }
    this.#set(block, OWNER, owner);
    if (owner === 0) return;
    const first = this.#get(owner, OWNED);
    this.#set(block, NEXT, first);
    this.#set(block, PREVIOUS, 0);
    if (first !== 0) this.#set(first, PREVIOUS, block);
    this.#set(owner, OWNED, block);
  }

  // ------------------------------------------------------------------------------------------------------ free blocks

  /** A free block of that size or more. */
  #find(size: number): number {
    for (let bin = binOf(size); bin < BINS; bin++)
      for (let block = this.#word(BINS_WORD + bin); block !== 0; block = this.#get(block, NEXT))
        if (this.#sizeAt(block) >= size) return block;
    return 0;
  }

  #putIn(block: number, size: number, flags: number): void {
    this.#set(block, SIZE, size | flags);
    this.#words[(block - HEADER + size) / 4 - 1] = size;
    const bin = BINS_WORD + binOf(size);
    const first = this.#word(bin);
    this.#set(block, NEXT, first);
    this.#set(block, PREVIOUS, 0);
    if (first !== 0) this.#set(first, PREVIOUS, block);
    this.#words[bin] = block;
  }

  #takeOut(block: number): void {
    const [next, previous] = [this.#get(block, NEXT), this.#get(block, PREVIOUS)];
    if (previous === 0) this.#words[BINS_WORD + binOf(this.#sizeAt(block))] = next;
    else this.#set(previous, NEXT, next);
    if (next !== 0) this.#set(next, PREVIOUS, previous);
  }

  // ------------------------------------------------------------------------------------------------------------ words

  /** One free block, and behind it a header that is in use for ever. */
  #format(): void {
    const first = HEADER + 8 * Math.ceil((MAP_AT + this.#map.length) / 8);
    const last = this.#end;
    this.#words.set(crypto.getRandomValues(new Uint32Array(2)), IDENTITY_WORD);
    this.#words[LENGTH_WORD] = this.#end;
    this.#set(last, SIZE, IN_USE);
    this.#putIn(first, last - first, PREVIOUS_IN_USE);
    this.#words[MAGIC_WORD] = MAGIC;
  }

  #nextSerial(): number {
    const serial = (this.#word(SERIAL_WORD) + 1) >>> 0 || 1;
    this.#words[SERIAL_WORD] = serial;
    return serial;
  }

  #sizeAt(block: number): number {
    return (this.#get(block, SIZE) & ~FLAGS) >>> 0;
  }

  #setFlag(block: number, flag: number): void {
    this.#set(block, SIZE, (this.#get(block, SIZE) | flag) >>> 0);
  }

  #clearFlag(block: number, flag: number): void {
    this.#set(block, SIZE, (this.#get(block, SIZE) & ~flag) >>> 0);
  }

  #get(block: number, word: number): number {
    return this.#word((block - HEADER) / 4 + word);
  }

  #set(block: number, word: number, value: number): void {
    this.#words[(block - HEADER) / 4 + word] = value;
  }

  #word(at: number): number {
    return this.#words[at] ?? 0;
  }
}

function binOf(size: number): number {
  return 31 - Math.clz32(size);
}
