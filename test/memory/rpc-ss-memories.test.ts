/** M34 over every memory (M32): an RpcSs environment gives back what it took, wherever that lies. */
import { afterAll, expect, it } from "vitest";
import {
  RpcSmClientFree,
  RpcSsAllocate,
  RpcSsFree,
  RpcStatus,
  allocateNode,
  rpcSsMemory,
  withRpcSs,
} from "../../runtime/index.ts";
import { valuesOf } from "./call-support.ts";
import { describeMemories } from "./memories.ts";
import { listFrom, start } from "./rpc-ss-support.ts";

const started = start();

afterAll(async () => {
  await (await started)[Symbol.asyncDispose]();
});

describeMemories((kind) => {
  it("M34: what a sensitive stub and the application allocated goes with the environment", async () => {
    const sides = await started;
    const { LIST } = sides;
    sides.routines.set("Give", () => ({ list: listFrom(() => RpcSsAllocate(16, LIST), 1, 2, 3), returnValue: 0 }));
    const client = sides.connect();
    const { pair, heap } = kind.make();
    const ended = await withRpcSs(async (handle) => {
      const { list } = await client.call("Give", { count: 3 });
      expect(valuesOf(list)).toEqual([1, 2, 3]);
      const own = allocateNode(rpcSsMemory, LIST, { value: 4 });
      RpcSsFree(own);
      if (typeof list === "object" && list !== null) expect(RpcSmClientFree(list)).toBe(RpcStatus.RPC_S_OK);
      expect(handle).toMatchObject({ liveCount: 2, markedCount: 2, liveOctets: 32 });
      expect(heap?.blocks.size ?? 4).toBe(4);
      return handle;
    }, pair);
    expect(ended).toMatchObject({ enabled: false, liveCount: 0, markedCount: 0 });
    heap?.check();
    expect(heap?.blocks.size ?? 0).toBe(0);
    expect(client.memory.allocations).toBe(0);
  });
});
