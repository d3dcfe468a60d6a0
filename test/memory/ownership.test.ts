import { describe, expect, it } from "vitest";
import { RpcError, freeReferents } from "../../runtime/index.ts";
import { property } from "../support/vector-values.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import type { Fixture, List } from "./call-support.ts";
import { allocateList, isList, list, nodeType, valuesOf } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

function newList(memory: MidlUserMemory, sides: Fixture, ...values: number[]): List | null {
  const head = allocateList(memory, nodeType(sides.exports, "LIST"), ...values);
  return isList(head) ? head : null;
}

describeMemories((kind) => {
  describe("M6 and M7: [in]", () => {
    it("M6: the client stub neither allocates nor frees", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Take", () => 0);
      const head = list(1, 2, 3);
      await sides.call("Take", { list: head });
      expect(sides.client).toMatchObject({ allocations: 0, frees: 0, foreignFrees: 0 });
      expect(valuesOf(head)).toEqual([1, 2, 3]);
    });

    it("M7: the server stub allocates and frees; the data is the manager's scratch", async () => {
      await using sides = await memoryFixture(kind);
      let live = 0;
      sides.routines.set("Take", (request) => {
        live = sides.server.liveCount;
        const head = request["list"];
        if (isList(head)) head.value = 99;
        return 0;
      });
      const head = list(1, 2, 3);
      await sides.call("Take", { list: head });
      expect(live).toBe(3);
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0 });
      expect(valuesOf(head)).toEqual([1, 2, 3]);
    });
  });

  describe("M8 and M9: [out]", () => {
    it("M8: the top-level referent is the caller's if it passed one, otherwise from the pair", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("GiveInto", () => ({ returnValue: 0 }));
      const holder = sides.make("HOLDER", { count: 0, items: null, one: null, text: "before" });
      const given = await sides.call("GiveInto", { holder });
      expect(property(given, "holder")).toBe(holder);
      expect(property(holder, "text")).toBeNull();
      expect(sides.client.allocations).toBe(0);
      const fresh = property(await sides.call("GiveInto", {}), "holder");
      expect(sides.client.allocations).toBe(1);
      freeReferents(nodeType(sides.exports, "HOLDER"), Object(fresh), sides.client);
      expect(sides.client.liveCount).toBe(0);
    });

    it("M9: the server stub allocates the top-level referent, zeroed; the manager fills it and need not return it", async () => {
      await using sides = await memoryFixture(kind);
      let seen: unknown;
      sides.routines.set("GiveInto", (request, call) => {
        const { holder } = request;
        seen = plain(holder);
        Object.assign(Object(holder), {
          text: "filled",
          one: allocateList(call.memory, nodeType(sides.exports, "LIST"), 7),
        });
        return { returnValue: 0 };
      });
      const answer = await sides.call("GiveInto", {});
      expect(seen).toEqual({ count: 0, items: null, one: null, text: null });
      expect(plain(property(answer, "holder"))).toEqual({
        count: 0,
        items: null,
        one: { value: 7, next: null },
        text: "filled",
      });
      expect(sides.server).toMatchObject({ allocations: 2, frees: 2, liveCount: 0 });
    });

    it("M9: an [out] array is sized by the [in] size", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("GiveNumbers", (request) => {
        const { numbers } = request;
        if (numbers instanceof Int32Array) numbers.set([1, 2, 3, 4]);
        return { returnValue: 0 };
      });
      sides.routines.set("GiveArray", (request) => {
        const { items } = request;
        if (Array.isArray(items)) Object.assign(Object(items[1]), { value: 5 });
        return { returnValue: 0 };
      });
      expect(property(await sides.call("GiveNumbers", { count: 4 }), "numbers")).toEqual(Int32Array.of(1, 2, 3, 4));
      expect(plain(property(await sides.call("GiveArray", { count: 2 }), "items"))).toEqual([
        { value: 0, next: null },
        { value: 5, next: null },
      ]);
      expect(sides.server).toMatchObject({ allocations: 2, frees: 2 });
    });

    it("M9: a referent that is itself a [ref] pointer is followed", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("FillBehind", (request) => {
        const { list: head } = request;
        if (isList(head)) head.value = 7;
        return { returnValue: 0 };
      });
      expect(plain(property(await sides.call("FillBehind", {}), "list"))).toEqual({ value: 7, next: null });
      expect(sides.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0 });
    });

    it("M9: [unique] stops it: a pointer to a pointer starts null", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Give", (request) => {
        expect(request).toEqual({ count: 1 });
        return { list: null, returnValue: 0 };
      });
      expect(property(await sides.call("Give", { count: 1 }), "list")).toBeNull();
      expect(sides.server.allocations).toBe(0);
    });

    it("M9: an embedded [ref] pointer that is still null faults with RPC_X_NULL_REF_POINTER", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Need", () => ({ returnValue: 0 }));
      await expect(sides.call("Need", {})).rejects.toMatchObject({ name: "RPC_X_NULL_REF_POINTER" });
      expect(sides.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0 });
    });
  });

  describe("M10 and M11: [in, out]", () => {
    it("M10: what is new comes from the client's pair, what was there stays", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request, call) => {
        const head = request["list"];
        if (isList(head)) head.next = newList(call.memory, sides, 2, 3);
        return { returnValue: 0 };
      });
      const head = sides.make("LIST", { value: 1, next: null });
      const answer = property(await sides.call("Edit", { list: head }), "list");
      expect(answer).toBe(head);
      expect(valuesOf(head)).toEqual([1, 2, 3]);
      expect(sides.client).toMatchObject({ allocations: 2, frees: 0 });
    });

    it("M11: the server stub frees all of it, its own and the manager's", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request, call) => {
        const head = request["list"];
        if (isList(head)) head.next = newList(call.memory, sides, 2, 3);
        return { returnValue: 0 };
      });
      await sides.call("Edit", { list: list(1) });
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0, doubleFrees: 0 });
    });
  });

  describe("M12: a return value", () => {
    it("is new memory on the client, and freed by the server stub after marshaling", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Return", (_request, call) =>
        allocateList(call.memory, nodeType(sides.exports, "LIST"), 4, 5),
      );
      const answer = await sides.call("Return", { count: 2 });
      expect(valuesOf(answer)).toEqual([4, 5]);
      expect(sides.client).toMatchObject({ allocations: 2, frees: 0 });
      expect(sides.server).toMatchObject({ allocations: 2, frees: 2, liveCount: 0 });
    });
  });

  describe("M13: who frees", () => {
    it("the server stub frees when the manager throws", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Throw", () => {
        throw new RpcError("RPC_S_ACCESS_DENIED");
      });
      await expect(sides.call("Throw", { list: list(1, 2, 3) })).rejects.toThrow();
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0 });
    });

    it("and when an asynchronous manager rejects", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Throw", () => Promise.reject(new Error("later")));
      await expect(sides.call("Throw", { list: list(1, 2, 3) })).rejects.toThrow();
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0 });
    });

    it("frees each object once, also when the response returns what the request holds", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request) => ({ list: request["list"], returnValue: 0 }));
      await sides.call("Edit", { list: list(1, 2, 3) });
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, doubleFrees: 0, liveCount: 0 });
    });

    it("ordinary objects in a response, which the pair never gave out, are counted apart from errors", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Give", () => ({ list: list(1, 2), returnValue: 0 }));
      await sides.call("Give", { count: 2 });
      expect(sides.server).toMatchObject({ foreignFrees: 2, doubleFrees: 0, liveCount: 0 });
    });
  });

  describe("M14: existing storage", () => {
    it("is written into, at any depth, and nothing is allocated for it", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("EditHolder", (request) => {
        const one = property(request["holder"], "one");
        const item = property(property(request["holder"], "items"), "0");
        if (isList(one) && one.next !== null) one.next.value = 20;
        if (isList(item)) item.value = 30;
        Object.assign(Object(request["holder"]), { text: "after" });
        return { returnValue: 0 };
      });
      const given = { count: 1, items: [{ value: 3, next: null }], one: list(1, 2), text: "before" };
      const holder = sides.make("HOLDER", given);
      const items = property(holder, "items");
      const one = property(holder, "one");
      await sides.call("EditHolder", { holder });
      expect(plain(holder)).toEqual({
        count: 1,
        items: [{ value: 30, next: null }],
        one: { value: 1, next: { value: 20, next: null } },
        text: "after",
      });
      expect(property(holder, "items")).toBe(items);
      expect(property(holder, "one")).toBe(one);
      expect(sides.client.allocations).toBe(0);
    });

    it("null before and not null after: the stub allocates", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (_request, call) => ({
        list: allocateList(call.memory, nodeType(sides.exports, "LIST"), 1, 2),
        returnValue: 0,
      }));
      const answer = await sides.call("Edit", { list: null });
      expect(valuesOf(property(answer, "list"))).toEqual([1, 2]);
      expect(sides.client.allocations).toBe(2);
    });

    it("not null before and null after: the pointer is null", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request) => {
        request["list"] = null;
        return { returnValue: 0 };
      });
      expect(property(await sides.call("Edit", { list: list(1) }), "list")).toBeNull();
      expect(sides.client).toMatchObject({ allocations: 0, frees: 0 });
    });

    it("a union node keeps its identity when the arm changes", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Choose", (request) => {
        expect(plain(request["choice"])).toEqual({ discriminant: 1, list: { value: 4, next: null } });
        return { returnValue: 0 };
      });
      const choice = sides.make("CHOICE", { discriminant: 1, list: list(4) });
      expect(property(await sides.call("Choose", { which: 1, choice }), "choice")).toBe(choice);
    });
  });
});
