/** M26, M39: [enable_allocate] and /rpcss on the server: the environment of a call. */
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  FaultStatus,
  RpcSmAllocate,
  RpcSmDisableAllocate,
  RpcSmFree,
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcSsSetThreadHandle,
  RpcStatus,
  managedMemory,
  withRpcSs,
} from "../../runtime/index.ts";
import type { RpcSsThreadHandle } from "../../runtime/index.ts";
import { LocalEnvironment } from "../../runtime/memory/rpc-ss/local-environment.ts";
import { compileIdl, generateIdl } from "../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../support/stub-harness.ts";
import { list, valuesOf } from "./call-support.ts";
import { RPC_SS_ACF, RPC_SS_IDL, listFrom, start, turn } from "./rpc-ss-support.ts";
import type { Client, Sides } from "./rpc-ss-support.ts";

const started = start();
let sides: Sides;
let client: Client;
let seen: (RpcSsThreadHandle | null)[];

/** The handle in the manager, kept for after the call. */
function look(): RpcSsThreadHandle {
  const handle = RpcSsGetThreadHandle();
  seen.push(handle);
  if (handle === null) throw new Error("no environment");
  return handle;
}

function isChunks(value: unknown): value is AsyncIterable<Int32Array> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

beforeEach(async () => {
  sides = await started;
  client = sides.connect();
  seen = [];
});

afterAll(async () => {
  await (await started)[Symbol.asyncDispose]();
});

