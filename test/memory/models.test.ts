/** M23, M24 and force_allocate: where the nodes behind a pointer live, and who frees them. */
import { describe, expect, it } from "vitest";
import { freeReferents } from "../../runtime/index.ts";
import type { MidlUserMemory, NodeType } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { isRecord, limitedMemory, nodeType } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e55), version(1.0), pointer_default(unique)]
interface models
{
    typedef struct _TREE { long value; [string] wchar_t *name; struct _TREE *left; struct _TREE *right; } TREE;
    typedef TREE *BLOCK;
    typedef TREE *KEPT;
    typedef TREE *KEPT_BLOCK;
    typedef struct { unsigned long count; [size_is(count)] long *numbers; } NUMBERS;
    typedef NUMBERS *KEPT_NUMBERS;
    typedef struct { BLOCK block; TREE *plain; } BOTH;

    typedef struct { long size; TREE *next; [size_is(size)] byte octets[]; } BLOB;
    typedef BLOB *BLOB_BLOCK;
    typedef NUMBERS *NUMBERS_BLOCK;
    typedef struct { BLOB_BLOCK blob; NUMBERS_BLOCK more; } BLOBS;

    long Take([in] TREE *tree);
    long TakeBlock([in] BLOCK tree);
    long TakeKept([in] KEPT tree);
    long TakeKeptBlock([in] KEPT_BLOCK tree);
    long TakeBoth([in] BOTH *both);
    long TakeNumbers([in] KEPT_NUMBERS numbers);
    long TakeForced([in] NUMBERS *numbers);
    long Give([out] BLOCK *tree);
    BLOCK Return();
    long Edit([in, out] BLOCK *tree);
    long TakeBlobs([in] BLOBS *blobs);
    typedef [switch_type(long)] union { [case(1)] [string] char *text; [case(2)] hyper *number; } CHOICE;
    typedef struct { [string] char *name; } INNER;
    typedef struct
    {
        unsigned long count;
        unsigned long room;
        long *number;
        [string, size_is(room)] wchar_t *sized;
        [size_is(count), string] wchar_t **names;
        INNER inner;
        INNER pair[2];
        long which;
        [switch_is(which)] CHOICE choice;
    } VALUES;
    typedef VALUES *VALUES_BLOCK;
    long TakeValues([in] VALUES_BLOCK values);
}`;

const ACF = `
[] interface models
{
    typedef [allocate(all_nodes)] BLOCK, BLOB_BLOCK, NUMBERS_BLOCK, VALUES_BLOCK;
    typedef [allocate(dont_free)] KEPT, KEPT_NUMBERS;
    typedef [allocate(all_nodes, dont_free)] KEPT_BLOCK;
    TakeForced([force_allocate] numbers);
}`;

interface Tree {
  value: number;
  name: string | null;
  left: Tree | null;
  right: Tree | null;
}

const compiled = compileIdl("models", IDL, { acf: ACF });

/** A complete binary tree of ordinary objects: 7 nodes for 3 levels. */
function tree(levels: number, value = 1): Tree | null {
  if (levels === 0) return null;
  return { value, name: `n${value}`, left: tree(levels - 1, 2 * value), right: tree(levels - 1, 2 * value + 1) };
}

function treeFrom(memory: MidlUserMemory, type: NodeType<object>, source: Tree | null): object | null {
  if (source === null) return null;
  const node = memory.midl_user_allocate(type.size, type);
  const { value, name } = source;
  return (
    node &&
    Object.assign(node, {
      value,
      name,
      left: treeFrom(memory, type, source.left),
      right: treeFrom(memory, type, source.right),
    })
  );
}

describeMemories((kind) => {
  describe("M23: node by node, and all nodes at once", () => {
    it("M23: node by node costs an allocation and a free for each of 7 nodes", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("Take", () => 0);
      await each.call("Take", { tree: tree(3) });
      expect(each.server).toMatchObject({ allocations: 7, frees: 7, liveCount: 0 });
    });

    it("M23: all_nodes costs one of each, for everything that is reachable, every node at a multiple of 8", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      let live: unknown;
      let given: unknown;
      each.routines.set("TakeBlock", (request) => {
        live = each.server.live.map(({ type, cBytes }) => ({ type, cBytes }));
        given = plain(request["tree"]);
        return 0;
      });
      await each.call("TakeBlock", { tree: tree(3) });
      // Nodes of 32 octets, and strings of 3 UTF-16 units: 6 octets, at multiples of 8.
      expect(live).toEqual([{ type: "TREE", cBytes: 7 * (32 + 8) }]);
      expect(given).toEqual(tree(3));
      expect(each.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0, foreignFrees: 0 });
    });

    it("M23: only behind pointers of that type", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("TakeBoth", () => 0);
      await each.call("TakeBoth", { both: { block: tree(2), plain: tree(2) } });
      expect(each.server).toMatchObject({ allocations: 1 + 1 + 3, frees: 5, liveCount: 0, foreignFrees: 0 });
    });

    it("M23: a null pointer needs no block", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("Edit", () => ({ returnValue: 0 }));
      expect(await each.call("Edit", { tree: null })).toEqual({ tree: null, returnValue: 0 });
      expect(each.server.allocations + each.client.allocations).toBe(0);
    });

    it("M23: on the client the block is the application's, and one free of its root is enough", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("Give", (_request, call) => ({
        tree: treeFrom(call.memory, nodeType(each.exports, "TREE"), tree(3)),
        returnValue: 0,
      }));
      const given = property(await each.call("Give", {}), "tree");
      expect(plain(given)).toEqual(tree(3));
      expect(each.client).toMatchObject({ allocations: 1, liveOctets: 7 * (32 + 8) });
      expect(each.server).toMatchObject({ allocations: 7, frees: 7, liveCount: 0 });
      if (isRecord(given)) each.client.midl_user_free(given);
      expect(each.client).toMatchObject({ liveCount: 0, foreignFrees: 0 });
    });

    it("M23: freeReferents frees a block once, and what was hung on it by itself", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("Return", (_request, call) => treeFrom(call.memory, nodeType(each.exports, "TREE"), tree(2)));
      const type = nodeType(each.exports, "TREE");
      const given = await each.call("Return", {});
      Object.assign(Object(property(given, "left")), { left: treeFrom(each.client, type, tree(1)) });
      freeReferents(type, Object(given), each.client);
      expect(each.client).toMatchObject({ allocations: 2, frees: 2, liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    });

    it("M23: existing storage is not reused: what was there is the application's to free", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("Edit", (request) => {
        if (isRecord(request["tree"])) request["tree"]["value"] = 99;
        return { returnValue: 0 };
      });
      const before = each.make("TREE", tree(2) ?? {});
      const after = property(await each.call("Edit", { tree: before }), "tree");
      expect(after).not.toBe(before);
      expect(plain(after)).toMatchObject({ value: 99, left: { value: 2 } });
      expect(plain(before)).toMatchObject({ value: 1 });
      expect(each.client.orphaned).toEqual([{ node: before, path: "Edit.tree" }]);
      expect(each.client).toMatchObject({ allocations: 1, frees: 0 });
    });

    it("M23: a block may begin with a struct that has a tail", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      let seen: unknown;
      each.routines.set("TakeBlobs", (request) => {
        seen = plain(request);
        return 0;
      });
      const leaf = { value: 7, name: "n", left: null, right: null };
      const blobs = {
        blob: { size: 5, next: leaf, octets: Uint8Array.of(1, 2, 3, 4, 5) },
        more: { count: 3, numbers: Int32Array.of(4, 5, 6) },
      };
      await each.call("TakeBlobs", { blobs });
      expect(seen).toEqual({ blobs });
      expect(each.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0, foreignFrees: 0 });
    });

    it("M23: strings and scalars behind pointers lie in the block, too", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      const values = {
        count: 2,
        room: 8,
        number: 5,
        sized: "four",
        names: ["a", "longer"],
        inner: { name: "x" },
        pair: [{ name: "12345678" }, { name: null }],
        which: 2,
        choice: { discriminant: 2, number: 7n },
      };
      let seen: unknown;
      let live: unknown;
      let blocks: number | undefined;
      each.routines.set("TakeValues", (request) => {
        live = each.server.live.map(({ type, cBytes }) => ({ type, cBytes }));
        blocks = each.serverHeap?.blocks.size;
        seen = plain(request);
        return 0;
      });
      await each.call("TakeValues", { values });
      expect(seen).toEqual({ values });
      expect(blocks).toBe(kind.hasCapacity ? 1 : undefined);
      // VALUES has 72 octets, its array of two pointers 16; 8 for the number, 16 for a string of 8 units, 8 and 16 for the names, 8 for
      // "x", 16 for nine characters, 8 for the number of the union.
      expect(live).toEqual([{ type: "VALUES", cBytes: 72 + 16 + (8 + 16 + 8 + 16 + 8 + 16 + 8) }]);
      expect(each.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0, foreignFrees: 0 });
    });

    it("M23: what a manager assigns to a node of a block, and does not fit there, is freed with it", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      let blocks: number | undefined;
      each.routines.set("TakeBlock", (request) => {
        for (const node of [request["tree"], property(request["tree"], "left")])
          Object.assign(Object(node), { name: "no longer as short as that" });
        Object.assign(Object(property(request["tree"], "right")), { name: null });
        blocks = each.serverHeap?.blocks.size;
        return 0;
      });
      await each.call("TakeBlock", { tree: tree(2) });
      expect(blocks).toBe(kind.hasCapacity ? 3 : undefined);
      expect(each.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0 });
    });

    it("M3: no block, no call: nothing is left behind, and the next call works", async () => {
      const limit = { left: 0 };
      await using each = await memoryFixture(kind, { server: (pair) => limitedMemory(limit, pair) }, compiled);
      each.routines.set("TakeBlock", () => 5);
      await expect(each.call("TakeBlock", { tree: tree(3) })).rejects.toMatchObject({
        name: "RPC_S_SERVER_OUT_OF_MEMORY",
      });
      expect(each.server.liveCount).toBe(0);
      limit.left = 1;
      expect(await each.call("TakeBlock", { tree: tree(3) })).toBe(5);
    });
  });

  describe("M24: dont_free", () => {
    it("M24: the server stub frees nothing that is reached through the pointer; it stays valid after the call", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      let kept: unknown;
      each.routines.set("TakeKept", (request) => {
        kept = request["tree"];
        return 0;
      });
      await each.call("TakeKept", { tree: tree(3) });
      expect(each.server).toMatchObject({ allocations: 7, frees: 0, liveCount: 7 });
      expect(plain(kept)).toEqual(tree(3));
      freeReferents(nodeType(each.exports, "TREE"), Object(kept), each.server);
      expect(each.server).toMatchObject({ frees: 7, liveCount: 0 });
    });

    it("M24: with all_nodes it is one block that stays, until its root is freed", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      let kept: unknown;
      each.routines.set("TakeKeptBlock", (request) => {
        kept = request["tree"];
        return 0;
      });
      await each.call("TakeKeptBlock", { tree: tree(3) });
      expect(each.server).toMatchObject({ allocations: 1, frees: 0, liveCount: 1 });
      expect(plain(kept)).toEqual(tree(3));
      if (isRecord(kept)) each.server.midl_user_free(kept);
      expect(each.server).toMatchObject({ frees: 1, liveCount: 0 });
    });

    it("M24: what stays is never a view of the stub data", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      let octets = -1;
      each.routines.set("TakeNumbers", (request) => {
        const numbers: unknown = isRecord(request["numbers"]) ? request["numbers"]["numbers"] : undefined;
        if (numbers instanceof Int32Array) octets = numbers.buffer.byteLength;
        return 0;
      });
      await each.call("TakeNumbers", { numbers: { count: 3, numbers: Int32Array.of(1, 2, 3) } });
      if (!kind.copies) expect(octets).toBe(12);
      expect(each.server.live.map(({ type }) => type)).toEqual(["NUMBERS", "long[]"]);
    });
  });

  describe("M19: [force_allocate]", () => {
    it("M19: on a parameter it holds for every pointer that derives from it", async () => {
      await using each = await memoryFixture(kind, {}, compiled);
      each.routines.set("TakeForced", () => 0);
      await each.call("TakeForced", { numbers: { count: 3, numbers: Int32Array.of(1, 2, 3) } });
      expect(each.server).toMatchObject({ allocations: 2, frees: 2, liveCount: 0 });
    });
  });
});
