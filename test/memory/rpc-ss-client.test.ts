/** M36: which pair serves a client stub, call by call; RpcSmClientFree; M37: dropping a context handle. */
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  RpcSmClientFree,
  RpcSsAllocate,
  RpcSsEnableAllocate,
  RpcSsGetThreadHandle,
  RpcSsSetClientAllocFree,
  RpcSsSetThreadHandle,
  RpcSsSwapClientAllocFree,
  RpcStatus,
  managedMemory,
  rpc_ss_client_free,
  trackMemory,
  withRpcSs,
} from "../../runtime/index.ts";
import type { RpcSsThreadHandle } from "../../runtime/index.ts";
import { allocateList, limitedMemory, valuesOf } from "./call-support.ts";
import { start, turn } from "./rpc-ss-support.ts";
import type { Client, Sides } from "./rpc-ss-support.ts";

const { RPC_S_OK, RPC_S_INVALID_ARG } = RpcStatus;

const started = start();
let sides: Sides;
let client: Client;

beforeEach(async () => {
  sides = await started;
  client = sides.connect();
  for (const operation of ["Give", "GivePlain"])
    sides.routines.set(operation, (_request, call) => ({
      list: allocateList(call.memory, sides.LIST, 1, 2),
      returnValue: 0,
    }));
});

afterAll(async () => {
  await (await started)[Symbol.asyncDispose]();
});

async function list(operation: string): Promise<object> {
  const { list } = await client.call(operation, { count: 2 });
  if (typeof list !== "object" || list === null) throw new Error("no list");
  expect(valuesOf(list)).toEqual([1, 2]);
  return list;
}

describe("M36: the pair of a client stub", () => {
  it("is the application's without an environment, for a sensitive stub too", async () => {
    await list("Give");
    expect(client.memory.allocations).toBe(2);
    await list("GivePlain");
    expect(client.memory.allocations).toBe(4);
  });

  it("is RpcSsAllocate and RpcSsFree for a sensitive stub with an environment enabled", async () => {
    await withRpcSs(async (handle) => {
      await list("Give");
      expect(handle).toMatchObject({ liveCount: 2, liveOctets: 32 });
      expect(client.memory.allocations).toBe(0);
    });
  });

  it("is the application's for a stub that is not sensitive, whatever is enabled", async () => {
    await withRpcSs(async (handle) => {
      await list("GivePlain");
      expect(handle.allocations).toBe(0);
      expect(client.memory.allocations).toBe(2);
    });
  });

  it("is evaluated for each call, and when the call is made", async () => {
    await withRpcSs(async (handle) => {
      const first = list("Give");
      RpcSsSetThreadHandle(null);
      const second = list("Give");
      await Promise.all([first, second]);
      expect(handle.allocations).toBe(2);
      expect(client.memory.allocations).toBe(2);
    });
  });

  it("is the one that RpcSsSetClientAllocFree set, before all others and for every stub", async () => {
    const own = trackMemory(managedMemory());
    await withRpcSs(async (handle) => {
      RpcSsSetClientAllocFree(own);
      await list("Give");
      await list("GivePlain");
      expect(own.allocations).toBe(4);
      expect([handle.allocations, client.memory.allocations]).toEqual([0, 0]);
      RpcSsSetClientAllocFree(null);
      await list("Give");
      expect(handle.allocations).toBe(2);
    });
  });

  it("RpcSsSwapClientAllocFree returns the previous one", async () => {
    const [one, two] = [trackMemory(managedMemory()), trackMemory(managedMemory())];
    await withRpcSs(async () => {
      expect(RpcSsSwapClientAllocFree(one)).toBeNull();
      expect(RpcSsSwapClientAllocFree(two)).toBe(one);
      await list("Give");
      expect([one.allocations, two.allocations]).toEqual([0, 2]);
      expect(RpcSsSwapClientAllocFree(null)).toBe(two);
    });
  });

  it("in manager code is RpcSsAllocate and RpcSsFree, also for a stub that is not sensitive", async () => {
    let seen: RpcSsThreadHandle | null = null;
    sides.routines.set("Edit", async () => {
      seen = RpcSsGetThreadHandle();
      const nested = await list("GivePlain");
      expect(seen?.liveCount).toBe(2);
      return { list: nested, returnValue: 0 };
    });
    const { list: edited } = await client.call("Edit", { list: null });
    expect(valuesOf(edited)).toEqual([1, 2]);
    expect(seen).toMatchObject({ enabled: false, liveCount: 0, allocations: 2 });
    expect(client.memory.allocations).toBe(2); // those of Edit: what the nested call took is the environment's
  });

  it("in manager code is that of the innermost environment", async () => {
    sides.routines.set("Edit", async () => {
      const outer = RpcSsGetThreadHandle();
      await withRpcSs(async (inner) => {
        await list("GivePlain");
        expect([outer?.liveCount, inner.liveCount]).toEqual([0, 2]);
      });
      return { list: null, returnValue: 0 };
    });
    await client.call("Edit", { list: null });
    expect(client.memory.allocations).toBe(0);
  });

  it("running out of memory is RPC_S_OUT_OF_MEMORY, and the environment keeps nothing of the call (M3)", async () => {
    for (let left = 0; left < 2; left++) {
      const source = trackMemory(limitedMemory({ left }));
      await withRpcSs(async (handle) => {
        await expect(list("Give")).rejects.toMatchObject({ name: "RPC_S_OUT_OF_MEMORY", status: 14 });
        expect(handle).toMatchObject({ allocations: left, liveCount: 0, markedCount: left });
      }, source);
      expect(source).toMatchObject({ liveCount: 0, frees: left });
    }
    await list("Give");
  });

  it("in manager code without an environment is the application's", async () => {
    sides.routines.set("TakePlain", async () => {
      await list("Give");
      return 0;
    });
    await client.call("TakePlain", { list: { value: 1, next: null } });
    expect(client.memory.allocations).toBe(2);
  });

  it("a call whose environment ends before its reply comes fails, and nothing is left", async () => {
    let failing: Promise<unknown> = Promise.resolve();
    const handle = await withRpcSs((own) => {
      failing = client.call("Give", { count: 2 }).catch((error: unknown) => error);
      return own;
    });
    expect(await failing).toMatchObject({ name: "RPC_S_OUT_OF_MEMORY", cause: { name: "RPC_S_INVALID_ARG" } });
    expect(handle).toMatchObject({ liveCount: 0, allocations: 0 });
    await list("Give");
  });
});

