/** M20 and M21: pointers that a call severs, and what is told of them. */
import { describe, expect, it } from "vitest";
import { property } from "../support/vector-values.ts";
import type { Fixture } from "./call-support.ts";
import { allocateList, fixture, isList, isRecord, list, nodeType, valuesOf } from "./call-support.ts";

const paths = (sides: Fixture): string[] => sides.client.orphaned.map((each) => each.path);

describe("M20 and M21: on the client", () => {
  it("M20: a pointer that was not null and comes back null is orphaned, and the stub does not free it", async () => {
    await using sides = await fixture();
    sides.routines.set("Edit", () => ({ list: null, returnValue: 0 }));
    const head = allocateList(sides.client, nodeType(sides.exports, "LIST"), 1, 2, 3);
    const answer = await sides.call("Edit", { list: head });
    expect(answer).toEqual({ list: null, returnValue: 0 });
    expect(sides.client).toMatchObject({ liveCount: 3, frees: 0 });
    expect(sides.client.orphaned).toEqual([{ node: head, path: "Edit.list" }]);
  });

  it("M21: once for the severed pointer, by its IDL path, and not for what lies behind it", async () => {
    await using sides = await fixture();
    sides.routines.set("Edit", (request) => {
      const head = request["list"];
      if (isList(head) && head.next !== null) head.next.next = null;
      return { returnValue: 0 };
    });
    const head = list(1, 2, 3, 4, 5);
    const third = head?.next?.next;
    await sides.call("Edit", { list: head });
    expect(valuesOf(head)).toEqual([1, 2]);
    expect(sides.client.orphaned).toEqual([{ node: third, path: "Edit.list->next->next" }]);
    expect(valuesOf(third)).toEqual([3, 4, 5]);
  });

  it("M20: elements that an array has not any more, and what they pointed to", async () => {
    await using sides = await fixture();
    sides.routines.set("EditHolder", (request) => {
      const { holder } = request;
      if (isRecord(holder)) Object.assign(holder, { count: 1, one: null });
      return { returnValue: 0 };
    });
    const items = [list(1), list(2, 3), list(4, 5)];
    const [, second, third] = items.map((item) => item?.next);
    const holder = { count: 3, items, one: list(6), text: null };
    const { one } = holder;
    await sides.call("EditHolder", { holder });
    expect(holder.items).toHaveLength(1);
    expect(sides.client.orphaned).toEqual([
      { node: one, path: "EditHolder.holder->one" },
      { node: second, path: "EditHolder.holder->items[1].next" },
      { node: third, path: "EditHolder.holder->items[2].next" },
    ]);
  });

  it("M20: an arm that the union has not any more", async () => {
    await using sides = await fixture();
    sides.routines.set("Switch", (_request, call) => ({
      choice: { discriminant: 1, list: allocateList(call.memory, nodeType(sides.exports, "LIST"), 9) },
      which: 1,
      returnValue: 0,
    }));
    const holder = { count: 0, items: null, one: null, text: "old" };
    const choice = { discriminant: 2, holder };
    await sides.call("Switch", { which: 2, choice });
    expect(choice).toEqual({ discriminant: 1, list: { value: 9, next: null } });
    expect(sides.client.orphaned).toEqual([{ node: holder, path: "Switch.choice->holder" }]);
  });

  it("M20: what another pointer of the call still refers to is no orphan", async () => {
    await using sides = await fixture();
    sides.routines.set("Share", (request) => {
      const { graph } = request;
      if (isRecord(graph)) graph["left"] = null;
      return { returnValue: 0 };
    });
    const shared = { value: 7, left: null, right: null };
    const graph = { value: 1, left: shared, right: shared };
    await sides.call("Share", { graph });
    expect(graph).toEqual({ value: 1, left: null, right: { value: 7, left: null, right: null } });
    expect(graph.right).toBe(shared);
    expect(paths(sides)).toEqual([]);
  });

  it("M20: the last pointer to go makes it one, and each severed pointer is told of", async () => {
    await using sides = await fixture();
    sides.routines.set("Share", (request) => {
      const { graph } = request;
      if (isRecord(graph)) Object.assign(graph, { left: null, right: null });
      return { returnValue: 0 };
    });
    const shared = { value: 7, left: null, right: null };
    await sides.call("Share", { graph: { value: 1, left: shared, right: shared } });
    expect(sides.client.orphaned).toEqual([
      { node: shared, path: "Share.graph->left" },
      { node: shared, path: "Share.graph->right" },
    ]);
  });

  it("M21: nothing for what the reply filled again, or grew", async () => {
    await using sides = await fixture();
    sides.routines.set("Edit", (request, call) => {
      const head = request["list"];
      if (isList(head))
        Object.assign(head, { value: 8, next: allocateList(call.memory, nodeType(sides.exports, "LIST"), 9) });
      return { returnValue: 0 };
    });
    const head = list(1);
    await sides.call("Edit", { list: head });
    expect(valuesOf(head)).toEqual([8, 9]);
    expect(paths(sides)).toEqual([]);
  });

  it("M21: nothing after a call that failed", async () => {
    await using sides = await fixture();
    sides.routines.set("Edit", () => {
      throw new Error("no");
    });
    await expect(sides.call("Edit", { list: list(1, 2) })).rejects.toThrow();
    expect(paths(sides)).toEqual([]);
  });

  it("M21: a list of a hundred thousand nodes is looked through without recursion", async () => {
    await using sides = await fixture();
    sides.routines.set("Edit", (request) => {
      let node = request["list"];
      while (isList(node) && node.next?.next) node = node.next;
      if (isList(node)) node.next = null;
      return { returnValue: 0 };
    });
    await sides.call("Edit", { list: list(...Array.from({ length: 100_000 }, (_, index) => index)) });
    expect(paths(sides)).toEqual([`Edit.list${"->next".repeat(99_999)}`]);
  });
});

describe("M20 and M21: on the server", () => {
  it("M20: when the manager lowers a size, the stub frees by the smaller value, and tells of the rest", async () => {
    await using sides = await fixture();
    let left: unknown;
    sides.routines.set("EditHolder", (request) => {
      const { holder } = request;
      if (!isRecord(holder) || !Array.isArray(holder["items"])) throw new Error("no holder");
      left = property(holder["items"][2], "next");
      holder["count"] = 2;
      return { returnValue: 0 };
    });
    const holder = { count: 3, items: [list(1, 11), list(2, 22), list(3, 33)], one: null, text: null };
    await sides.call("EditHolder", { holder });
    expect(holder.items.map((each) => each?.value)).toEqual([1, 2]);
    expect(sides.server.live.map((each) => each.node)).toEqual([left]);
    expect(sides.server.orphaned).toEqual([{ node: left, path: "EditHolder.holder->items[2].next" }]);
    expect(sides.server).toMatchObject({ allocations: 5, frees: 4, foreignFrees: 0 });
  });

  it("M20: a size that is a parameter of its own", async () => {
    await using sides = await fixture();
    sides.routines.set("EditArray", () => ({ count: 1, returnValue: 0 }));
    const items = [list(1, 11), list(2, 22)];
    const answer = await sides.call("EditArray", { count: 2, items });
    expect(answer).toMatchObject({ count: 1, items: [{ value: 1, next: { value: 11 } }] });
    expect(sides.server.orphaned.map((each) => each.path)).toEqual(["EditArray.items[1].next"]);
    expect(sides.server).toMatchObject({ allocations: 3, frees: 2, liveCount: 1 });
    expect(paths(sides)).toEqual(["EditArray.items[1].next"]);
  });
});
