/** M33 to M35: the routines of the RpcSs package, in one logical thread. */
import { describe, expect, it } from "vitest";
import * as runtime from "../../runtime/index.ts";
import {
  RpcSmAllocate,
  RpcSmDisableAllocate,
  RpcSmEnableAllocate,
  RpcSmFree,
  RpcSmGetThreadHandle,
  RpcSmSetClientAllocFree,
  RpcSmSetThreadHandle,
  RpcSmSwapClientAllocFree,
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcSsSetClientAllocFree,
  RpcSsSetThreadHandle,
  RpcSsSwapClientAllocFree,
  RpcStatus,
  allocateNode,
  freeReferents,
  managedMemory,
  rpcSsMemory,
  trackMemory,
  withRpcSs,
} from "../../runtime/index.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { limitedMemory } from "./call-support.ts";
import { RPC_SS_ACF, RPC_SS_IDL, listType, turn } from "./rpc-ss-support.ts";

const { RPC_S_OK, RPC_S_INVALID_ARG, RPC_S_OUT_OF_MEMORY } = RpcStatus;

const LIST = listType((await compileIdl("rpcss", RPC_SS_IDL, { acf: RPC_SS_ACF })).exports);

/** Calls a routine with an argument that no compiler would let through. */
function misuse(routine: (argument: never) => unknown, argument: unknown = {}): unknown {
  return Reflect.apply(routine, undefined, [argument]);
}

describe("M33: the routines of the package", () => {
  it("are exported under the names of Windows and of DCE", () => {
    const routines = ["enable_allocate", "disable_allocate", "allocate", "free", "get_thread_handle"].concat([
      "set_thread_handle",
      "set_client_alloc_free",
      "swap_client_alloc_free",
      "destroy_client_context",
    ]);
    const names = new Map(Object.entries(runtime));
    const windows = (prefix: string, name: string): string =>
      prefix + name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    for (const routine of routines)
      for (const [dce, win] of [
        ["rpc_ss_", "RpcSs"],
        ["rpc_sm_", "RpcSm"],
      ] as const) {
        expect(names.get(windows(win, routine)), windows(win, routine)).toBeTypeOf("function");
        expect(names.get(dce + routine), dce + routine).toBe(names.get(windows(win, routine)));
      }
    expect(names.get("rpc_sm_client_free")).toBe(names.get("RpcSmClientFree"));
    expect(names.get("rpc_ss_client_free")).toBeTypeOf("function");
  });

  it("RpcSs routines throw an RpcError, with the status and the number that is documented", () => {
    const routines: [string, () => unknown][] = [
      ["allocate", () => RpcSsAllocate(16, LIST)],
      [
        "free",
        () => {
          RpcSsFree({});
        },
      ],
      [
        "disable",
        () => {
          RpcSsDisableAllocate();
        },
      ],
      ["enable with no pair", () => misuse(RpcSsEnableAllocate)],
      [
        "set a handle that is none",
        () => {
          RpcSsSetThreadHandle({ ...environment });
        },
      ],
      [
        "set no pair",
        () => {
          misuse(RpcSsSetClientAllocFree);
        },
      ],
      ["swap no pair", () => misuse(RpcSsSwapClientAllocFree)],
    ];
    for (const [title, routine] of routines)
      expect(routine, title).toThrow(expect.objectContaining({ name: "RPC_S_INVALID_ARG", status: 87 }));
  });

  it("RpcSm routines return that status and throw nothing", async () => {
    expect(RpcSmAllocate(16, LIST)).toEqual({ node: null, status: RPC_S_INVALID_ARG });
    expect(RpcSmFree({})).toBe(RPC_S_INVALID_ARG);
    expect(RpcSmDisableAllocate()).toBe(RPC_S_INVALID_ARG);
    expect(misuse(RpcSmEnableAllocate)).toBe(RPC_S_INVALID_ARG);
    expect(RpcSmSetThreadHandle({ ...environment })).toBe(RPC_S_INVALID_ARG);
    expect(misuse(RpcSmSetClientAllocFree)).toBe(RPC_S_INVALID_ARG);
    expect(misuse(RpcSmSwapClientAllocFree)).toEqual({ previous: null, status: RPC_S_INVALID_ARG });
    expect(RpcSmGetThreadHandle()).toEqual({ handle: null, status: RPC_S_OK });
    await withRpcSs(() => {
      const { node, status } = RpcSmAllocate(16, LIST);
      expect([node, status]).toEqual([{ value: 0, next: null }, RPC_S_OK]);
      expect(RpcSmFree(node ?? {})).toBe(RPC_S_OK);
      expect([RpcSmEnableAllocate(), RpcSmDisableAllocate()]).toEqual([RPC_S_OK, RPC_S_OK]);
    });
  });

  it("an RpcSm routine that fails with what is no RpcError returns RPC_S_INTERNAL_ERROR", async () => {
    const pair: MidlUserMemory = {
      midl_user_allocate: (cBytes, type) => type.create(cBytes),
      midl_user_free: () => {
        throw new Error("not mine");
      },
    };
    await withRpcSs(() => {
      const handle = RpcSsGetThreadHandle();
      RpcSsSetThreadHandle(null);
      expect(RpcSmEnableAllocate(pair)).toBe(RPC_S_OK);
      RpcSsAllocate(16, LIST);
      expect(RpcSmDisableAllocate()).toBe(RpcStatus.RPC_S_INTERNAL_ERROR);
      RpcSsSetThreadHandle(handle);
    });
  });

  it("RpcSsAllocate and RpcSmAllocate say RPC_S_OUT_OF_MEMORY when there is no storage", async () => {
    await withRpcSs(
      () => {
        expect(() => RpcSsAllocate(16, LIST)).toThrow(
          expect.objectContaining({ name: "RPC_S_OUT_OF_MEMORY", status: 14 }),
        );
        expect(RpcSmAllocate(16, LIST)).toEqual({ node: null, status: RPC_S_OUT_OF_MEMORY });
      },
      limitedMemory({ left: 0 }),
    );
  });

  it("getting and setting the handle saves and restores, and shares, an environment", async () => {
    await withRpcSs(async (outer) => {
      expect(RpcSsGetThreadHandle()).toBe(outer);
      RpcSsSetThreadHandle(null);
      expect(RpcSsGetThreadHandle()).toBeNull();
      expect(RpcSmAllocate(16, LIST).status).toBe(RPC_S_INVALID_ARG);
      RpcSsSetThreadHandle(outer);
      RpcSsAllocate(16, LIST);
      await withRpcSs(() => {
        RpcSsSetThreadHandle(outer);
        RpcSsAllocate(16, LIST);
      });
      expect(outer).toMatchObject({ enabled: true, liveCount: 2 });
    });
  });
});

