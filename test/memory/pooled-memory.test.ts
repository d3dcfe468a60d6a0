/** M30: freed nodes are used again, as new as `create` makes them. */
import { describe, expect, it } from "vitest";
import { managedMemory, pooledMemory } from "../../runtime/index.ts";
import type { MidlUserMemory, NodeType } from "../../runtime/index.ts";
import { int64ArrayNode, uint8ArrayNode } from "../../runtime/memory/array-node.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { nodeType } from "./call-support.ts";
import { LINEAR_IDL } from "./linear-idl.ts";

async function types(): Promise<(name: string) => NodeType<object>> {
  const { exports } = await compileIdl("linear", LINEAR_IDL);
  return (name) => nodeType(exports, name);
}

function take(memory: MidlUserMemory, type: NodeType<object>, more = 0): Record<string, unknown> {
  const node = memory.midl_user_allocate(type.size + more, type);
  if (!isRecord(node)) throw new Error("no node");
  return node;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

describe("M30: pooled memory", () => {
  it.each(["ITEM", "CHOICE", "TAGGED", "EVERYTHING", "TAILED"])("gives a freed %s out again, zeroed", async (name) => {
    const type = (await types())(name);
    const memory = pooledMemory();
    const more = name === "TAILED" ? 48 : 0;
    const node = take(memory, type, more);
    const fresh = type.create(type.size + more);
    expect(node).toEqual(fresh);
    for (const key of Object.keys(node)) node[key] = { anything: "else" };
    memory.midl_user_free(node);
    const again = take(memory, type, more);
    expect(again).toBe(node);
    expect(again).toEqual(fresh);
  });

  it("what lies in a node is zeroed where it lies, and what was put there by assignment stays out", async () => {
    const type = (await types())("EVERYTHING");
    const memory = pooledMemory();
    const node = take(memory, type);
    const first = node["first"];
    Object.assign(Object(first), { value: 5, name: "used" });
    Object.assign(Object(property(node["pair"], "1")), { value: 6 });
    node["choice"] = { discriminant: 1, number: 7n };
    const mine = { value: 9, next: null, name: null };
    node["first"] = mine;
    memory.midl_user_free(node);
    const again = take(memory, type);
    expect(again["first"]).toBe(first);
    expect(again).toEqual(type.create(type.size));
    expect(mine).toEqual({ value: 9, next: null, name: null });
  });

  it("an arm that a union got is gone", async () => {
    const type = (await types())("TAGGED");
    const memory = pooledMemory();
    const node = take(memory, type);
    Reflect.deleteProperty(node, "number");
    Object.assign(node, { discriminant: 8, text: "arm" });
    memory.midl_user_free(node);
    expect(Object.keys(take(memory, type)).sort()).toEqual(["discriminant", "number"]);
  });

  it("arrays are kept by length", () => {
    const memory = pooledMemory();
    const octets = memory.midl_user_allocate(4, uint8ArrayNode);
    const numbers = memory.midl_user_allocate(16, int64ArrayNode);
    octets?.fill(7);
    numbers?.fill(7n);
    memory.midl_user_free(given(octets));
    memory.midl_user_free(given(numbers));
    expect(memory.midl_user_allocate(5, uint8ArrayNode)).toEqual(new Uint8Array(5));
    const again = memory.midl_user_allocate(4, uint8ArrayNode);
    expect(again).toBe(octets);
    expect(again).toEqual(new Uint8Array(4));
    expect(memory.midl_user_allocate(16, int64ArrayNode)).toEqual(new BigInt64Array(2));
  });

  it("an array that was made shorter or longer has its elements again", async () => {
    const { exports } = await compileIdl("linear", LINEAR_IDL);
    const type = nodeType(exports, "ITEMArray");
    const memory = pooledMemory();
    const array = memory.midl_user_allocate(48, type);
    if (!Array.isArray(array)) throw new Error("no array");
    array.length = 1;
    array[0] = null;
    array.push(1, 2, 3);
    memory.midl_user_free(array);
    expect(memory.midl_user_allocate(48, type)).toBe(array);
    expect(array).toEqual(type.create(48));
  });

  it("freeing twice, freeing foreign objects and freeing another pool's node do nothing", async () => {
    const type = (await types())("ITEM");
    const memory = pooledMemory();
    const other = pooledMemory();
    const node = take(memory, type);
    other.midl_user_free(node);
    memory.midl_user_free({});
    memory.midl_user_free(type.create(type.size));
    memory.midl_user_free(take(managedMemory(), type));
    memory.midl_user_free(node);
    memory.midl_user_free(node);
    expect(take(memory, type)).toBe(node);
    expect(take(memory, type)).not.toBe(node);
    expect(take(other, type)).not.toBe(node);
  });

  it("keeps no more nodes of a type than it may", async () => {
    const type = (await types())("ITEM");
    const memory = pooledMemory({ nodesPerType: 2 });
    const nodes = [0, 1, 2].map(() => take(memory, type));
    for (const node of nodes) memory.midl_user_free(node);
    const again = new Set([0, 1, 2].map(() => take(memory, type)));
    expect(nodes.filter((node) => again.has(node))).toHaveLength(2);
  });

  it("keeps no more octets than it may: many sizes do not pile up", () => {
    const memory = pooledMemory({ octets: 1000 });
    const kept = memory.midl_user_allocate(600, uint8ArrayNode);
    const late = memory.midl_user_allocate(10, uint8ArrayNode);
    const tooMuch = memory.midl_user_allocate(500, uint8ArrayNode);
    memory.midl_user_free(given(kept));
    memory.midl_user_free(given(tooMuch));
    memory.midl_user_free(given(late));
    expect(memory.midl_user_allocate(600, uint8ArrayNode)).not.toBe(kept);
    expect(memory.midl_user_allocate(10, uint8ArrayNode)).not.toBe(late);
    const fresh = memory.midl_user_allocate(20, uint8ArrayNode);
    memory.midl_user_free(given(fresh));
    expect(memory.midl_user_allocate(20, uint8ArrayNode)).toBe(fresh);
  });
});

/** A node that the pair gave out. */
function given<T extends object>(node: T | null): T {
  if (node === null) throw new Error("no node");
  return node;
}
