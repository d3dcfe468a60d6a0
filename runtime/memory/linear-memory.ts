import type { BlockRegistry } from "./linear/block-registry.ts";
import { Heap } from "./linear/heap.ts";
import type { LinearHeap } from "./linear-node.ts";
import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeType } from "./node-type.ts";

/** Linear memory, and what gives out its blocks. */
export interface LinearMemoryOptions {
  /** An ArrayBuffer, a SharedArrayBuffer or a WebAssembly.Memory (which may grow at any time). Little-endian, whatever lies in it. */
  readonly memory: ArrayBufferLike | { readonly buffer: ArrayBufferLike };
  /**
   * `void *malloc(size_t cBytes)`: the address of a block, a multiple of 8, or 0 when there is none. What the block holds does not matter.
   */
  readonly malloc: (cBytes: number) => number;
  /** `void free(void *block)` */
  readonly free: (address: number) => void;
}

/** A pair whose nodes lie in linear memory, in C layout. */
export interface LinearMemory extends MidlUserMemory {
  /** For `NodeType.at`: what C code points to, as a node. */
  readonly heap: LinearHeap;
  /**
   * Where a node lies: what C code is handed.
   *
   * @throws TypeError for what is no live node of this memory
   */
  addressOf(node: object): number;
}

/**
 * A pair whose nodes are typed views of linear memory, so that a module compiled from C can be the manager routine or the consumer, with the
 * same struct definitions (/env win32 for a 32-bit module). Fields are accessors with the names and types of the ordinary objects; a
 * node's identity is its address. Strings, and scalars behind pointers, get blocks of their own when they are assigned, which go
 * with the node that points to them. A pointer refers to nodes of this memory alone: assigning any other object is a TypeError.
 *
 * `midl_user_free` frees what the pair or C code allocated with `malloc`; nodes that lie in another node's block, and objects that are no
 * nodes of this memory, are ignored. A view of a freed node throws; what still points to it in memory is as dangerous as in C.
 *
 * @throws TypeError when the memory is a view of a buffer and no buffer, and on machines that are not little-endian
 */
export function linearMemory(options: LinearMemoryOptions): LinearMemory {
  return linearMemoryWithRegistry(options, undefined);
}

/** The same with an allocator that other threads use too: what they free is noticed. */
export function linearMemoryWithRegistry(
  options: LinearMemoryOptions,
  registry: BlockRegistry | undefined,
): LinearMemory {
  const { memory } = options;
  if (ArrayBuffer.isView(memory))
    throw new TypeError(
      "linearMemory wants an ArrayBuffer, a SharedArrayBuffer or a WebAssembly.Memory, and no view of one",
    );
  if (new Uint16Array(Uint8Array.of(1, 0).buffer)[0] !== 1)
    throw new TypeError("linearMemory wants a machine that is little-endian");
  const heap = new Heap(() => ("buffer" in memory ? memory.buffer : memory), options, registry);
  return {
    heap,
    copiesStubData: true,
    midl_user_allocate: <T extends object>(cBytes: number, type: NodeType<T>): T | null => heap.allocate(type, cBytes),
    midl_user_free: (node) => {
      heap.free(node);
    },
    addressOf(node) {
      const place = heap.placeOf(node);
      if (place === undefined) throw new TypeError("not a node of this memory");
      return place.requireLive().address;
    },
  };
}
