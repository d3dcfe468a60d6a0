/** M25: [byte_count]: one buffer of the application with everything that a parameter leads to. */
import { describe, expect, it } from "vitest";
import { allocateNode, byteCountMemory, linearMemory, uint8ArrayNode } from "../../runtime/index.ts";
import type { NodeType } from "../../runtime/index.ts";
import { compile } from "../../generator/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import type { Fixture } from "./call-support.ts";
import { isRecord, nodeType } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";
import type { MemoryFixture } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e77), version(1.0), pointer_default(unique)]
interface buffers
{
    typedef struct _TREE { long value; [string] wchar_t *name; struct _TREE *left; struct _TREE *right; } TREE;
    long Fill([in] unsigned long length, [out] TREE *tree);
}`;

const ACF = "interface buffers { Fill([byte_count(length)] tree); }";

const compiled = compileIdl("buffers", IDL, { acf: ACF });

interface Tree {
  value: number;
  name: string | null;
  left: Tree | null;
  right: Tree | null;
}

/** A complete binary tree: 7 nodes of 32 octets and 7 strings of 6 for 3 levels. */
function tree(levels: number, value = 1): Tree | null {
  if (levels === 0) return null;
  return { value, name: `n${value}`, left: tree(levels - 1, 2 * value), right: tree(levels - 1, 2 * value + 1) };
}

const answering = (each: Fixture, levels: number): void => {
  each.routines.set("Fill", () => ({ tree: tree(levels), returnValue: 0 }));
};

/** The octets of such a tree: nodes of 32 and strings of 8, rounded up. */
const octetsOf = (nodes: number): number => nodes * (32 + 8);

describeMemories((kind) => {
  const sides = (): Promise<MemoryFixture> => memoryFixture(kind, {}, compiled);

  describe("M25: on the client", () => {
    it("M25: the stub allocates and frees nothing, and places every node in the buffer", async () => {
      await using each = await sides();
      answering(each, 3);
      const area = new ArrayBuffer(1024);
      const buffer = new Uint8Array(area, 16, 512);
      const given = property(await each.call("Fill", { length: 512, tree: buffer }), "tree");
      expect(plain(given)).toEqual(tree(3));
      expect(each.client).toMatchObject({ allocations: 0, frees: 0 });
      const written = [...new Uint8Array(area).entries()].filter(([, octet]) => octet !== 0).map(([at]) => at);
      expect(Math.min(...written)).toBe(16);
      expect(Math.max(...written)).toBeLessThan(16 + octetsOf(7));
      expect(new DataView(area).getInt32(16, true)).toBe(1);
    });

    it("M25: one buffer serves many calls", async () => {
      await using each = await sides();
      const buffer = new Uint8Array(8 + octetsOf(7));
      for (const levels of [3, 1, 2, 3]) {
        answering(each, levels);
        expect(plain(property(await each.call("Fill", { length: buffer.length, tree: buffer }), "tree"))).toEqual(
          tree(levels),
        );
      }
      expect(each.client.allocations).toBe(0);
    });

    it("M25: a buffer that the application took from its pair", async () => {
      await using each = await sides();
      answering(each, 3);
      const buffer = each.application.midl_user_allocate(512, uint8ArrayNode);
      const given = property(await each.call("Fill", { length: 512, tree: buffer }), "tree");
      expect(plain(given)).toEqual(tree(3));
      expect(each.client).toMatchObject({ allocations: 0, frees: 0 });
      if (buffer !== null) each.application.midl_user_free(buffer);
    });

    it("M25: an address in linear memory", async () => {
      await using each = await sides();
      answering(each, 2);
      const memory = new ArrayBuffer(4096);
      const given = property(await each.call("Fill", { length: octetsOf(3), tree: { memory, address: 2048 } }), "tree");
      expect(plain(given)).toEqual(tree(2));
      const { heap } = linearMemory({ memory, malloc: () => 0, free: () => undefined });
      const type = nodeType(each.exports, "TREE");
      expect(plain(type.at(heap, 2048, type.size))).toEqual(tree(2));
    });

    it.each([octetsOf(7) - 9, octetsOf(7) - 16, 31, 0])(
      "M25: data that does not fit into %i octets fails with RPC_X_BYTE_COUNT_TOO_SMALL, and the next call works",
      async (length) => {
        await using each = await sides();
        each.routines.set("Fill", (request) => ({ tree: tree(request["length"] === 4096 ? 1 : 3), returnValue: 0 }));
        const area = new ArrayBuffer(4096 + 8);
        const octets = new Uint8Array(area, 8, 4096);
        await expect(each.call("Fill", { length, tree: octets })).rejects.toMatchObject({
          name: "RPC_X_BYTE_COUNT_TOO_SMALL",
          status: 1782,
        });
        expect(new Uint8Array(area, 8 + length).every((octet) => octet === 0)).toBe(true);
        expect(plain(property(await each.call("Fill", { length: 4096, tree: octets }), "tree"))).toEqual(tree(1));
        expect(each.client).toMatchObject({ allocations: 0, frees: 0 });
      },
    );

    it("M25: no buffer is RPC_X_NULL_REF_POINTER before anything is sent", async () => {
      await using each = await sides();
      let calls = 0;
      each.routines.set("Fill", () => calls++);
      await expect(each.call("Fill", { length: 8 })).rejects.toMatchObject({ name: "RPC_X_NULL_REF_POINTER" });
      expect(calls).toBe(0);
    });
  });

  describe("M25: on the server", () => {
    it("M25: the stub allocates and frees one buffer of that size; the manager builds in it", async () => {
      await using each = await sides();
      let live: unknown;
      each.routines.set("Fill", (request) => {
        live = each.server.live.map(({ type, cBytes }) => ({ type, cBytes }));
        const { tree: root } = request;
        if (!isRecord(root)) throw new Error("no storage");
        const type: NodeType<object> = nodeType(each.exports, "TREE");
        const left = allocateNode(byteCountMemory(root), type, { value: 2, name: "two" });
        Object.assign(root, { value: 1, name: "one", left });
        return { returnValue: 0 };
      });
      const given = property(await each.call("Fill", { length: 256, tree: new Uint8Array(256) }), "tree");
      expect(plain(given)).toEqual({
        value: 1,
        name: "one",
        left: { value: 2, name: "two", left: null, right: null },
        right: null,
      });
      expect(live).toEqual([{ type: "byte[]", cBytes: 256 }]);
      expect(each.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0, foreignFrees: 0 });
    });

    it("M25: nodes that the manager returns instead are freed like any others", async () => {
      await using each = await sides();
      each.routines.set("Fill", (_request, call) => ({
        tree: call.memory.midl_user_allocate(32, nodeType(each.exports, "TREE")),
        returnValue: 0,
      }));
      await each.call("Fill", { length: 256, tree: new Uint8Array(256) });
      expect(each.server).toMatchObject({ allocations: 2, frees: 2, liveCount: 0 });
    });

    it("M25: the manager's pair in a buffer is refused for other nodes", () => {
      const pair = (): unknown => byteCountMemory({});
      expect(pair).toThrow("the node lies in no [byte_count] buffer");
    });
  });
});

describe("M25: what is generated", () => {
  it("M25: the client is asked for a buffer, and the server imports nothing for a node of its own", async () => {
    const sources: Readonly<Record<string, string>> = { "/buffers.idl": IDL, "/buffers.acf": ACF };
    const { files } = await compile({
      files: ["/buffers.idl"],
      host: { readFile: (path) => (path in sources ? Buffer.from(sources[path] ?? "") : undefined) },
    });
    const [client, server] = ["_c.ts", "_s.ts"].map((end) => files.find(({ path }) => path.endsWith(end))?.text ?? "");
    expect(client).toContain("/** [out] The buffer that the reply is placed in. */\n  tree: ByteCountBuffer;");
    expect(server).toMatch(/import \{[^}]*\bbufferStorage\b[^}]*\}/);
    expect(server).not.toMatch(/import \{[^}]*\bmidl_user_allocate\b[^}]*\}/);
  });
});

describe("M25: NDR alone", () => {
  const offered = async (protocol: "dce" | "ndr64" | "all"): Promise<readonly (string | undefined)[]> => {
    const sources: Readonly<Record<string, string>> = { "/buffers.idl": IDL, "/buffers.acf": ACF };
    const { files, diagnostics } = await compile({
      files: ["/buffers.idl"],
      protocol,
      host: { readFile: (path) => (path in sources ? Buffer.from(sources[path] ?? "") : undefined) },
    });
    if (diagnostics.length > 0) return diagnostics.map(({ midl, text }) => `${midl} ${text}`);
    return files.flatMap(({ text }) => /transferSyntaxes: (\[.*?\])/.exec(text)?.[1] ?? []);
  };

  it("M25: such an interface offers NDR only", async () => {
    expect(await offered("dce")).toEqual(['["ndr"]']);
    expect(await offered("all")).toEqual(['["ndr"]']);
  });

  it("M25: /protocol ndr64 alone is an error", async () => {
    expect(await offered("ndr64")).toEqual(["9204 [byte_count] needs NDR, which /protocol ndr64 leaves out : tree"]);
  });
});
