import { describe, expect, it } from "vitest";
import { RpcBinding, allocateNode, freeReferents } from "../../runtime/index.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { allocateList, fixture, limitedMemory, list, nodeType, valuesOf } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";
import { MEMORY_IDL } from "./memory-idl.ts";

describe("M1: every application supplies the pair", () => {
  it.each([undefined, null, {}, { midl_user_allocate: () => null }])(
    "a client without it fails at construction: %j",
    async (pair) => {
      const { exports } = await compileIdl("memory", MEMORY_IDL);
      const client = exports.get("MemoryClient");
      if (typeof client !== "function") throw new Error("no client stub");
      expect(() => {
        Reflect.construct(client, [RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]"), pair]);
      }).toThrow(/supply an object with midl_user_allocate and midl_user_free.*\/osf/);
    },
  );

  it("a server without it fails at construction", async () => {
    const { exports } = await compileIdl("memory", MEMORY_IDL);
    const stub = exports.get("memoryServerStub");
    if (typeof stub !== "function") throw new Error("no server stub");
    expect(() => {
      Reflect.apply(stub, undefined, [{}, undefined]);
    }).toThrow(/^memoryServerStub needs the application's memory/);
  });
});

describeMemories((kind) => {
  describe("M2: the stubs take every node from the pair", () => {
    it("one call a node, with its octets in C layout, a conformant tail and a zero-length array included", async () => {
      await using sides = await memoryFixture(kind);
      const sizes: [string, number][] = [];
      sides.routines.set("TakeMany", () => {
        for (const node of sides.server.live) sizes.push([node.type, node.cBytes]);
        return 0;
      });
      const holder = {
        count: 2,
        items: [
          { value: 1, next: list(3) },
          { value: 2, next: null },
        ],
        one: null,
        text: "t",
      };
      await sides.call("TakeMany", { holder, blob: { size: 5, octets: new Uint8Array(5) } });
      expect(sizes).toEqual([
        ["HOLDER", 32],
        ["LIST[]", 32],
        ["LIST", 16],
        ["BLOB", 9],
      ]);
      sizes.length = 0;
      await sides.call("TakeMany", { holder: { count: 0, items: [], one: null, text: null } });
      expect(sizes).toEqual([
        ["HOLDER", 32],
        ["LIST[]", 0],
      ]);
    });
  });

  describe("M3: no memory", () => {
    it.each([0, 1, 2, 3, 4])(
      "on the client: RPC_S_OUT_OF_MEMORY at allocation %i, nothing leaks, the connection stays usable",
      async (count) => {
        const limit = { left: count };
        await using sides = await memoryFixture(kind, { client: (pair) => limitedMemory(limit, pair) });
        sides.routines.set("Give", (_request, call) => ({
          list: allocateList(call.memory, nodeType(sides.exports, "LIST"), 1, 2, 3, 4, 5),
          returnValue: 0,
        }));
        await expect(sides.call("Give", { count: 5 })).rejects.toMatchObject({
          name: "RPC_S_OUT_OF_MEMORY",
          status: 14,
        });
        expect(sides.client.liveCount).toBe(0);
        limit.left = 5;
        expect(valuesOf(property(await sides.call("Give", { count: 5 }), "list"))).toEqual([1, 2, 3, 4, 5]);
      },
    );

    it("on the client: pointers that the reply had set in existing storage are null again", async () => {
      const limit = { left: 2 };
      await using sides = await memoryFixture(kind, { client: (pair) => limitedMemory(limit, pair) });
      sides.routines.set("Edit", (request, call) => {
        request["list"] = allocateList(call.memory, nodeType(sides.exports, "LIST"), 1, 2, 3, 4, 5);
        return { returnValue: 0 };
      });
      const head = sides.make("LIST", { value: 9, next: { value: 8, next: null } });
      await expect(sides.call("Edit", { list: head })).rejects.toMatchObject({ name: "RPC_S_OUT_OF_MEMORY" });
      expect(sides.client.liveCount).toBe(0);
      expect(plain(head)).toEqual({ value: 1, next: { value: 2, next: null } });
    });

    it.each([0, 1, 2, 3])(
      "on the server: RPC_S_SERVER_OUT_OF_MEMORY at allocation %i, the connection stays usable",
      async (count) => {
        const limit = { left: count };
        await using sides = await memoryFixture(kind, { server: (pair) => limitedMemory(limit, pair) });
        sides.routines.set("Take", () => 0);
        await expect(sides.call("Take", { list: list(1, 2, 3, 4) })).rejects.toMatchObject({
          name: "RPC_S_SERVER_OUT_OF_MEMORY",
          status: 1130,
        });
        expect(sides.server.liveCount).toBe(0);
        limit.left = 4;
        expect(await sides.call("Take", { list: list(1, 2, 3, 4) })).toBe(0);
        expect(sides.server.liveCount).toBe(0);
      },
    );
  });

  describe("M4: applications use the same pair", () => {
    it("the stub frees what the manager allocated with it", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Give", (_request, call) => ({
        list: allocateList(call.memory, nodeType(sides.exports, "LIST"), 1, 2, 3),
        returnValue: 0,
      }));
      await sides.call("Give", { count: 3 });
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    });

    it("allocateNode zeroes and fills, freeReferents frees the node and all that it owns, each once", async () => {
      await using sides = await memoryFixture(kind);
      const type = nodeType(sides.exports, "LIST");
      const shared = allocateNode(sides.client, type, { value: 2 });
      expect(plain(shared)).toEqual({ value: 2, next: null });
      const head = allocateNode(sides.client, type, { value: 1, next: shared });
      Object.assign(shared, { next: head });
      freeReferents(type, head, sides.client);
      expect(sides.client).toMatchObject({ frees: 2, liveCount: 0, doubleFrees: 0 });
    });
  });
});

describe("M5: a pair that throws", () => {
  it("is out of memory, with what it threw as the cause", async () => {
    const thrown = new Error("no more");
    const pair: MidlUserMemory = {
      midl_user_allocate: () => {
        throw thrown;
      },
      midl_user_free: () => undefined,
    };
    await using sides = await fixture(pair);
    sides.routines.set("Give", (_request, call) => ({
      list: allocateList(call.memory, nodeType(sides.exports, "LIST"), 1),
      returnValue: 0,
    }));
    await expect(sides.call("Give", { count: 1 })).rejects.toMatchObject({
      name: "RPC_S_OUT_OF_MEMORY",
      cause: thrown,
    });
  });
});
