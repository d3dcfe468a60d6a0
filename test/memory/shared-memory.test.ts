/** M31 and M33 over memory that several threads share: the allocator lies in it, and so do RpcSs environments. */
import { afterAll, describe, expect, it } from "vitest";
import {
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcSsSetThreadHandle,
  freeReferents,
  sharedMemory,
  threadHandleFrom,
  withRpcSs,
} from "../../runtime/index.ts";
import type { RpcSsThreadHandle } from "../../runtime/index.ts";
import { SharedBlocks } from "../../runtime/memory/shared/shared-blocks.ts";
import type { PostedThreadHandle } from "../../runtime/memory/shared/shared-environment.ts";
import { sourceWorker } from "../support/source-worker.ts";
import { isRecord } from "./call-support.ts";
import { SHARED_NODE } from "./shared-node.ts";
import type { SharedAnswer, SharedRequest } from "./shared-worker.ts";

const OCTETS = 0x1_0000;

/** The largest block that a memory has: all of it, when everything is free and free blocks were joined. */
function largest(blocks: SharedBlocks): number {
  let [least, most] = [0, OCTETS];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    const address = blocks.malloc(middle);
    if (address === 0) most = middle - 1;
    else {
      least = middle;
      blocks.free(address);
    }
  }
  return least;
}

const worker = sourceWorker(new URL("shared-worker.ts", import.meta.url));
afterAll(async () => {
  await worker.terminate();
});

/** Asks the other thread for something. */
async function ask(request: SharedRequest): Promise<unknown> {
  const answered = new Promise<SharedAnswer>((resolve) => worker.once("message", resolve));
  worker.postMessage(request);
  const { result, error } = await answered;
  if (error !== undefined) throw new Error(error);
  return result;
}

function isPosted(value: unknown): value is PostedThreadHandle {
  return isRecord(value) && value["buffer"] instanceof SharedArrayBuffer;
}

/** A handle as another thread gets it. */
function posted(handle: RpcSsThreadHandle | null): PostedThreadHandle {
  const clone: unknown = structuredClone(handle);
  if (!isPosted(clone)) throw new Error("the handle cannot be posted");
  return clone;
}

describe("M31: the allocator of shared memory", () => {
  it("M31: blocks are multiples of 8, apart from each other, and free ones join again", () => {
    const blocks = new SharedBlocks(new SharedArrayBuffer(OCTETS));
    const all = largest(blocks);
    const octets = new Uint8Array(blocks.buffer);
    const live = new Map<number, { readonly size: number; readonly mark: number }>();
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 4000; round++) {
      const size = random(300);
      const address = blocks.malloc(size);
      if (address !== 0) {
        expect(address % 8).toBe(0);
        octets.fill(round, address, address + size);
        live.set(address, { size, mark: round & 0xff });
      }
      const chosen = [...live.keys()][random(live.size)];
      if (chosen === undefined || (address !== 0 && random(10) < 5)) continue;
      const { size: known, mark } = live.get(chosen) ?? { size: 0, mark: 0 };
      expect(octets.subarray(chosen, chosen + known).every((octet) => octet === mark)).toBe(true);
      blocks.free(chosen);
      live.delete(chosen);
    }
    expect(live.size).toBeGreaterThan(50);
    for (const address of live.keys()) blocks.free(address);
    expect(largest(blocks)).toBe(all);
  });

  it("M31: 0 when there is no room, and what is no block is not freed", () => {
    const blocks = new SharedBlocks(new SharedArrayBuffer(OCTETS));
    expect(blocks.malloc(OCTETS)).toBe(0);
    const address = blocks.malloc(64);
    for (const wrong of [0, 8, address + 8, address - 8, OCTETS, OCTETS + 8]) blocks.free(wrong);
    expect(blocks.sizeOf(address)).toBe(64);
    blocks.free(address);
    blocks.free(address);
    expect(blocks.malloc(64)).toBe(address);
  });

  it("M31: the block in which an address lies", () => {
    const blocks = new SharedBlocks(new SharedArrayBuffer(OCTETS));
    const [first, second] = [blocks.malloc(40), blocks.malloc(16)];
    expect([first, first + 39, first + 41, second + 8, second + 4096].map((at) => blocks.blockAt(at))).toEqual([
      first,
      first,
      0,
      second,
      0,
    ]);
  });

  it("M31: memory with something else in it is refused", () => {
    const buffer = new SharedArrayBuffer(OCTETS);
    new Uint8Array(buffer).fill(7);
    expect(() => sharedMemory(new SharedArrayBuffer(64))).toThrow("between 1024 and");
    new Int32Array(buffer, 0, 2)[1] = 0;
    expect(() => sharedMemory(buffer)).toThrow("something else in it");
  });
});