describe("M35: RpcSmClientFree frees by whatever allocator served the call that returned the node", () => {
  it("the environment's", async () => {
    await withRpcSs(async (handle) => {
      const node = await list("Give");
      expect(RpcSmClientFree(node)).toBe(RPC_S_OK);
      expect(handle).toMatchObject({ liveCount: 1, markedCount: 1 });
      expect(RpcSmClientFree(node)).toBe(RPC_S_INVALID_ARG);
    });
  });

  it("the one that was set", async () => {
    const own = trackMemory(managedMemory());
    const node = await withRpcSs(() => {
      RpcSsSetClientAllocFree(own);
      return list("GivePlain");
    });
    expect(RpcSmClientFree(node)).toBe(RPC_S_OK);
    expect(own).toMatchObject({ frees: 1, liveCount: 1, foreignFrees: 0 });
  });

  it("the application's, once", async () => {
    const node = await list("Give");
    expect(RpcSmClientFree(node)).toBe(RPC_S_OK);
    expect(client.memory).toMatchObject({ frees: 1, liveCount: 1 });
    expect(RpcSmClientFree(node)).toBe(RPC_S_INVALID_ARG);
    expect(client.memory).toMatchObject({ frees: 1, doubleFrees: 0 });
  });

  it("the application's of a stub that is not sensitive, within a logical thread", async () => {
    await withRpcSs(async () => {
      expect(RpcSmClientFree(await list("GivePlain"))).toBe(RPC_S_OK);
      expect(client.memory.frees).toBe(1);
    });
  });

  it("not from another environment, and not for a node that no call returned", async () => {
    await withRpcSs(async (handle) => {
      const node = await list("Give");
      await withRpcSs(() => {
        expect(RpcSmClientFree(node)).toBe(RPC_S_INVALID_ARG);
      });
      expect(handle.liveCount).toBe(2);
    });
    expect(() => {
      rpc_ss_client_free({});
    }).toThrow(expect.objectContaining({ name: "RPC_S_INVALID_ARG", status: 87 }));
  });
});

describe("M39: branches on the client", () => {
  it("do not see what withRpcSs established in another branch, and neither does the caller", async () => {
    const seen: unknown[] = [];
    await Promise.all([
      withRpcSs(async (handle) => {
        await turn();
        await list("Give");
        expect(RpcSsGetThreadHandle()).toBe(handle);
        expect(handle.allocations).toBe(2);
      }),
      (async () => {
        seen.push(RpcSsGetThreadHandle());
        await turn();
        seen.push(RpcSsGetThreadHandle());
        await list("Give");
      })(),
      withRpcSs(async (handle) => {
        await list("Give");
        expect(RpcSsGetThreadHandle()).toBe(handle);
        expect(handle.allocations).toBe(2);
      }),
    ]);
    seen.push(RpcSsGetThreadHandle());
    expect(seen).toEqual([null, null, null]);
    expect(client.memory.allocations).toBe(2);
  });

  it("straight-line code: what `using` enabled serves the calls of the block", async () => {
    const handle = await (async () => {
      using environment = RpcSsEnableAllocate();
      await list("Give");
      await list("Give");
      RpcSsAllocate(16, sides.LIST);
      expect(environment.handle.liveCount).toBe(5);
      return environment.handle;
    })();
    expect(handle).toMatchObject({ enabled: false, liveCount: 0 });
    await list("Give");
    expect(client.memory.allocations).toBe(2);
  });
});
