/** M20 and M21: pointers that a call severs, and what is told of them. */
import { describe, expect, it } from "vitest";
import { property } from "../support/vector-values.ts";
import type { Fixture } from "./call-support.ts";
import { allocateList, isList, isRecord, list, nodeType, valuesOf } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

const paths = (sides: Fixture): string[] => sides.client.orphaned.map((each) => each.path);

/** A list with a first value. */
const someList = (...values: [number, ...number[]]): object => list(...values) ?? {};

describeMemories((kind) => {
  describe("M20 and M21: on the client", () => {
    it("M20: a pointer that was not null and comes back null is orphaned, and the stub does not free it", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", () => ({ list: null, returnValue: 0 }));
      const head = sides.make("LIST", someList(1, 2, 3));
      const answer = await sides.call("Edit", { list: head });
      expect(answer).toEqual({ list: null, returnValue: 0 });
      expect(sides.client).toMatchObject({ allocations: 0, frees: 0 });
      expect(sides.client.orphaned).toEqual([{ node: head, path: "Edit.list" }]);
    });

    it("M21: once for the severed pointer, by its IDL path, and not for what lies behind it", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request) => {
        const head = request["list"];
        if (isList(head) && head.next !== null) head.next.next = null;
        return { returnValue: 0 };
      });
      const head = sides.make("LIST", someList(1, 2, 3, 4, 5));
      const third = property(property(head, "next"), "next");
      await sides.call("Edit", { list: head });
      expect(valuesOf(head)).toEqual([1, 2]);
      expect(sides.client.orphaned).toEqual([{ node: third, path: "Edit.list->next->next" }]);
      expect(valuesOf(third)).toEqual([3, 4, 5]);
    });

    it("M20: elements that an array has not any more, and what they pointed to", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("EditHolder", (request) => {
        const { holder } = request;
        if (isRecord(holder)) Object.assign(holder, { count: 1, one: null });
        return { returnValue: 0 };
      });
      const given = { count: 3, items: [list(1), list(2, 3), list(4, 5)], one: list(6), text: null };
      const holder = sides.make("HOLDER", given);
      const [second, third] = ["1", "2"].map((index) => property(property(property(holder, "items"), index), "next"));
      const one = property(holder, "one");
      await sides.call("EditHolder", { holder });
      expect(property(holder, "items")).toHaveLength(1);
      expect(sides.client.orphaned).toEqual([
        { node: one, path: "EditHolder.holder->one" },
        { node: second, path: "EditHolder.holder->items[1].next" },
        { node: third, path: "EditHolder.holder->items[2].next" },
      ]);
    });

    it("M20: an arm that the union has not any more", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Switch", (_request, call) => ({
        choice: { discriminant: 1, list: allocateList(call.memory, nodeType(sides.exports, "LIST"), 9) },
        which: 1,
        returnValue: 0,
      }));
      const choice = sides.make("CHOICE", {
        discriminant: 2,
        holder: { count: 0, items: null, one: null, text: "old" },
      });
      const holder = property(choice, "holder");
      await sides.call("Switch", { which: 2, choice });
      expect(plain(choice)).toEqual({ discriminant: 1, list: { value: 9, next: null } });
      expect(sides.client.orphaned).toEqual([{ node: holder, path: "Switch.choice->holder" }]);
    });

    it("M20: what another pointer of the call still refers to is no orphan", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Share", (request) => {
        const { graph } = request;
        if (isRecord(graph)) graph["left"] = null;
        return { returnValue: 0 };
      });
      const shared = { value: 7, left: null, right: null };
      const graph = sides.make("GRAPH", { value: 1, left: shared, right: shared });
      const right = property(graph, "right");
      await sides.call("Share", { graph });
      expect(plain(graph)).toEqual({ value: 1, left: null, right: { value: 7, left: null, right: null } });
      expect(property(graph, "right")).toBe(right);
      expect(paths(sides)).toEqual([]);
    });

    it("M20: the last pointer to go makes it one, and each severed pointer is told of", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Share", (request) => {
        const { graph } = request;
        if (isRecord(graph)) Object.assign(graph, { left: null, right: null });
        return { returnValue: 0 };
      });
      const leaf = { value: 7, left: null, right: null };
      const graph = sides.make("GRAPH", { value: 1, left: leaf, right: leaf });
      const shared = property(graph, "left");
      await sides.call("Share", { graph });
      expect(sides.client.orphaned).toEqual([
        { node: shared, path: "Share.graph->left" },
        { node: shared, path: "Share.graph->right" },
      ]);
    });

    it("M21: nothing for what the reply filled again, or grew", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request, call) => {
        const head = request["list"];
        if (isList(head))
          Object.assign(head, { value: 8, next: allocateList(call.memory, nodeType(sides.exports, "LIST"), 9) });
        return { returnValue: 0 };
      });
      const head = sides.make("LIST", someList(1));
      await sides.call("Edit", { list: head });
      expect(valuesOf(head)).toEqual([8, 9]);
      expect(paths(sides)).toEqual([]);
    });

    it("M21: nothing after a call that failed", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", () => {
        throw new Error("no");
      });
      await expect(sides.call("Edit", { list: sides.make("LIST", someList(1, 2)) })).rejects.toThrow();
      expect(paths(sides)).toEqual([]);
    });

    it("M21: a long list is looked through without recursion", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("Edit", (request) => {
        let node = request["list"];
        while (isList(node) && node.next?.next) node = node.next;
        if (isList(node)) node.next = null;
        return { returnValue: 0 };
      });
      const length = kind.copies ? 1000 : 100_000;
      const head = sides.make("LIST", { value: 0, next: null });
      let last = head;
      for (let count = 1; count < length; count++) {
        const next = sides.make("LIST", { value: count, next: null });
        Object.assign(last, { next });
        last = next;
      }
      await sides.call("Edit", { list: head });
      expect(paths(sides)).toEqual([`Edit.list${"->next".repeat(length - 1)}`]);
    });
  });

  describe("M20 and M21: on the server", () => {
    it("M20: when the manager lowers a size, the stub frees by the smaller value, and tells of the rest", async () => {
      await using sides = await memoryFixture(kind);
      let left: unknown;
      sides.routines.set("EditHolder", (request) => {
        const { holder } = request;
        if (!isRecord(holder) || !Array.isArray(holder["items"])) throw new Error("no holder");
        left = property(holder["items"][2], "next");
        holder["count"] = 2;
        return { returnValue: 0 };
      });
      const given = { count: 3, items: [list(1, 11), list(2, 22), list(3, 33)], one: null, text: null };
      const holder = sides.make("HOLDER", given);
      await sides.call("EditHolder", { holder });
      expect(plain(property(holder, "items"))).toMatchObject([{ value: 1 }, { value: 2 }]);
      expect(sides.server.live.map((each) => each.node)).toEqual([left]);
      expect(sides.server.orphaned).toEqual([{ node: left, path: "EditHolder.holder->items[2].next" }]);
      expect(sides.server).toMatchObject({ allocations: 5, frees: 4, foreignFrees: 0 });
    });

    it.each(["EditTail", "EditNested"])("M20: the size of a conformant tail: %s", async (operation) => {
      await using sides = await memoryFixture(kind);
      let left: unknown;
      sides.routines.set(operation, (request) => {
        const tail = operation === "EditTail" ? request["tail"] : property(request["nested"], "tail");
        left = property(property(property(tail, "items"), "1"), "next");
        Object.assign(Object(tail), { count: 1 });
        return { returnValue: 0 };
      });
      const tail = { count: 2, first: list(9), items: [list(1, 11), list(2, 22)] };
      const answer = await sides.call(operation, operation === "EditTail" ? { tail } : { nested: { value: 7, tail } });
      expect(plain(answer)).toMatchObject(
        operation === "EditTail"
          ? { tail: { count: 1, first: { value: 9 }, items: [{ value: 1, next: { value: 11 } }] } }
          : { nested: { value: 7, tail: { count: 1, items: [{ value: 1, next: { value: 11 } }] } } },
      );
      const path = operation === "EditTail" ? "EditTail.tail->items[1].next" : "EditNested.nested->tail.items[1].next";
      expect(sides.server.orphaned).toEqual([{ node: left, path }]);
      expect(sides.server.live.map((each) => each.node)).toEqual([left]);
      expect(sides.server).toMatchObject({ allocations: 4, frees: 3, foreignFrees: 0 });
    });

    it("M20: a size that is a parameter of its own", async () => {
      await using sides = await memoryFixture(kind);
      sides.routines.set("EditArray", () => ({ count: 1, returnValue: 0 }));
      const items = sides.make("LISTArray", [list(1, 11), list(2, 22)]);
      const answer = await sides.call("EditArray", { count: 2, items });
      expect(plain(answer)).toMatchObject({ count: 1, items: [{ value: 1, next: { value: 11 } }] });
      expect(sides.server.orphaned.map((each) => each.path)).toEqual(["EditArray.items[1].next"]);
      expect(sides.server).toMatchObject({ allocations: 3, frees: 2, liveCount: 1 });
      expect(paths(sides)).toEqual(["EditArray.items[1].next"]);
    });
  });
});