describe("M31: nodes in shared memory", () => {
  it("M31: strings go with their node, and everything can be freed", () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    const all = largest(blocks);
    const [head, tail] = [1, 2].map(() => memory.midl_user_allocate(SHARED_NODE.size, SHARED_NODE));
    Object.assign(Object(head), { value: 1, name: "one", next: tail });
    Object.assign(Object(tail), { value: 2, name: "two" });
    Object.assign(Object(tail), { name: "a longer one than before" });
    expect(memory.blocksInUse).toBe(4);
    freeReferents(SHARED_NODE, head, memory);
    expect(memory.blocksInUse).toBe(0);
    expect(largest(blocks)).toBe(all);
    expect(() => head?.value).toThrow("the node was freed");
  });

  it("M31: in one thread the same buffer is the same memory, posted or not", () => {
    const memory = sharedMemory(OCTETS);
    expect(sharedMemory(memory.buffer)).toBe(memory);
    expect(sharedMemory(structuredClone(memory.buffer))).toBe(memory);
    expect(sharedMemory(OCTETS)).not.toBe(memory);
  });

  it("M31: another thread reads a node, changes it and frees it; a view of it throws from then on", async () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    const all = largest(blocks);
    const node = memory.midl_user_allocate(SHARED_NODE.size, SHARED_NODE);
    if (node === null) throw new Error("no storage");
    Object.assign(node, { value: 5, name: "mine" });
    const address = memory.addressOf(node);
    await ask({ kind: "attach", buffer: memory.buffer });
    expect(await ask({ kind: "look", address })).toMatchObject({ value: 5, name: "mine" });
    await ask({ kind: "rename", address, name: "a name that needs a larger block" });
    expect(node.name).toBe("a name that needs a larger block");
    node.name = "short";
    expect(await ask({ kind: "look", address })).toMatchObject({ name: "short", stale: undefined });
    await ask({ kind: "free", address });
    expect(() => node.name).toThrow("the node was freed");
    expect(largest(blocks)).toBe(all);
    // What has come there since is another node, for the thread that knew the old one, too.
    const next = memory.midl_user_allocate(SHARED_NODE.size, SHARED_NODE);
    if (next === null) throw new Error("no storage");
    Object.assign(next, { value: 6, name: "next" });
    expect(memory.addressOf(next)).toBe(address);
    expect(await ask({ kind: "look", address })).toEqual({
      value: 6,
      name: "next",
      stale: "TypeError: NODE: the node was freed",
    });
    memory.midl_user_free(next);
  });

  it("M31: two threads allocate and free at once", async () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    const all = largest(blocks);
    await ask({ kind: "attach", buffer: memory.buffer });
    const other = ask({ kind: "churn", rounds: 20_000 });
    const nodes: object[] = [];
    for (let round = 0; round < 20_000; round++) {
      const node = memory.midl_user_allocate(SHARED_NODE.size, SHARED_NODE);
      if (node === null) throw new Error("no storage");
      Object.assign(node, { value: round, name: "y".repeat(round % 70) });
      nodes.push(node);
      if (nodes.length === 30) for (const each of nodes.splice(0)) memory.midl_user_free(each);
    }
    for (const each of nodes) memory.midl_user_free(each);
    expect(await other).toBe(0);
    expect(largest(blocks)).toBe(all);
  });
});

