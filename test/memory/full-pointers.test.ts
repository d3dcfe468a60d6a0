/** M22: aliases and cycles among nodes survive the wire in both directions; one node per referent identifier, freed once. */
import { describe, expect, it } from "vitest";
import { MemoryTransport, RpcBinding, RpcServer, managedMemory, trackMemory } from "../../runtime/index.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import type { Compiled } from "../support/compile-idl.ts";
import { clientHalves, reader, serve, serverStub, writer } from "../support/stub-harness.ts";
import { property } from "../support/vector-values.ts";
import { nodeType } from "./call-support.ts";
import { allocated, describeMemories, plain } from "./memories.ts";
import type { MemoryKind } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e42), version(1.0), pointer_default(ptr)]
interface graph
{
    typedef struct _NODE { long value; struct _NODE *left; struct _NODE *right; } NODE;
    typedef struct { NODE *a; NODE *b; long *number; [string] char *text; [unique] NODE *alone; } PAIR;
    typedef struct { unsigned long count; [size_is(count)] NODE **items; } MANY;
    long Pair([in, out] PAIR *pair);
    long Many([in, out] MANY *many);
    long Two([in, out, ptr] NODE *first, [in, out, ptr] NODE *second);
}`;

interface Node {
  value: number;
  left: Node | null;
  right: Node | null;
}

const compiled: Promise<Compiled> = compileIdl("graph", IDL);
const little = { ndr64: false, littleEndian: true };

type Look = (request: unknown) => unknown;

/** A call whose server has a memory of that kind. The client's answer is unmarshaled into `client`. */
async function throughServer(
  kind: MemoryKind,
  client: MidlUserMemory,
  operation: string,
  opnum: number,
  request: object,
  look: Look,
): Promise<unknown> {
  const { exports } = await compiled;
  const halves = clientHalves(exports, operation, request);
  const w = writer();
  halves.marshal(w);
  const { pair, heap } = kind.make();
  const memory = trackMemory(pair);
  const answer = writer();
  await serve(exports, opnum, reader(w.octets(), little, memory), answer, look);
  expect(memory).toMatchObject({ liveCount: 0, doubleFrees: 0 });
  heap?.check();
  expect(heap?.blocks.size ?? 0).toBe(0);
  const r = reader(answer.octets(), little, client);
  return r.settle(halves.unmarshal(r));
}

describe("M22: full pointers", () => {
  it("send a node once, and both pointers with the same number", async () => {
    const shared: Node = { value: 7, left: null, right: null };
    const w = writer();
    clientHalves((await compiled).exports, "Pair", {
      pair: { a: shared, b: shared, number: null, text: null, alone: null },
    }).marshal(w);
    // C706 14.3.10: equal referent identifiers; the referent once, behind the first.
    expect(Buffer.from(w.octets()).toString("hex")).toBe(
      "00000200" + "00000200" + "000000000000000000000000" + "07000000" + "0000000000000000",
    );
  });

  it("one number for two types is refused", async () => {
    const octets = Buffer.from(
      "00000200" + "00000000" + "00000200" + "0000000000000000" + "070000000000000000000000" + "01000000",
      "hex",
    );
    await expect(
      (async () => {
        await serve((await compiled).exports, 0, reader(octets, little), writer(), () => 0);
      })(),
    ).rejects.toMatchObject({
      name: "RPC_X_BAD_STUB_DATA",
      message: matching("of another type where it came first"),
    });
  });

  it("works over a transport, where both directions share the numbers", async () => {
    const { exports } = await compiled;
    const transport = new MemoryTransport();
    await using server = new RpcServer({ transports: [transport] });
    server.register(serverStub(exports, () => ({ returnValue: 0 }), managedMemory()));
    const address = await server.listen("midl-ts-memory:[graph]");
    const binding = RpcBinding.fromString(address, { transports: [transport] });
    const constructor = exports.get("GraphClient");
    if (typeof constructor !== "function") throw new Error("no client stub");
    const client: unknown = Reflect.construct(constructor, [binding, managedMemory()]);
    const shared: Node = { value: 4, left: null, right: null };
    shared.left = shared;
    const pair = { a: shared, b: shared, number: null, text: null, alone: null };
    const call = property(client, "Pair");
    if (typeof call !== "function") throw new Error("no operation");
    const answer: unknown = await Reflect.apply(call, client, [{ pair }]);
    expect(property(property(answer, "pair"), "b")).toBe(shared);
    await binding.close();
  });
});

describeMemories((kind) => {
  describe("M22: full pointers", () => {
    it("aliases arrive as one object on the server, and come back as the caller's own", async () => {
      const { pair: memory } = kind.make();
      const node: Node = { value: 7, left: null, right: null };
      const pair = await make(memory, "PAIR", { a: node, b: node, number: 5, text: "t", alone: null });
      const shared = property(pair, "a");
      const answer = await throughServer(kind, memory, "Pair", 0, { pair }, (request) => {
        const received = property(request, "pair");
        expect(property(received, "a")).toBe(property(received, "b"));
        Object.assign(Object(property(received, "a")), { value: 8 });
        return { returnValue: 0 };
      });
      expect(property(answer, "pair")).toBe(pair);
      expect(property(pair, "a")).toBe(shared);
      expect(property(pair, "b")).toBe(shared);
      expect(property(shared, "value")).toBe(8);
      expect(property(pair, "number")).toBe(5);
    });

    it("a cycle arrives as a cycle", async () => {
      const { pair: memory } = kind.make();
      const node: Node = { value: 1, left: null, right: null };
      node.left = { value: 2, left: node, right: null };
      node.right = node.left;
      const pair = await make(memory, "PAIR", { a: node, b: null, number: null, text: null, alone: null });
      const root = property(pair, "a");
      await throughServer(kind, memory, "Pair", 0, { pair }, (request) => {
        const received = property(property(request, "pair"), "a");
        expect(property(property(received, "left"), "left")).toBe(received);
        expect(property(received, "right")).toBe(property(received, "left"));
        return { returnValue: 0 };
      });
      expect(property(property(root, "left"), "left")).toBe(root);
      expect(plain(root)).toEqual(node);
    });

    it("aliases are kept across an array and across parameters", async () => {
      const { pair: memory } = kind.make();
      const node: Node = { value: 1, left: null, right: null };
      const many = await make(memory, "MANY", { count: 3, items: [node, null, node] });
      const shared = property(property(many, "items"), "0");
      await throughServer(kind, memory, "Many", 1, { many }, (request) => {
        const items = property(property(request, "many"), "items");
        expect(property(items, "0")).toBe(property(items, "2"));
        return { returnValue: 0 };
      });
      expect(property(property(many, "items"), "0")).toBe(shared);
      await throughServer(kind, memory, "Two", 2, { first: shared, second: shared }, (request) => {
        expect(property(request, "first")).toBe(property(request, "second"));
        return { returnValue: 0 };
      });
    });

    it("a manager can make aliases: the client sees one new node", async () => {
      const { pair: memory } = kind.make();
      const pair = await make(memory, "PAIR", { a: null, b: null, number: null, text: null, alone: null });
      const answer = await throughServer(kind, memory, "Pair", 0, { pair }, () => {
        const node: Node = { value: 3, left: null, right: null };
        node.left = node;
        return { pair: { a: node, b: node, number: null, text: null, alone: null }, returnValue: 0 };
      });
      const received = property(answer, "pair");
      expect(property(received, "a")).toBe(property(received, "b"));
      expect(property(property(received, "a"), "left")).toBe(property(received, "a"));
    });
  });
});

async function make(memory: MidlUserMemory, type: string, value: object): Promise<object> {
  return allocated(memory, nodeType((await compiled).exports, type), value);
}

/** Part of a message, as the matcher of vitest without its any. */
function matching(part: string): unknown {
  return expect.stringContaining(part);
}