describe("M26: [enable_allocate]", () => {
  it("the stub allocates from the environment in place of the pair, and frees all of it afterwards", async () => {
    sides.routines.set("Edit", (request) => {
      expect(valuesOf(request["list"])).toEqual([1, 2]);
      expect(look().liveCount).toBe(2);
      return { list: listFrom(() => RpcSsAllocate(16, sides.LIST), 3, 4, 5), returnValue: 0 };
    });
    const before = sides.memory.allocations;
    const { list: edited } = await client.call("Edit", { list: list(1, 2) });
    expect(valuesOf(edited)).toEqual([3, 4, 5]);
    expect(seen).toMatchObject([{ enabled: false, liveCount: 0, allocations: 5 }]);
    expect(sides.memory).toMatchObject({ allocations: before, foreignFrees: 0, liveCount: 0 });
  });

  it("`call.memory` is the environment, and a node of the stub can be freed in it", async () => {
    sides.routines.set("Take", (request, call) => {
      expect(call.memory).toBe(look());
      const taken = request["list"];
      if (typeof taken !== "object" || taken === null) throw new Error("no list");
      RpcSsFree(taken);
      expect(RpcSmFree(taken)).toBe(RpcStatus.RPC_S_INVALID_ARG);
      return 0;
    });
    await client.call("Take", { list: list(1, 2), limit: 0 });
    expect(seen).toMatchObject([{ enabled: false, liveCount: 0, markedCount: 0, allocations: 2 }]);
  });

  it("all of it is freed also when the manager throws, before and after it waits", async () => {
    for (const waits of [false, true]) {
      sides.routines.set("Take", () => {
        look();
        RpcSsAllocate(16, sides.LIST);
        const fail = (): never => {
          throw new Error("no");
        };
        return waits ? turn().then(fail) : fail();
      });
      await expect(client.call("Take", { list: list(1), limit: 0 })).rejects.toMatchObject({
        name: "RPC_S_CALL_FAILED",
      });
    }
    expect(seen).toMatchObject([
      { enabled: false, liveCount: 0, allocations: 2 },
      { enabled: false, liveCount: 0, allocations: 2 },
    ]);
  });

  it("and when marshaling the reply fails", async () => {
    sides.routines.set("Edit", () => {
      look();
      return { list: { value: "no number", next: null }, returnValue: 0 };
    });
    await expect(client.call("Edit", { list: list(1) })).rejects.toThrow();
    expect(seen).toMatchObject([{ enabled: false, liveCount: 0, allocations: 1 }]);
  });

  it("and when unmarshaling fails", async () => {
    const { exports } = await compileIdl("rpcss", RPC_SS_IDL, { acf: RPC_SS_ACF });
    const w = writer();
    clientHalves(exports, "Take", { list: list(1, 2, 3), limit: 3 }).marshal(w);
    const octets = w.octets();
    octets[octets.length - 4] = 4; // range(0, 3)
    const environment = new LocalEnvironment(true, managedMemory());
    const serving = serve(
      exports,
      3,
      reader(octets, { ndr64: false, littleEndian: true }, environment),
      writer(),
      () => 0,
    );
    await expect(serving).rejects.toMatchObject({ name: "RPC_X_INVALID_BOUND" });
    expect(environment).toMatchObject({ allocations: 3, liveCount: 0, markedCount: 0 });
  });

  it("running out of memory is a fault of its own, as with the pair", async () => {
    const { exports } = await compileIdl("rpcss", RPC_SS_IDL, { acf: RPC_SS_ACF });
    const w = writer();
    clientHalves(exports, "Take", { list: list(1, 2, 3), limit: 3 }).marshal(w);
    for (let left = 0; left < 3; left++) {
      const limit = { left };
      const environment = new LocalEnvironment(true, {
        midl_user_allocate: (cBytes, type) => (limit.left-- > 0 ? type.create(cBytes) : null),
        midl_user_free: () => limit.left++,
      });
      const r = reader(w.octets(), { ndr64: false, littleEndian: true }, environment);
      await expect(serve(exports, 3, r, writer(), () => 0)).rejects.toMatchObject({
        name: "RPC_S_SERVER_OUT_OF_MEMORY",
        status: 1130,
      });
      expect(environment).toMatchObject({ allocations: left, liveCount: 0 });
    }
    expect(FaultStatus.nca_s_fault_remote_no_memory).toBe(0x1c00001b);
  });

  it("an operation without it uses the pair, and has no environment", async () => {
    sides.routines.set("GivePlain", (_request, call) => {
      seen.push(RpcSsGetThreadHandle());
      expect(RpcSmAllocate(16, sides.LIST)).toEqual({ node: null, status: RpcStatus.RPC_S_INVALID_ARG });
      expect(call.memory).toBe(sides.memory);
      return {
        list: listFrom(() => call.memory.midl_user_allocate(16, sides.LIST) ?? sides.LIST.create(16), 1),
        returnValue: 0,
      };
    });
    const before = sides.memory.allocations;
    await client.call("GivePlain", { count: 1 });
    expect(seen).toEqual([null]);
    expect(sides.memory).toMatchObject({ allocations: before + 1, liveCount: 0 });
  });

  it("a pipe's operation has its environment until the last chunk", async () => {
    sides.routines.set("Pull", async (request) => {
      const handle = look();
      let sum = 0;
      const { numbers } = request;
      if (!isChunks(numbers)) throw new Error("no pipe");
      for await (const chunk of numbers) for (const each of chunk) sum += each;
      expect(RpcSsGetThreadHandle()).toBe(handle);
      return { back: listFrom(() => RpcSsAllocate(16, sides.LIST), sum), returnValue: 0 };
    });
    const numbers = [Int32Array.of(1, 2), Int32Array.of(3)];
    const { back } = await client.call("Pull", { list: list(1, 2), numbers });
    expect(valuesOf(back)).toEqual([6]);
    expect(seen).toMatchObject([{ enabled: false, liveCount: 0, allocations: 3 }]);
  });

  it("may stand on the interface; /rpcss is as if it stood on every operation", async () => {
    const marked = async (options: object): Promise<[number, number]> => {
      const { texts } = await generateIdl("rpcss", RPC_SS_IDL, options);
      const count = (file: string, text: string): number => (texts.get(file) ?? "").split(text).length - 1;
      return [count("rpcss_c.ts", "sensitive: true"), count("rpcss_s.ts", "enableAllocate: true")];
    };
    expect(await marked({})).toEqual([0, 0]);
    expect(await marked({ acf: RPC_SS_ACF })).toEqual([4, 4]);
    expect(await marked({ acf: "[enable_allocate] interface rpcss { }" })).toEqual([6, 6]);
    expect(await marked({ rpcss: true })).toEqual([6, 6]);
  });

  it("changes nothing of what the stubs put on the wire", async () => {
    const octets = async (options: object): Promise<string> => {
      const { exports } = await compileIdl("rpcss", RPC_SS_IDL, options);
      const w = writer();
      clientHalves(exports, "Edit", { list: list(1, 2) }).marshal(w);
      return Buffer.from(w.octets()).toString("hex");
    };
    // C706 14.3.12: a [ref] to a [unique] pointer: referent identifier, value, next; the second node; null.
    expect(await octets({ acf: RPC_SS_ACF })).toMatch(/^[0-9a-f]{8}01000000[0-9a-f]{8}0200000000000000$/);
    expect(await octets({ acf: RPC_SS_ACF })).toBe(await octets({}));
  });
});

