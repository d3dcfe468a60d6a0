/** M31: nodes of linear memory as they show themselves, and what becomes of their blocks. */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { freeReferents, linearMemory } from "../../runtime/index.ts";
import type { LinearMemory, NodeType } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { nodeType } from "./call-support.ts";
import { LINEAR_IDL } from "./linear-idl.ts";
import { plain } from "./memories.ts";
import { bufferHeap, sharedHeap, testHeap } from "./test-heap.ts";
import type { TestHeap } from "./test-heap.ts";

type Node = Record<string, unknown>;

interface Linear {
  readonly memory: LinearMemory;
  readonly heap: TestHeap;
  readonly type: (name: string) => NodeType<object>;
  /** A node from the pair, filled. */
  readonly make: (name: string, value?: object, more?: number) => Node;
  /** The memory as C code sees it. */
  readonly octets: DataView;
}

async function linear(heap: TestHeap = bufferHeap()): Promise<Linear> {
  const { exports } = await compileIdl("linear", LINEAR_IDL);
  const memory = linearMemory(heap);
  const type = (name: string): NodeType<object> => nodeType(exports, name);
  return {
    memory,
    heap,
    type,
    make(name, value = {}, more = 0) {
      const node = memory.midl_user_allocate(type(name).size + more, type(name));
      if (!isNode(node)) throw new Error("no node");
      return Object.assign(node, value);
    },
    get octets() {
      return new DataView("buffer" in heap.memory ? heap.memory.buffer : heap.memory);
    },
  };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function node(value: unknown): Node {
  if (!isNode(value)) throw new Error("no node");
  return value;
}

/** Offsets under /env win64, by hand. */
const ITEM = { value: 0, next: 8, name: 16, size: 24 };

describe("M31: a node", () => {
  it("is one object for an address and a type", async () => {
    const { memory, make, type } = await linear();
    const next = make("ITEM", { value: 2 });
    const item = make("ITEM", { value: 1, next });
    expect(item["next"]).toBe(next);
    expect(type("ITEM").at(memory.heap, memory.addressOf(item), ITEM.size)).toBe(item);
    const all = make("EVERYTHING");
    expect(all["first"]).toBe(all["first"]);
    expect(property(all["pair"], "1")).toBe(property(all["pair"], "1"));
    all["one"] = all["first"];
    expect(all["one"]).toBe(all["first"]);
    expect(all["one"]).not.toBe(item);
  });

  it("has accessors for fields, and is JSON and print of its fields", async () => {
    const { make } = await linear();
    const item = make("ITEM", { value: 1, next: make("ITEM", { value: 2 }), name: "n" });
    expect("value" in item).toBe(true);
    expect("other" in item).toBe(false);
    expect(JSON.stringify(item)).toBe('{"value":1,"next":{"value":2,"next":null,"name":null},"name":"n"}');
    expect(inspect(item)).toBe("{ value: 1, next: { value: 2, next: null, name: null }, name: 'n' }");
    const names: string[] = [];
    for (const name in item) names.push(name);
    expect(names).toEqual(["value", "next", "name"]);
    expect(item.constructor.name).toBe("ITEM");
  });

  it("throws once it was freed, and so does what lies in it; freeing twice does nothing", async () => {
    const { memory, make, heap } = await linear();
    const all = make("EVERYTHING");
    const { first, pair } = all;
    memory.midl_user_free(all);
    memory.midl_user_free(all);
    expect(() => all["which"]).toThrow(new TypeError("EVERYTHING: the node was freed"));
    expect(() => node(first)["value"]).toThrow(new TypeError("ITEM: the node was freed"));
    expect(() => property(pair, "0")).toThrow(/the node was freed/);
    expect(() => memory.addressOf(all)).toThrow(/the node was freed/);
    expect(heap.blocks.size).toBe(0);
  });

  it("that lies in another's block, and an object that is no node, are not freed by themselves", async () => {
    const { memory, make, heap } = await linear();
    const all = make("EVERYTHING");
    memory.midl_user_free(node(all["first"]));
    memory.midl_user_free({});
    memory.midl_user_free(new Uint8Array(4));
    expect(heap.blocks.size).toBe(1);
    expect(property(all["first"], "value")).toBe(0);
  });

  it("placed inside a block goes with the block, its strings as well", async () => {
    const { memory, make, type, heap } = await linear();
    const block = make("TAILED", {}, 2 * ITEM.size);
    const placed = node(type("ITEM").place(block, 8, ITEM.size));
    expect(memory.addressOf(placed)).toBe(memory.addressOf(block) + 8);
    placed["name"] = "inside";
    expect(heap.blocks.size).toBe(2);
    expect(() => type("ITEM").place(block, 40, ITEM.size)).toThrow(
      new RangeError("ITEM: 24 octets at 40 do not lie inside a block of 56 octets"),
    );
    memory.midl_user_free(placed);
    memory.midl_user_free(block);
    expect(heap.blocks.size).toBe(0);
    expect(() => placed["name"]).toThrow(/freed/);
    heap.check();
  });
});

describe("M31: pointers to nodes", () => {
  it("refer to nodes of the same heap alone", async () => {
    const { make } = await linear();
    const other = await linear();
    const item = make("ITEM");
    const set = (value: unknown) => () => {
      item["next"] = value;
    };
    expect(set({ value: 1, next: null, name: null })).toThrow(
      new TypeError(
        "ITEM.next: linear memory cannot point to an object outside it; allocate the node from the pair (allocateNode, midl_user_allocate)",
      ),
    );
    expect(set(other.make("ITEM"))).toThrow(
      new TypeError("ITEM.next: a node of another heap; allocate it from the pair whose node points to it"),
    );
    expect(set(make("TAILED"))).toThrow(new TypeError("ITEM.next: a node of type TAILED where ITEM is pointed to"));
    expect(set(5)).toThrow(new TypeError("ITEM.next: 5 where a node or null is wanted"));
    expect(item["next"]).toBeNull();
    set(undefined)();
    expect(item["next"]).toBeNull();
  });

  it("that C code set are nodes as any other, and freed as any other", async () => {
    const { memory, make, heap, octets, type } = await linear();
    const head = make("ITEM", { value: 1 });
    const made = heap.malloc(ITEM.size);
    const text = heap.malloc(6);
    octets.setInt32(made + ITEM.value, 42, true);
    octets.setBigUint64(made + ITEM.next, 0n, true);
    octets.setBigUint64(made + ITEM.name, BigInt(text), true);
    for (const [index, unit] of [0x43, 0x21, 0].entries()) octets.setUint16(text + 2 * index, unit, true);
    octets.setBigUint64(memory.addressOf(head) + ITEM.next, BigInt(made), true);
    expect(plain(head)).toEqual({ value: 1, next: { value: 42, next: null, name: "C!" }, name: null });
    expect(head["next"]).toBe(head["next"]);
    freeReferents(type("ITEM"), head, memory);
    expect(heap.blocks.size).toBe(0);
  });

  it.each([
    ["misaligned", 0x1004, /^ITEM: 0x1004 is no multiple of its alignment, 8$/],
    ["beyond the memory", 0xffff8, /^ITEM: 24 octets at 0xffff8 do not lie inside the memory$/],
    ["beyond every memory", 2 ** 60, /^ITEM: \d+ is no multiple of its alignment, 8$/],
  ])("that are wild are an error and no access: %s", async (_title, address, message) => {
    const { memory, make, octets } = await linear();
    const item = make("ITEM");
    octets.setBigUint64(memory.addressOf(item) + ITEM.next, BigInt(address), true);
    expect(() => item["next"]).toThrow(message);
  });

  it("to strings and scalars that are wild are an error and no access", async () => {
    const { memory, make, octets } = await linear();
    const item = make("ITEM");
    octets.setBigUint64(memory.addressOf(item) + ITEM.name, 0xfff_fff0n, true);
    expect(() => item["name"]).toThrow(new RangeError("ITEM.name: 0xffffff0 does not lie inside the memory"));
  });
});

describe("value referents in linear memory", () => {
  it("have blocks of their own: allocated when assigned, used again while they fit, freed on null and with the parent", async () => {
    const { memory, make, heap } = await linear();
    const all = make("EVERYTHING");
    all["narrow"] = "four";
    all["number"] = 5;
    expect(heap.blocks.size).toBe(3);
    const before = heap.allocations;
    all["narrow"] = "two";
    all["number"] = -6;
    expect(heap.allocations).toBe(before);
    expect(all).toMatchObject({ narrow: "two", number: -6 });
    all["narrow"] = "longer than four";
    expect(heap.allocations).toBe(before + 1);
    expect(heap.blocks.size).toBe(3);
    all["number"] = null;
    expect(heap.blocks.size).toBe(2);
    expect(all["number"]).toBeNull();
    memory.midl_user_free(all);
    expect(heap.blocks.size).toBe(0);
    heap.check();
  });

  it("a sized string has the room that its size says", async () => {
    const { memory, make, heap } = await linear();
    const all = make("EVERYTHING", { room: 10 });
    all["sized"] = "ab";
    expect([...heap.blocks.values()].at(-1)).toBe(20);
    all["room"] = 0x7fff_ffff;
    all["sized"] = null;
    expect(() => {
      all["sized"] = "ab";
    }).toThrow(/EVERYTHING\.sized: 4294967294 octets for a string of 6/);
    expect(all["sized"]).toBeNull();
    memory.midl_user_free(all);
    expect(heap.blocks.size).toBe(0);
  });

  it("lone surrogates, all of latin1 and the empty string survive; what 8 bits cannot hold is refused", async () => {
    const { make } = await linear();
    const item = make("ITEM");
    const all = make("EVERYTHING");
    for (const text of ["", "\ud800x", "\u00ff\u4e2d\u{1f600}", "a".repeat(3000)]) {
      item["name"] = text;
      expect(item["name"]).toBe(text);
    }
    all["narrow"] = "\u00e9\u00ff";
    expect(all["narrow"]).toBe("\u00e9\u00ff");
    expect(() => {
      all["narrow"] = "\u4e2d";
    }).toThrow(/characters that an 8-bit string cannot hold/);
    expect(() => {
      item["name"] = "a\0b";
    }).toThrow(new TypeError("ITEM.name: a string with a null character inside"));
    expect(() => {
      item["name"] = 7;
    }).toThrow(new TypeError("ITEM.name: number is not a string"));
  });

  it("that C code moved to another pointer are freed with that", async () => {
    const { memory, make, heap, octets } = await linear();
    const from = make("ITEM", { name: "moved" });
    const to = make("ITEM");
    const at = memory.addressOf(from) + ITEM.name;
    octets.setBigUint64(memory.addressOf(to) + ITEM.name, octets.getBigUint64(at, true), true);
    octets.setBigUint64(at, 0n, true);
    memory.midl_user_free(from);
    expect(to["name"]).toBe("moved");
    memory.midl_user_free(to);
    expect(heap.blocks.size).toBe(0);
  });

  it("that two pointers share are freed once", async () => {
    const { memory, make, heap, octets } = await linear();
    const one = make("ITEM", { name: "shared" });
    const two = make("ITEM");
    const pointer = octets.getBigUint64(memory.addressOf(one) + ITEM.name, true);
    octets.setBigUint64(memory.addressOf(two) + ITEM.name, pointer, true);
    memory.midl_user_free(two);
    expect(one["name"]).toBe("shared");
    memory.midl_user_free(one);
    expect(heap.blocks.size).toBe(0);
  });

  it("running out of storage for one is RPC_S_OUT_OF_MEMORY and leaves what was there", async () => {
    const { make, heap } = await linear();
    const item = make("ITEM", { name: "old" });
    heap.failAfter(0);
    expect(() => {
      item["name"] = "a longer one";
    }).toThrow(expect.objectContaining({ name: "RPC_S_OUT_OF_MEMORY" }));
    expect(item["name"]).toBe("old");
  });

  it("releaseValues frees them and makes the pointers null", async () => {
    const { make, heap, type } = await linear();
    const all = make("EVERYTHING", { narrow: "n", number: 1, which: 2 });
    node(all["choice"])["text"] = "in the arm";
    node(property(all["pair"], "1"))["name"] = "in an element";
    expect(heap.blocks.size).toBe(5);
    type("EVERYTHING").releaseValues(all);
    expect(heap.blocks.size).toBe(1);
    expect(all).toMatchObject({ narrow: null, number: null });
    expect(plain(all["choice"])).toEqual({ discriminant: 2, text: null });
    expect(property(property(all["pair"], "1"), "name")).toBeNull();
  });
});

describe("M31: unions in linear memory", () => {
  it("have the arm of their discriminant, which `in` tells, and begin another arm as zeroes", async () => {
    const { make, heap } = await linear();
    const all = make("EVERYTHING");
    const choice = node(all["choice"]);
    // No case has 0: the default arm has.
    expect(plain(choice)).toEqual({ discriminant: "default", discriminantValue: 0, other: 0 });
    all["which"] = 1;
    expect("number" in choice).toBe(true);
    expect("other" in choice).toBe(false);
    choice["number"] = -1n;
    all["choice"] = { discriminant: 2, text: "arm" };
    expect(all["choice"]).toBe(choice);
    expect(plain(choice)).toEqual({ discriminant: 2, text: "arm" });
    expect(heap.blocks.size).toBe(2);
    all["which"] = 3;
    expect(plain(all["choice"])).toEqual({ discriminant: 3, text: "arm" });
    all["which"] = 1;
    expect(heap.blocks.size).toBe(1);
    expect(plain(all["choice"])).toEqual({ discriminant: 1, number: 0n });
    all["choice"] = { discriminant: 5, embedded: { value: 3, next: null, name: "e" } };
    expect(plain(choice)).toEqual({ discriminant: 5, embedded: { value: 3, next: null, name: "e" } });
    all["choice"] = { discriminant: "default", discriminantValue: 99, other: 4 };
    expect(plain(choice)).toEqual({ discriminant: "default", discriminantValue: 99, other: 4 });
    expect(heap.blocks.size).toBe(1);
  });

  it("follow what C code says", async () => {
    const { memory, make, octets } = await linear();
    const all = make("EVERYTHING", { which: 1, choice: { discriminant: 1, number: 0x0102n } });
    octets.setInt32(memory.addressOf(all), 77, true);
    expect(plain(all["choice"])).toEqual({ discriminant: "default", discriminantValue: 77, other: 0x0102 });
    const tagged = make("TAGGED");
    expect(plain(tagged)).toEqual({ discriminant: 7, number: 0 });
    octets.setInt16(memory.addressOf(tagged), 8, true);
    expect(plain(tagged)).toEqual({ discriminant: 8, text: null });
    octets.setInt16(memory.addressOf(tagged), 9, true);
    expect(tagged["discriminant"]).toBe(9);
    expect("text" in tagged).toBe(false);
  });

  it.each<[string, object, string]>([
    ["no arm", { discriminant: 1.5 }, "EVERYTHING.choice: no arm of CHOICE for 1.5"],
    ["no discriminant", {}, "EVERYTHING.choice: undefined is no discriminant of a CHOICE"],
  ])("refuse %s", async (_title, value, message) => {
    const { make } = await linear();
    const all = make("EVERYTHING");
    expect(() => {
      all["choice"] = value;
    }).toThrow(new TypeError(message));
  });
});

describe("M31: arrays in linear memory", () => {
  it("of structs are arrays, with the room of their block", async () => {
    const { memory, type, heap } = await linear();
    const { exports } = await compileIdl("linear", LINEAR_IDL);
    const array = memory.midl_user_allocate(3 * ITEM.size, nodeType(exports, "ITEMArray"));
    if (!Array.isArray(array)) throw new Error("no array");
    const items: unknown[] = array;
    expect(items).toHaveLength(3);
    expect(Object.keys(items)).toEqual(["0", "1", "2"]);
    items[1] = { value: 5, next: null, name: "five" };
    expect(plain(items[1])).toEqual({ value: 5, next: null, name: "five" });
    expect(items.map((item) => property(item, "value"))).toEqual([0, 5, 0]);
    expect([...items].findIndex((item) => item === items[1])).toBe(1);
    items.length = 1;
    expect(items.pop()).toBe(type("ITEM").at(memory.heap, memory.addressOf(items), ITEM.size));
    items.push({ value: 9, next: null, name: null });
    expect(JSON.stringify(items)).toBe('[{"value":9,"next":null,"name":null}]');
    expect(() => {
      items[3] = { value: 1, next: null, name: null };
    }).toThrow(new RangeError("ITEM[]: 4 elements where the block has room for 3"));
    expect(() => structuredClone(items)).toThrow();
    memory.midl_user_free(items);
    expect(heap.blocks.size).toBe(0);
    heap.check();
  });

  it("are looked through with the length that they have at each step, each element the one that its index gives", async () => {
    const { memory } = await linear();
    const { exports } = await compileIdl("linear", LINEAR_IDL);
    const array = memory.midl_user_allocate(4 * ITEM.size, nodeType(exports, "ITEMArray"));
    if (!Array.isArray(array)) throw new Error("no array");
    const items: unknown[] = array;
    const seen: unknown[] = [];
    for (const item of items) {
      seen.push(item);
      if (seen.length === 2) items.length = 3;
    }
    expect(seen).toHaveLength(3);
    expect(seen.every((item, index) => item === items[index])).toBe(true);
    const [first, ...rest] = items;
    expect([first, rest.length]).toEqual([seen[0], 2]);
  });

  it("behind a sized pointer have the length that the size says, up to the room of the block", async () => {
    const { make, memory, octets } = await linear();
    const { exports } = await compileIdl("linear", LINEAR_IDL);
    const items = memory.midl_user_allocate(3 * ITEM.size, nodeType(exports, "ITEMArray"));
    const all = make("EVERYTHING");
    all["items"] = items;
    expect(all["items"]).toHaveLength(3);
    all["count"] = 2;
    expect(all["items"]).toBe(items);
    expect(all["items"]).toHaveLength(2);
    all["count"] = 100;
    expect(all["items"]).toHaveLength(3);
    const at = memory.addressOf(all);
    for (let offset = 0; offset < 200; offset += 4)
      if (octets.getUint32(at + offset, true) === 100) octets.setUint32(at + offset, 1, true);
    expect(all["items"]).toHaveLength(1);
  });

  it("that C code made have the length that the size says", async () => {
    const { make, memory, octets, heap } = await linear();
    const all = make("EVERYTHING", { count: 2 });
    const numbers = heap.malloc(8);
    octets.setInt32(numbers, -7, true);
    octets.setInt32(numbers + 4, 8, true);
    const names = heap.malloc(16);
    octets.setBigUint64(names, 0n, true);
    octets.setBigUint64(names + 8, 0n, true);
    const pointers = pointerOffsets(all, memory, octets);
    octets.setBigUint64(pointers.numbers, BigInt(numbers), true);
    octets.setBigUint64(pointers.names, BigInt(names), true);
    expect(all["numbers"]).toEqual(Int32Array.of(-7, 8));
    expect(all["names"]).toEqual([null, null]);
    Reflect.set(node(all["names"]), "1", "made here");
    expect(all["names"]).toEqual([null, "made here"]);
    octets.setBigUint64(pointers.numbers, 0xfff8n, true);
    all["count"] = 0x1000_0000;
    expect(() => all["numbers"]).toThrow(/octets at 0xfff8 do not lie inside the memory/);
  });

  it("in a struct are copied into, and the rest is zeroes", async () => {
    const { make, heap } = await linear();
    const all = make("EVERYTHING");
    all["pair"] = [
      { value: 1, next: null, name: "one" },
      { value: 2, next: null, name: "two" },
    ];
    const { pair } = all;
    all["pair"] = [{ value: 3, next: null, name: null }];
    expect(all["pair"]).toBe(pair);
    expect(plain(pair)).toEqual([
      { value: 3, next: null, name: null },
      { value: 0, next: null, name: null },
    ]);
    expect(heap.blocks.size).toBe(1);
    expect(() => {
      all["pair"] = [{}, {}, {}];
    }).toThrow(new RangeError("EVERYTHING.pair: 3 elements do not fit into 2"));
    all["first"] = property(pair, "0");
    expect(property(all["first"], "value")).toBe(3);
  });

  it("at the end of a struct that C code made are as long as the struct says", async () => {
    const { memory, heap, octets, type } = await linear();
    const at = heap.malloc(8 + 2 * ITEM.size);
    for (let offset = 0; offset < 8 + 2 * ITEM.size; offset += 8) octets.setBigUint64(at + offset, 0n, true);
    octets.setUint32(at, 2, true);
    octets.setInt32(at + 8 + ITEM.size, 6, true);
    const tailed = node(type("TAILED").at(memory.heap, at, 8 + 2 * ITEM.size));
    expect(plain(tailed["items"])).toEqual([
      { value: 0, next: null, name: null },
      { value: 6, next: null, name: null },
    ]);
    freeReferents(type("TAILED"), tailed, memory);
    expect(heap.blocks.size).toBe(0);
  });
});

/** Where the pointers lie: found by setting them. */
function pointerOffsets(all: Node, memory: LinearMemory, octets: DataView): { numbers: number; names: number } {
  // which 0, choice 8 (24 octets), tagged 32 (16), number 48, narrow 56, sized 64, room 72, count 76, items 80, numbers 88, names 96
  const at = memory.addressOf(all);
  expect(octets.getUint32(at + 76, true)).toBe(2);
  return { numbers: at + 88, names: at + 96 };
}

describe("M31: the memory itself", () => {
  it("may be shared", async () => {
    const { make, heap } = await linear(sharedHeap());
    const item = make("ITEM", { value: 1, name: "shared \u4e2d" });
    expect(plain(item)).toEqual({ value: 1, next: null, name: "shared \u4e2d" });
    heap.check();
  });

  it("is no view of a buffer", () => {
    const memory = new Uint8Array(64);
    expect(() => linearMemory({ memory, malloc: () => 0, free: () => undefined })).toThrow(
      new TypeError(
        "linearMemory wants an ArrayBuffer, a SharedArrayBuffer or a WebAssembly.Memory, and no view of one",
      ),
    );
  });

  it.each<[string, number, RegExp]>([
    ["no multiple of 8", 12, /^malloc returned 0xc, which is no multiple of 8$/],
    ["beyond the memory", 0x10_0000, /^0x100018 is beyond the end of a memory of 65536 octets$/],
  ])("what malloc returns is looked at: %s", async (_title, address, message) => {
    const { exports } = await compileIdl("linear", LINEAR_IDL);
    const given: number[] = [];
    const memory = linearMemory({
      memory: new ArrayBuffer(0x1_0000),
      malloc: () => address,
      free: (block) => given.push(block),
    });
    const type = nodeType(exports, "ITEM");
    expect(() => memory.midl_user_allocate(type.size, type)).toThrow(message);
    expect(() => memory.midl_user_allocate(type.size - 1, type)).toThrow(
      new RangeError("ITEM: 23 octets where a node has 24"),
    );
  });

  it("that C code freed and gave out again is another node", async () => {
    const buffer = new ArrayBuffer(4096);
    const blocks = [64, 64];
    const heap = testHeap(buffer);
    const { exports } = await compileIdl("linear", LINEAR_IDL);
    const memory = linearMemory({ ...heap, memory: buffer, malloc: () => blocks.pop() ?? 0 });
    const type = nodeType(exports, "ITEM");
    const first = node(memory.midl_user_allocate(type.size, type));
    first["value"] = 1;
    const second = node(memory.midl_user_allocate(type.size, type));
    expect(second["value"]).toBe(0);
    expect(second).not.toBe(first);
    expect(() => first["value"]).toThrow(/freed/);
  });
});
