import { linearMemoryWithRegistry } from "../linear-memory.ts";
import type { LinearMemory } from "../linear-memory.ts";
import type { RpcSsEnvironment } from "../rpc-ss/environment.ts";
import { SharedBlocks } from "./shared-blocks.ts";
import { SharedEnvironment } from "./shared-environment.ts";

/** Linear memory that several threads use: see {@link sharedMemory}. */
export interface SharedMemory extends LinearMemory {
  /** To post to other threads. */
  readonly buffer: SharedArrayBuffer;
  /** Blocks that are in use, of all threads: nodes, their strings, and one for each RpcSs environment. */
  readonly blocksInUse: number;
  /** An RpcSs environment whose state lies in the memory, too: what RpcSsEnableAllocate and withRpcSs establish over this memory. */
  environment(isHeld: boolean): RpcSsEnvironment;
  /** One that another thread has established: see `threadHandleFrom`. */
  environmentAt(address: number, serial: number): RpcSsEnvironment;
}

/**
 * Linear memory in a SharedArrayBuffer, with its allocator in it: every thread that calls `sharedMemory` with the same buffer allocates
 * there, and frees what any of them has allocated. To hand a node over, post its address (`addressOf`), and make it a node again with
 * `TYPE.at(memory.heap, address, TYPE.size)`. A view of a node that another thread has freed throws.
 *
 * Allocating and freeing is guarded by a lock; what is written into nodes is not: as with all shared memory, a message (or an operation of
 * `Atomics`) stands between writing in one thread and reading in another. In one thread the same buffer gives the same memory.
 *
 * @param memory a SharedArrayBuffer of zeroes or one that was used so before; or the octets of a new one
 * @throws RangeError when it has something else in it, or is too small or too large
 */
export function sharedMemory(memory: SharedArrayBuffer | number): SharedMemory {
  const blocks = new SharedBlocks(typeof memory === "number" ? new SharedArrayBuffer(memory) : memory);
  const known = MEMORIES.get(blocks.identity)?.deref();
  if (known !== undefined) return known;
  const made = over(blocks);
  MEMORIES.set(blocks.identity, new WeakRef(made));
  FORGOTTEN.register(made, blocks.identity);
  return made;
}

function over(blocks: SharedBlocks): SharedMemory {
  const linear = linearMemoryWithRegistry(
    {
      memory: blocks.buffer,
      malloc: (cBytes) => blocks.malloc(cBytes),
      free: (address) => {
        blocks.free(address);
      },
    },
    blocks,
  );
  return {
    ...linear,
    buffer: blocks.buffer,
    get blocksInUse() {
      return blocks.count;
    },
    environment: (isHeld) => SharedEnvironment.establish(linear, blocks, isHeld),
    environmentAt: (address, serial) => new SharedEnvironment(linear, blocks, address, serial),
  };
}

/** What this thread uses: a SharedArrayBuffer that was posted is another object over the same memory. */
const MEMORIES = new Map<string, WeakRef<SharedMemory>>();
const FORGOTTEN = new FinalizationRegistry<string>((identity) => {
  if (MEMORIES.get(identity)?.deref() === undefined) MEMORIES.delete(identity);
});