describe("M39: the environment of a call", () => {
  it("is not that of another call at the same time", async () => {
    sides.routines.set("Take", async ({ limit }) => {
      const handle = look();
      for (let round = 0; round < Number(limit); round++) {
        RpcSsAllocate(16, sides.LIST);
        await turn();
        expect(RpcSsGetThreadHandle()).toBe(handle);
      }
      expect(handle.liveCount).toBe(1 + Number(limit));
      return 0;
    });
    await Promise.all([3, 1, 2, 0, 3].map((limit) => client.call("Take", { list: list(1), limit })));
    expect(new Set(seen).size).toBe(5);
    expect(seen.every((handle) => handle?.enabled === false && handle.liveCount === 0)).toBe(true);
  });

  it("a sibling in a Promise.all does not see what another enabled, and it does not leak to the caller", async () => {
    const outside: unknown[] = [];
    sides.routines.set("TakePlain", async (request) => {
      const first = valuesOf(request["list"])[0];
      if (first === 1) {
        RpcSsEnableAllocate();
        await turn();
        look();
        await turn();
        RpcSsDisableAllocate();
        return 0;
      }
      outside.push(RpcSsGetThreadHandle());
      await turn();
      outside.push(RpcSsGetThreadHandle());
      return 0;
    });
    await Promise.all([1, 2, 1, 2].map((value) => client.call("TakePlain", { list: list(value) })));
    outside.push(RpcSsGetThreadHandle());
    await client.call("TakePlain", { list: list(2) });
    expect(outside).toEqual([null, null, null, null, null, null, null]);
    expect(new Set(seen).size).toBe(2);
  });

  it("does not leak to later calls of the connection from a manager that never disables", async () => {
    const later: unknown[] = [];
    sides.routines.set("TakePlain", (request) => {
      if (valuesOf(request["list"])[0] === 1) RpcSsEnableAllocate();
      else later.push(RpcSsGetThreadHandle());
      return 0;
    });
    await client.call("TakePlain", { list: list(1) });
    await client.call("TakePlain", { list: list(2) });
    expect(later).toEqual([null]);
  });

  it("a manager does not see that of a client in the same process", async () => {
    sides.routines.set("GivePlain", () => {
      seen.push(RpcSsGetThreadHandle());
      return { list: null, returnValue: 0 };
    });
    await withRpcSs(async () => {
      const own = sides.connect();
      for (let calls = 0; calls < 2; calls++) await own.call("GivePlain", { count: 0 });
    });
    expect(seen).toEqual([null, null]);
  });

  it("never outlives its call: what the manager left running finds it ended", async () => {
    let left: Promise<unknown> = Promise.resolve();
    sides.routines.set("Take", () => {
      look();
      left = (async () => {
        for (let turns = 0; turns < 20; turns++) await turn();
        return [RpcSsGetThreadHandle(), RpcSmAllocate(16, sides.LIST).status];
      })();
      return 0;
    });
    await client.call("Take", { list: list(1), limit: 0 });
    expect(await left).toEqual([null, RpcStatus.RPC_S_INVALID_ARG]);
    expect(seen).toMatchObject([{ enabled: false }]);
  });

  it("is the stub's to end: a manager can nest in it, and disabling more often than enabling is an error", async () => {
    sides.routines.set("Take", () => {
      const handle = look();
      RpcSsEnableAllocate();
      RpcSsAllocate(16, sides.LIST);
      RpcSsDisableAllocate();
      expect(handle).toMatchObject({ enabled: true, liveCount: 2 });
      expect(RpcSmDisableAllocate()).toBe(RpcStatus.RPC_S_INVALID_ARG);
      expect(handle.enabled).toBe(true);
      return 0;
    });
    await client.call("Take", { list: list(1), limit: 0 });
  });

  it("can be lent to what the manager begins, by its handle", async () => {
    sides.routines.set("Take", async () => {
      const handle = look();
      await Promise.all(
        [1, 2].map(() =>
          withRpcSs(async () => {
            RpcSsSetThreadHandle(handle);
            await turn();
            RpcSsAllocate(16, sides.LIST);
          }),
        ),
      );
      expect(handle.liveCount).toBe(3);
      return 0;
    });
    await client.call("Take", { list: list(1), limit: 0 });
    expect(seen).toMatchObject([{ enabled: false, liveCount: 0, allocations: 3 }]);
  });

  it("the first manager ever to enable one does not hand it to what called it", async () => {
    // A copy of the runtime's threads of which nothing has been asked yet, as at the start of a process.
    const { LogicalThreads } = await import("../../runtime/memory/rpc-ss/logical-threads.ts");
    const threads = new LogicalThreads();
    threads.manage(undefined, () => threads.enter(), {}, {});
    expect(threads.current).toBeUndefined();
    const waiting = threads.manage(
      undefined,
      async () => {
        const thread = threads.enter();
        await turn();
        return threads.current === thread;
      },
      {},
      {},
    );
    expect(threads.current).toBeUndefined();
    expect(await waiting).toBe(true);
    expect(threads.current).toBeUndefined();
  });
});
