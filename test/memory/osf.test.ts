/** M38, M36, M1: the memory of stubs that /osf compiled. */
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  RpcSmAllocate,
  RpcSmClientFree,
  RpcSsAllocate,
  RpcSsGetThreadHandle,
  RpcStatus,
  withRpcSs,
} from "../../runtime/index.ts";
import type { RpcSsThreadHandle } from "../../runtime/index.ts";
import { compileIdl, generateIdl } from "../support/compile-idl.ts";
import { serverStub } from "../support/stub-harness.ts";
import { valuesOf } from "./call-support.ts";
import { listFrom, start } from "./rpc-ss-support.ts";
import type { Client, Sides } from "./rpc-ss-support.ts";

/** DCE IDL: nothing in it needs Microsoft's extensions. */
const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e52), version(1.0), pointer_default(ptr)]
interface rpcss
{
    typedef struct _LIST { long value; struct _LIST *next; } LIST;
    long Give([in] long count, [out] LIST **list);
    long Full([in, ptr] long *number);
    long Plain([in] long number, [out] long *doubled);
    long Asked([in] long number, [out] long *doubled);
}`;

const OSF = { mode: "osf", acf: "interface rpcss { [enable_allocate] Asked(); }" } as const;

const started = start(OSF, IDL);
let sides: Sides;
let seen: (RpcSsThreadHandle | null)[];

beforeEach(async () => {
  sides = await started;
  seen = [];
  sides.routines.set("Give", () => {
    seen.push(RpcSsGetThreadHandle());
    return { list: listFrom(() => RpcSsAllocate(16, sides.LIST), 1, 2), returnValue: 0 };
  });
  for (const operation of ["Plain", "Asked", "Full"])
    sides.routines.set(operation, () => {
      seen.push(RpcSsGetThreadHandle());
      const { status } = RpcSmAllocate(16, sides.LIST);
      return operation === "Full" ? status : { doubled: 0, returnValue: status };
    });
});

afterAll(async () => {
  await (await started)[Symbol.asyncDispose]();
});

async function list(client: Client): Promise<object> {
  const { list: received } = await client.call("Give", { count: 2 });
  if (typeof received !== "object" || received === null) throw new Error("no list");
  expect(valuesOf(received)).toEqual([1, 2]);
  return received;
}

describe("M38: /osf", () => {
  it("asks for no pair, on either side", async () => {
    const { exports } = await compileIdl("rpcss", IDL, OSF);
    expect(valuesOf(await list(sides.connect("none")))).toEqual([1, 2]);
    expect(() => serverStub(exports, () => 0, undefined)).not.toThrow();
    const { texts } = await generateIdl("rpcss", IDL, OSF);
    expect(texts.get("rpcss_c.ts")).toContain("memory: MidlUserMemory = managedMemory()");
    expect(texts.get("rpcss_s.ts")).toContain("memory: MidlUserMemory = managedMemory()");
  });

  it("takes a pair all the same, and what is no pair is refused", async () => {
    const client = sides.connect();
    await list(client);
    expect(client.memory.allocations).toBe(2);
    const { exports } = await compileIdl("rpcss", IDL, OSF);
    expect(() => {
      Reflect.apply(serverStub, undefined, [exports, () => 0, null]);
    }).toThrow(TypeError);
  });

  it.each([
    ["when arguments need allocation", "Give", { count: 2 }, true],
    ["when full pointers are used", "Full", { number: 7 }, true],
    ["by [enable_allocate]", "Asked", { number: 7 }, true],
    ["otherwise not", "Plain", { number: 7 }, false],
  ])("the environment is on in the server stub %s", async (_title, operation, request, isOn) => {
    const { returnValue } = await sides.connect("none").call(operation, request);
    expect(returnValue).toBe(isOn ? RpcStatus.RPC_S_OK : RpcStatus.RPC_S_INVALID_ARG);
    expect(seen).toMatchObject([isOn ? { enabled: false, liveCount: 0 } : null]);
    expect(sides.memory.allocations).toBe(0);
  });

  it("client stubs are always sensitive", async () => {
    const client = sides.connect();
    await withRpcSs(async (handle) => {
      await list(client);
      expect(handle.liveCount).toBe(2);
    });
    expect(client.memory.allocations).toBe(0);
    const { texts } = await generateIdl("rpcss", IDL, { mode: "osf" });
    expect(texts.get("rpcss_c.ts")?.match(/sensitive: true/g)).toHaveLength(4);
  });
});

describe("M36: under /osf without a pair", () => {
  it("client stubs allocate ordinary objects, which RpcSmClientFree takes", async () => {
    const node = await list(sides.connect("none"));
    expect(Object.getPrototypeOf(node)).toBe(Object.prototype);
    expect(RpcSmClientFree(node)).toBe(RpcStatus.RPC_S_OK);
    expect(RpcSmClientFree(node)).toBe(RpcStatus.RPC_S_INVALID_ARG);
  });
});
