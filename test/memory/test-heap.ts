/** An allocator inside linear memory that watches: guards around blocks, poison in what is free, wild frees refused. */
import { expect } from "vitest";

/** What `linearMemory` wants, and what became of it. */
export interface TestHeap {
  readonly memory: ArrayBufferLike | { readonly buffer: ArrayBufferLike };
  readonly malloc: (cBytes: number) => number;
  readonly free: (address: number) => void;
  /** Addresses of the blocks that are out. */
  readonly blocks: ReadonlyMap<number, number>;
  /** Number of calls of malloc. */
  readonly allocations: number;
  /** The next call of malloc after so many has nothing to give out. */
  failAfter(allocations: number): void;
  /** Fails when something was written beyond a block, or into one that is free. */
  check(): void;
}

/** Octets on either side of a block. */
const GUARD = 16;
const GUARD_OCTET = 0xfd;
const FREE_OCTET = 0xdd;

/**
 * Blocks one after the other, none used twice unless `reuses` is set.
 *
 * @param memory an ArrayBuffer, a SharedArrayBuffer or something with a buffer that changes
 * @param grow makes room for that many octets; the buffer may be another one afterwards
 */
export function testHeap(memory: TestHeap["memory"], grow?: (octets: number) => void): TestHeap {
  const octets = (): Uint8Array => new Uint8Array("buffer" in memory ? memory.buffer : memory);
  const blocks = new Map<number, number>();
  const freed = new Map<number, number>();
  let next = 64;
  let allocations = 0;
  let left = Infinity;
  const untouched = (from: number, to: number, octet: number, where: string): void => {
    const wrong = octets()
      .subarray(from, to)
      .findIndex((each) => each !== octet);
    expect(wrong, `octet ${from + wrong} ${where} was written`).toBe(-1);
  };
  return {
    memory,
    blocks,
    get allocations() {
      return allocations;
    },
    malloc(cBytes) {
      allocations++;
      if (left-- <= 0) return 0;
      const address = next + GUARD;
      next = Math.ceil((address + cBytes + GUARD) / 8) * 8;
      grow?.(next);
      const all = octets();
      if (next > all.length) return 0;
      all.fill(GUARD_OCTET, address - GUARD, next);
      all.fill(0xa5, address, address + cBytes);
      blocks.set(address, cBytes);
      return address;
    },
    free(address) {
      const cBytes = blocks.get(address);
      if (cBytes === undefined) throw new Error(`free of ${address}, which is no block`);
      blocks.delete(address);
      freed.set(address, cBytes);
      octets().fill(FREE_OCTET, address, address + cBytes);
    },
    failAfter(count) {
      left = count;
    },
    check() {
      for (const [address, cBytes] of [...blocks, ...freed]) {
        untouched(address - GUARD, address, GUARD_OCTET, `before the block at ${address}`);
        untouched(address + cBytes, address + cBytes + GUARD, GUARD_OCTET, `behind the block at ${address}`);
      }
      for (const [address, cBytes] of freed) untouched(address, address + cBytes, FREE_OCTET, "in a free block");
    },
  };
}

/** A heap in an ArrayBuffer. */
export function bufferHeap(octets = 0x1_0000): TestHeap {
  return testHeap(new ArrayBuffer(octets));
}

/** A heap in a SharedArrayBuffer. */
export function sharedHeap(octets = 0x1_0000): TestHeap {
  return testHeap(new SharedArrayBuffer(octets));
}

/** A heap in a WebAssembly.Memory that grows with every block, so that every view of it is detached. */
export function growingHeap(): TestHeap {
  const memory = webAssemblyMemory({ initial: 1 });
  return testHeap(memory, () => {
    memory.grow(1);
  });
}

/** A WebAssembly.Memory, which the language's own library of types does not have. */
export interface GrowingMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** Makes one; a page has 65,536 octets. */
export function webAssemblyMemory(descriptor: {
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}): GrowingMemory {
  const api: unknown = Reflect.get(globalThis, "WebAssembly");
  const constructor: unknown = typeof api === "object" && api !== null ? Reflect.get(api, "Memory") : undefined;
  if (typeof constructor !== "function") throw new Error("no WebAssembly");
  const memory: unknown = Reflect.construct(constructor, [descriptor]);
  if (!isGrowingMemory(memory)) throw new Error("no WebAssembly.Memory");
  return memory;
}

function isGrowingMemory(value: unknown): value is GrowingMemory {
  return typeof value === "object" && value !== null && "buffer" in value && "grow" in value;
}