const environment = { enabled: true, liveCount: 0, liveOctets: 0, markedCount: 0, allocations: 0 };

describe("M34: enabling and disabling", () => {
  it("pair up and nest: the last one releases every node allocated since the first", async () => {
    const source = trackMemory(managedMemory());
    await withRpcSs(() => {
      RpcSsSetThreadHandle(null);
      RpcSsEnableAllocate(source);
      const handle = RpcSsGetThreadHandle();
      RpcSsAllocate(16, LIST);
      RpcSsEnableAllocate();
      RpcSsAllocate(16, LIST);
      expect(RpcSsGetThreadHandle()).toBe(handle);
      RpcSsDisableAllocate();
      RpcSsAllocate(16, LIST);
      expect(handle).toMatchObject({ enabled: true, liveCount: 3, liveOctets: 48, allocations: 3 });
      expect(source).toMatchObject({ liveCount: 3, frees: 0 });
      RpcSsDisableAllocate();
      expect(handle).toMatchObject({ enabled: false, liveCount: 0, liveOctets: 0, allocations: 3 });
      expect(source).toMatchObject({ liveCount: 0, frees: 3, doubleFrees: 0 });
      expect(RpcSmDisableAllocate()).toBe(RPC_S_INVALID_ARG);
    });
  });

  it("RpcSsFree marks a node; its memory is released when the environment is disabled", async () => {
    const source = trackMemory(managedMemory());
    await withRpcSs((handle) => {
      const node = RpcSsAllocate(16, LIST);
      RpcSsFree(node);
      expect(handle).toMatchObject({ liveCount: 0, liveOctets: 0, markedCount: 1 });
      expect(source).toMatchObject({ liveCount: 1, frees: 0 });
    }, source);
    expect(source).toMatchObject({ liveCount: 0, frees: 1 });
  });

  it("a node freed twice is an error, and is released once", async () => {
    const source = trackMemory(managedMemory());
    await withRpcSs(() => {
      const node = RpcSsAllocate(16, LIST);
      RpcSsFree(node);
      expect(() => {
        RpcSsFree(node);
      }).toThrow(/freed already/);
      expect(RpcSmFree(node)).toBe(RPC_S_INVALID_ARG);
    }, source);
    expect(source).toMatchObject({ frees: 1, doubleFrees: 0 });
  });

  it("without an environment, allocating says to enable it first", () => {
    expect(() => RpcSsAllocate(16, LIST)).toThrow(
      "RpcSsAllocate needs an RpcSs environment: enable it first, with withRpcSs or RpcSsEnableAllocate, or compile the interface with [enable_allocate]",
    );
  });

  it("what withRpcSs established is not for RpcSsDisableAllocate to end", async () => {
    await withRpcSs((handle) => {
      expect(() => {
        RpcSsDisableAllocate();
      }).toThrow(/what a server stub or withRpcSs established ends by itself/);
      RpcSsEnableAllocate();
      RpcSsDisableAllocate();
      expect(handle.enabled).toBe(true);
      expect(RpcSmDisableAllocate()).toBe(RPC_S_INVALID_ARG);
    });
  });

  it("withRpcSs releases also what a routine that throws had allocated", async () => {
    const source = trackMemory(managedMemory());
    const failing = withRpcSs(async () => {
      RpcSsAllocate(16, LIST);
      await turn();
      throw new Error("no");
    }, source);
    await expect(failing).rejects.toThrow("no");
    expect(source).toMatchObject({ allocations: 1, liveCount: 0 });
  });

  it("`using` disables at the end of the block, also across a wait and after a throw", async () => {
    const source = trackMemory(managedMemory());
    const straight = async (): Promise<void> => {
      using environment = RpcSsEnableAllocate(source);
      RpcSsAllocate(16, LIST);
      await turn();
      RpcSsAllocate(16, LIST);
      expect(environment.handle).toMatchObject({ enabled: true, liveCount: 2 });
      throw new Error("no");
    };
    await expect(straight()).rejects.toThrow("no");
    expect(source).toMatchObject({ allocations: 2, liveCount: 0 });
    expect(RpcSmAllocate(16, LIST).status).toBe(RPC_S_INVALID_ARG);
  });

  it("`using` after RpcSsDisableAllocate is disabling twice; disposing twice is not", async () => {
    await withRpcSs(() => {
      const enabled = RpcSsEnableAllocate();
      enabled[Symbol.dispose]();
      enabled[Symbol.dispose]();
      const again = RpcSsEnableAllocate();
      RpcSsDisableAllocate();
      expect(() => {
        again[Symbol.dispose]();
      }).toThrow(expect.objectContaining({ name: "RPC_S_INVALID_ARG" }));
    });
  });

  it("rpcSsMemory makes the environment a pair for allocateNode and freeReferents", async () => {
    await withRpcSs((handle) => {
      const list = allocateNode(rpcSsMemory, LIST, { value: 1, next: allocateNode(rpcSsMemory, LIST, { value: 2 }) });
      expect(handle.liveCount).toBe(2);
      freeReferents(LIST, list, rpcSsMemory);
      expect(handle).toMatchObject({ liveCount: 0, markedCount: 2 });
    });
  });
});