describe("M33: RpcSs environments in shared memory", () => {
  it("M33: what the worker allocates is freed by RpcSsDisableAllocate here", async () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    const all = largest(blocks);
    const { handle } = RpcSsEnableAllocate(memory);
    const mine = RpcSsAllocate(SHARED_NODE.size, SHARED_NODE);
    mine.name = "mine";
    expect(await ask({ kind: "adopt", handle: posted(handle) })).toBe(1);
    const address = Number(await ask({ kind: "allocate", value: 7, name: "theirs" }));
    const theirs = SHARED_NODE.at(memory.heap, address, SHARED_NODE.size);
    expect([theirs.value, theirs.name]).toEqual([7, "theirs"]);
    mine.next = theirs;
    expect(handle).toMatchObject({ enabled: true, liveCount: 2, liveOctets: 48, markedCount: 0, allocations: 2 });
    RpcSsFree(theirs);
    expect(handle).toMatchObject({ liveCount: 1, liveOctets: 24, markedCount: 1 });
    await expect(ask({ kind: "mark", address })).rejects.toThrow("the node was freed already");
    await ask({ kind: "mark", address: memory.addressOf(mine) });
    expect(handle).toMatchObject({ liveCount: 0, markedCount: 2 });
    RpcSsDisableAllocate();
    expect(handle).toMatchObject({ enabled: false, liveCount: 0, markedCount: 0, allocations: 2 });
    expect(() => mine.value).toThrow("the node was freed");
    await expect(ask({ kind: "allocate", value: 1, name: "late" })).rejects.toThrow("RPC_S_INVALID_ARG");
    expect(largest(blocks)).toBe(all);
  });

  it("M33: and what is allocated here by RpcSsDisableAllocate in the worker", async () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    const all = largest(blocks);
    const handle = await ask({ kind: "enable", buffer: memory.buffer });
    if (!isPosted(handle)) throw new Error("no handle");
    await withRpcSs(async () => {
      RpcSsSetThreadHandle(threadHandleFrom(handle));
      const node = RpcSsAllocate(SHARED_NODE.size, SHARED_NODE);
      node.name = "here";
      expect(RpcSsGetThreadHandle()).toMatchObject({ liveCount: 1, allocations: 1 });
      expect(await ask({ kind: "look", address: memory.addressOf(node) })).toMatchObject({ name: "here" });
      await ask({ kind: "disable" });
      expect(() => node.name).toThrow("the node was freed");
      expect(RpcSsGetThreadHandle()).toBeNull();
    });
    expect(largest(blocks)).toBe(all);
  });

  it("M34: enabling pairs up whichever thread does it, and withRpcSs ends what it held", async () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    const all = largest(blocks);
    const ended = await withRpcSs(async (handle) => {
      RpcSsEnableAllocate();
      await ask({ kind: "adopt", handle: posted(handle) });
      await ask({ kind: "disable" });
      await expect(ask({ kind: "disable" })).rejects.toThrow("RPC_S_INVALID_ARG");
      RpcSsAllocate(SHARED_NODE.size, SHARED_NODE).name = "kept until the end";
      return handle;
    }, memory);
    expect(ended).toMatchObject({ enabled: false, liveCount: 0, allocations: 1 });
    expect(largest(blocks)).toBe(all);
  });

  it("M35: freeing needs the environment that allocated", async () => {
    const memory = sharedMemory(OCTETS);
    const node = memory.midl_user_allocate(SHARED_NODE.size, SHARED_NODE);
    if (node === null) throw new Error("no storage");
    await withRpcSs(() => {
      expect(() => {
        RpcSsFree(node);
      }).toThrow("the node is not of this RpcSs environment");
    }, memory);
    expect(node.value).toBe(0);
  });

  it("M35: a handle that is no longer one because it was posted is refused", async () => {
    const handle = await withRpcSs((each) => structuredClone(each));
    expect(() => threadHandleFrom(handle)).toThrow("takes the handle of an RpcSs environment over sharedMemory");
  });

  it("M35: a handle whose environment has ended is refused", async () => {
    const handle = await withRpcSs((each) => posted(each), sharedMemory(OCTETS));
    expect(() => {
      RpcSsSetThreadHandle(threadHandleFrom(handle));
    }).toThrow("RpcSsSetThreadHandle takes the handle of an environment that is enabled");
  });

  it("M3: no room for an environment is RPC_S_OUT_OF_MEMORY", () => {
    const memory = sharedMemory(OCTETS);
    const blocks = new SharedBlocks(memory.buffer);
    while (blocks.malloc(16) !== 0);
    expect(() => RpcSsEnableAllocate(memory)).toThrow("shared memory has no room");
  });
});
