/** M31: calls whose nodes lie in linear memory: capacities (M15), running out in every place (M3), growth in mid-call, hostile data. */
import { describe, expect, it } from "vitest";
import { freeReferents, linearMemory, managedMemory, trackMemory } from "../../runtime/index.ts";
import type { LinearMemory, MidlUserMemory } from "../../runtime/index.ts";
import { int32ArrayNode } from "../../runtime/memory/array-node.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../support/stub-harness.ts";
import { property } from "../support/vector-values.ts";
import { nodeType } from "./call-support.ts";
import { LINEAR_IDL } from "./linear-idl.ts";
import { allocated, plain } from "./memories.ts";
import { bufferHeap, growingHeap, sharedHeap, testHeap, webAssemblyMemory } from "./test-heap.ts";

const compiled = compileIdl("linear", LINEAR_IDL);
const little = { ndr64: false, littleEndian: true };
const OPNUMS: Readonly<Record<string, number>> = { Use: 0, Sum: 1, Fill: 2 };

type Manager = (request: Record<string, unknown>) => unknown;

/** A call as the client and the server make it, each with a pair. */
async function call(
  operation: string,
  request: object,
  manager: Manager,
  client: MidlUserMemory = managedMemory(),
  server: MidlUserMemory = managedMemory(),
): Promise<unknown> {
  const { exports } = await compiled;
  const halves = clientHalves(exports, operation, request);
  const w = writer();
  halves.marshal(w);
  const answer = writer();
  const opnum = OPNUMS[operation] ?? 0;
  await serve(exports, opnum, reader(w.octets(), little, server), answer, (received) => manager(recordOf(received)));
  const r = reader(answer.octets(), little, client);
  try {
    return r.settle(halves.unmarshal(r));
  } catch (error) {
    r.abandon();
    throw error;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new Error("no object");
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const ITEM = { value: 1, next: null, name: "first" };

/** A value of every kind of member. */
const EVERYTHING = {
  which: 2,
  choice: { discriminant: 2, text: "in the arm" },
  tagged: { discriminant: 8, text: "tagged" },
  number: 5,
  narrow: "narrow",
  sized: "sized",
  room: 8,
  count: 2,
  items: [ITEM, { value: 2, next: { value: 3, next: null, name: null }, name: "second" }],
  numbers: Int32Array.of(7, -7),
  names: ["a", null],
  pointers: [null, { value: 4, next: null, name: "pointed to" }],
  pair: [ITEM, ITEM],
  first: { value: 6, next: null, name: "embedded" },
  one: { value: 8, next: null, name: "one" },
};

const TAILED = { count: 2, items: [ITEM, ITEM] };

const HEAPS = [
  ["an ArrayBuffer", bufferHeap],
  ["a SharedArrayBuffer", sharedHeap],
  ["a growing WebAssembly.Memory", growingHeap],
] as const;

describe.each(HEAPS)("M31: calls with nodes in %s", (_name, makeHeap) => {
  it("every kind of member arrives and comes back", async () => {
    const { exports } = await compiled;
    const serverHeap = makeHeap();
    const server = trackMemory(linearMemory(serverHeap));
    const clientHeap = makeHeap();
    const client = linearMemory(clientHeap);
    const all = allocated(client, nodeType(exports, "EVERYTHING"), EVERYTHING);
    expect(plain(all)).toEqual(EVERYTHING);
    const before = clientHeap.allocations;
    let seen: unknown;
    const answer = await call(
      "Use",
      { all, tailed: TAILED },
      (request) => {
        seen = plain(request);
        return { returnValue: 0 };
      },
      client,
      server,
    );
    expect(seen).toEqual({ all: EVERYTHING, tailed: TAILED });
    expect(property(answer, "all")).toBe(all);
    expect(plain(all)).toEqual(EVERYTHING);
    // M14: nothing is allocated for what is there.
    expect(clientHeap.allocations).toBe(before);
    expect(server).toMatchObject({ liveCount: 0, doubleFrees: 0, foreignFrees: 0 });
    expect(serverHeap.blocks.size).toBe(0);
    freeReferents(nodeType(exports, "EVERYTHING"), all, client);
    expect(clientHeap.blocks.size).toBe(0);
    serverHeap.check();
    clientHeap.check();
  });

  it("M3: on the server, running out at every block in turn frees everything", async () => {
    const heap = makeHeap();
    const memory = trackMemory(linearMemory(heap));
    let blocks = 0;
    for (;;) {
      heap.failAfter(blocks);
      const outcome = await call(
        "Use",
        { all: EVERYTHING, tailed: TAILED },
        () => ({ returnValue: 0 }),
        undefined,
        memory,
      ).then(
        () => "done",
        (error: unknown) => property(error, "name"),
      );
      expect(heap.blocks.size).toBe(0);
      expect(memory.liveCount).toBe(0);
      if (outcome === "done") break;
      expect(outcome).toBe("RPC_S_SERVER_OUT_OF_MEMORY");
      blocks++;
    }
    expect(blocks).toBeGreaterThan(20);
    heap.check();
  });

  it("M3: on the client, running out at every block in turn leaves existing storage without what came", async () => {
    const { exports } = await compiled;
    const heap = makeHeap();
    const pair = linearMemory(heap);
    const memory = trackMemory(pair);
    const empty = {
      ...EVERYTHING,
      which: 1,
      choice: { discriminant: 1, number: 0n },
      tagged: { discriminant: 7, number: 0 },
      number: null,
      narrow: null,
      sized: null,
      room: 0,
      count: 0,
      items: null,
      numbers: null,
      names: null,
      pointers: null,
      pair: [0, 1].map(() => ({ value: 0, next: null, name: null })),
      first: { value: 0, next: null, name: null },
      one: null,
    };
    for (let blocks = 0; ; blocks++) {
      heap.failAfter(Infinity);
      const all = recordOf(allocated(pair, nodeType(exports, "EVERYTHING"), empty));
      const size = heap.blocks.size;
      heap.failAfter(blocks);
      const outcome = await call("Use", { all }, () => ({ all: EVERYTHING, returnValue: 0 }), memory).then(
        () => "done",
        (error: unknown) => property(error, "name"),
      );
      if (outcome === "done") {
        expect(plain(all)).toEqual(EVERYTHING);
        expect(blocks).toBeGreaterThan(15);
        break;
      }
      expect(outcome).toBe("RPC_S_OUT_OF_MEMORY");
      expect(memory.liveCount).toBe(0);
      expect(heap.blocks.size).toBe(size);
      for (const name of ["number", "narrow", "sized", "items", "numbers", "names", "pointers", "one"])
        expect(all[name]).toBeNull();
      pair.midl_user_free(all);
    }
    heap.check();
  });
});

/** Room for three in every array, of which two are used; but for what `smaller` says. */
async function existing(memory: LinearMemory, smaller: object): Promise<Record<string, unknown>> {
  const three = {
    ...EVERYTHING,
    count: 3,
    items: [ITEM, ITEM, ITEM],
    numbers: Int32Array.of(7, -7, 0),
    names: ["a", "b", "c"],
    pointers: [null, null, null],
    ...smaller,
  };
  const all = recordOf(allocated(memory, nodeType((await compiled).exports, "EVERYTHING"), three));
  all["count"] = 2;
  return all;
}

/** Three elements in every array. */
const THREE = {
  ...EVERYTHING,
  count: 3,
  items: [0, 0, 0].map(() => ({ value: 9, next: null, name: null })),
  numbers: new Int32Array(3),
  names: ["x", "y", "z"],
  pointers: [null, null, null],
};

describe("M15: existing storage in linear memory is not overrun", () => {
  it.each<[string, object, object, (all: Record<string, unknown>) => unknown, unknown]>([
    ["an unsized string", { narrow: "short" }, { narrow: "longer" }, (all) => all["narrow"], "short"],
    ["a sized string", {}, { sized: "123456789", room: 10 }, (all) => all["sized"], "sized"],
    [
      "a string in the element of an array",
      {},
      { pair: [ITEM, { ...ITEM, name: "a longer one" }] },
      (all) => property(property(all["pair"], "1"), "name"),
      "first",
    ],
    ["an array of numbers", { numbers: Int32Array.of(7, -7) }, {}, (all) => all["numbers"], Int32Array.of(7, -7)],
    ["an array of structs", { items: [ITEM, ITEM] }, {}, (all) => all["items"], [ITEM, ITEM]],
    ["an array of strings", { names: ["a", "b"] }, {}, (all) => all["names"], ["a", "b"]],
  ])("%s", async (_title, smaller, change, look, before) => {
    const heap = bufferHeap();
    const memory = linearMemory(heap);
    const all = await existing(memory, smaller);
    const allocations = heap.allocations;
    const run = call("Use", { all }, () => ({ all: { ...THREE, ...change }, returnValue: 0 }), memory);
    await expect(run).rejects.toMatchObject({ name: "RPC_X_BAD_STUB_DATA", message: matching("fit into") });
    all["count"] = 2;
    expect(plain(look(all))).toEqual(before);
    expect(heap.allocations).toBe(allocations);
    heap.check();
  });

  it("what fits is written in place, and fewer elements make the array shorter", async () => {
    const { exports } = await compiled;
    const heap = bufferHeap();
    const memory = linearMemory(heap);
    const all = recordOf(allocated(memory, nodeType(exports, "EVERYTHING"), EVERYTHING));
    const { items, numbers } = all;
    const before = heap.allocations;
    const answer = {
      ...EVERYTHING,
      narrow: "short",
      count: 1,
      items: [{ value: 9, next: null, name: "9" }],
      numbers: Int32Array.of(9),
      names: ["9"],
      pointers: [null],
    };
    await call("Use", { all }, () => ({ all: answer, returnValue: 0 }), memory);
    expect(heap.allocations).toBe(before);
    expect(plain(all)).toEqual({ ...answer, pointers: [null] });
    expect(all["items"]).toBe(items);
    expect(numbers).toEqual(Int32Array.of(9, -7));
  });

  it("that C code made has the room that its size said before the reply", async () => {
    const heap = bufferHeap();
    const memory = linearMemory(heap);
    const all = await existing(memory, {});
    const octets = new DataView("buffer" in heap.memory ? heap.memory.buffer : heap.memory);
    // The pointer `numbers` lies at offset 88; nothing has looked at what it refers to now.
    octets.setBigUint64(memory.addressOf(all) + 88, BigInt(heap.malloc(8)), true);
    const run = call("Use", { all }, () => ({ all: THREE, returnValue: 0 }), memory);
    await expect(run).rejects.toMatchObject({ name: "RPC_X_BAD_STUB_DATA", message: matching("fit into the 2") });
    heap.check();
  });
});

describe("M31: memory that grows in mid-call", () => {
  it("keeps the arrays of numbers of the request current, for the manager and for the stub", async () => {
    const pages = webAssemblyMemory({ initial: 1 });
    const heap = testHeap(pages);
    const server = trackMemory(linearMemory(heap));
    const answer = await call(
      "Fill",
      { count: 3, numbers: Int32Array.of(1, 2, 3) },
      async (request) => {
        const stale = request["numbers"];
        await Promise.resolve();
        pages.grow(1);
        expect(stale).toHaveLength(0);
        const { numbers } = request;
        expect(numbers).toEqual(Int32Array.of(1, 2, 3));
        if (numbers instanceof Int32Array) numbers[1] = 20;
        pages.grow(1);
        return { items: null, returnValue: 0 };
      },
      undefined,
      server,
    );
    expect(property(answer, "numbers")).toEqual(Int32Array.of(1, 20, 3));
    expect(server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0, foreignFrees: 0 });
    expect(heap.blocks.size).toBe(0);
  });

  it("a manager may return the array that it was given, and leave a stale one", async () => {
    const pages = webAssemblyMemory({ initial: 1 });
    const heap = testHeap(pages);
    const answer = await call(
      "Fill",
      { count: 2, numbers: Int32Array.of(1, 2) },
      (request) => {
        const { numbers } = request;
        pages.grow(1);
        return { numbers, items: null, returnValue: 0 };
      },
      undefined,
      linearMemory(heap),
    );
    expect(property(answer, "numbers")).toEqual(Int32Array.of(1, 2));
    expect(heap.blocks.size).toBe(0);
  });

  it("on the client: the array that the caller passed, and the one in the response", async () => {
    const heap = growingHeap();
    const client = trackMemory(linearMemory(heap));
    const numbers = client.midl_user_allocate(8, int32ArrayNode);
    numbers?.set([1, 2]);
    // Another block: the array that the caller has is detached from the memory before the call.
    const other = client.midl_user_allocate(8, int32ArrayNode);
    expect(numbers).toHaveLength(0);
    const answer = await call(
      "Fill",
      { count: 2, numbers },
      (request) => {
        expect(request["numbers"]).toEqual(Int32Array.of(1, 2));
        return { numbers: Int32Array.of(5, 6), items: EVERYTHING.one, returnValue: 0 };
      },
      client,
    );
    // What came after it made the memory grow once more.
    expect(property(answer, "numbers")).toEqual(Int32Array.of(5, 6));
    expect(plain(property(answer, "items"))).toEqual(EVERYTHING.one);
    client.midl_user_free(recordOf(numbers));
    client.midl_user_free(recordOf(other));
    freeReferents(nodeType((await compiled).exports, "ITEM"), recordOf(property(answer, "items")), client);
    expect(client).toMatchObject({ liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    expect(heap.blocks.size).toBe(0);
  });

  it("shared memory grows without detaching what is there", async () => {
    const pages = webAssemblyMemory({ initial: 1, maximum: 4, shared: true });
    const { exports } = await compiled;
    const memory = linearMemory(
      testHeap(pages, (end) => {
        while (end > pages.buffer.byteLength) pages.grow(1);
      }),
    );
    const type = nodeType(exports, "ITEM");
    const first = recordOf(allocated(memory, type, { ...ITEM, name: "x".repeat(30_000) }));
    const second = recordOf(allocated(memory, type, { value: 2, next: null, name: "y".repeat(30_000) }));
    first["next"] = second;
    expect(plain(property(first["next"], "name"))).toBe("y".repeat(30_000));
    expect(first["name"]).toBe("x".repeat(30_000));
  });
});

/** Part of a message, as the matcher of vitest without its any. */
function matching(part: string): unknown {
  return expect.stringContaining(part);
}