describe("M35: freeing", () => {
  it("needs the environment that allocated: from another one it is an error", async () => {
    await withRpcSs(async (outer) => {
      const node = RpcSsAllocate(16, LIST);
      await withRpcSs(() => {
        expect(() => {
          RpcSsFree(node);
        }).toThrow(/not of this RpcSs environment/);
        expect(RpcSmFree(node)).toBe(RPC_S_INVALID_ARG);
      });
      expect(outer.liveCount).toBe(1);
    });
  });

  it("or its handle, set here", async () => {
    await withRpcSs(async (outer) => {
      const node = RpcSsAllocate(16, LIST);
      await withRpcSs(() => {
        RpcSsSetThreadHandle(outer);
        expect(RpcSmFree(node)).toBe(RPC_S_OK);
      });
      expect(outer).toMatchObject({ liveCount: 0, markedCount: 1 });
    });
  });

  it("the handle of an environment that has ended is refused", async () => {
    const ended = await withRpcSs((handle) => handle);
    expect(() => {
      RpcSsSetThreadHandle(ended);
    }).toThrow(/the handle of an environment that is enabled/);
    expect(RpcSmSetThreadHandle(ended)).toBe(RPC_S_INVALID_ARG);
  });

  it("outside of any environment it is an error", () => {
    expect(RpcSmFree(LIST.create(16))).toBe(RPC_S_INVALID_ARG);
  });
});
