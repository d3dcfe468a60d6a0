/** What is said of memory is what stubs do: facts beside the counts of both sides' pairs. */
import { describe, expect, it } from "vitest";
import type { ServerCall } from "../../../runtime/index.ts";
import type { PointerMemory } from "../../../generator/ownership/facts.ts";
import { operationMemory } from "../../../generator/ownership/ownership.ts";
import { allocateList, fixture, isRecord, list, nodeType, sidesOf } from "../../memory/call-support.ts";
import type { Fixture } from "../../memory/call-support.ts";
import { MEMORY_IDL } from "../../memory/memory-idl.ts";
import { modelOf, type Sources } from "../../grammar/compile.ts";
import { compileIdl } from "../../support/compile-idl.ts";

/** A call whose data has each node of the facts once. */
interface Case {
  readonly request: () => object;
  /** What the manager returns; it allocates each node that is its own to allocate once. */
  readonly manager: (request: Record<string, unknown>, call: ServerCall, sides: Fixture) => unknown;
}

const newList = (sides: Fixture, call: ServerCall): object | null =>
  allocateList(call.memory, nodeType(sides.exports, "LIST"), 1);

/** An array of one list node that has another behind it. */
function fillHolder(request: Record<string, unknown>, call: ServerCall, sides: Fixture): void {
  const items = call.memory.midl_user_allocate(16, nodeType(sides.exports, "LISTArray"));
  if (Array.isArray(items)) Object.assign(Object(items[0]), { value: 1, next: newList(sides, call) });
  if (isRecord(request["holder"])) Object.assign(request["holder"], { count: 1, items });
}

const holder = (): object => ({ count: 1, items: [list(1, 2)], one: null, text: "text" });

const cases: Readonly<Record<string, Case>> = {
  Take: { request: () => ({ list: list(1) }), manager: () => 0 },
  TakeMany: {
    request: () => ({ holder: holder(), blob: { size: 2, octets: Uint8Array.of(1, 2) } }),
    manager: () => 0,
  },
  Give: {
    request: () => ({ count: 1 }),
    manager: (_request, call, sides) => ({ list: newList(sides, call), returnValue: 0 }),
  },
  GiveInto: {
    request: () => ({}),
    manager: (request, call, sides) => {
      fillHolder(request, call, sides);
      return { returnValue: 0 };
    },
  },
  GiveArray: {
    request: () => ({ count: 1 }),
    manager: ({ items }, call, sides) => {
      if (Array.isArray(items)) Object.assign(Object(items[0]), { next: newList(sides, call) });
      return { returnValue: 0 };
    },
  },
  GiveNumbers: { request: () => ({ count: 2 }), manager: () => ({ returnValue: 0 }) },
  Edit: { request: () => ({ list: list(1) }), manager: () => ({ returnValue: 0 }) },
  EditHolder: { request: () => ({ holder: holder() }), manager: () => ({ returnValue: 0 }) },
  Return: { request: () => ({ count: 1 }), manager: (_request, call, sides) => newList(sides, call) },
  Need: {
    request: () => ({}),
    manager: ({ required }, call, sides) => {
      if (isRecord(required)) Object.assign(required, { required: newList(sides, call) });
      return { returnValue: 0 };
    },
  },
};

const MODELS_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e66), version(1.0), pointer_default(unique)]
interface agreeing
{
    typedef struct _TREE { long value; struct _TREE *left; } TREE;
    typedef TREE *BLOCK;
    typedef TREE *KEPT;
    typedef struct { unsigned long count; [size_is(count)] long *numbers; } NUMBERS;
    typedef NUMBERS *OWN_NUMBERS;

    long TakeTree([in] TREE *tree);
    long TakeBlock([in] BLOCK tree);
    long TakeKept([in] KEPT tree);
    long TakeNumbers([in] NUMBERS *numbers);
    long TakeOwnNumbers([in] OWN_NUMBERS numbers);
    long GiveBlock([out] BLOCK *tree);
    long EditBlock([in, out] BLOCK *tree);
}`;

const MODELS_ACF = `
interface agreeing
{
    typedef [allocate(all_nodes)] BLOCK;
    typedef [allocate(dont_free)] KEPT;
    typedef [force_allocate] OWN_NUMBERS;
}`;

const tree = (): object => ({ value: 1, left: { value: 2, left: null } });
const leaf = (): object => ({ value: 1, left: null });
const numbers = (): object => ({ count: 2, numbers: Int32Array.of(1, 2) });

function newTree(sides: Fixture, { memory }: ServerCall): object | null {
  const type = nodeType(sides.exports, "TREE");
  const [root, left] = [memory.midl_user_allocate(16, type), memory.midl_user_allocate(16, type)];
  return root === null ? null : Object.assign(root, { value: 1, left });
}

const modelCases: Readonly<Record<string, Case>> = {
  TakeTree: { request: () => ({ tree: leaf() }), manager: () => 0 },
  TakeBlock: { request: () => ({ tree: tree() }), manager: () => 0 },
  TakeKept: { request: () => ({ tree: leaf() }), manager: () => 0 },
  TakeNumbers: { request: () => ({ numbers: numbers() }), manager: () => 0 },
  TakeOwnNumbers: { request: () => ({ numbers: numbers() }), manager: () => 0 },
  GiveBlock: {
    request: () => ({}),
    manager: (_request, call, sides) => ({ tree: newTree(sides, call), returnValue: 0 }),
  },
  EditBlock: { request: () => ({ tree: tree() }), manager: () => ({ returnValue: 0 }) },
};

/** The nodes of an operation, each once. */
function nodesOf(name: string, sources: Sources = { "main.idl": MEMORY_IDL }): readonly PointerMemory[] {
  const acfPath = "main.acf" in sources ? "main.acf" : undefined;
  const [owner] = modelOf(sources, { acfPath }).main.interfaces;
  const operation = owner?.operations.find((each) => each.name === name);
  if (owner === undefined || operation === undefined) throw new Error(`no operation ${name}`);
  const { parameters } = operationMemory(owner, operation, { osf: false, rpcss: false });
  return parameters.flatMap(({ pointers }) => pointers.filter(({ referent }) => referent.kind === "node"));
}

describe("M41: what is said of memory is what stubs do", () => {
  it.each(Object.entries(cases))("allocates and frees in %s what the facts say", async (name, { request, manager }) => {
    const nodes = nodesOf(name);
    const byStub = nodes.filter(
      ({ server }) => server.allocates === "stub" || server.allocates === "stub-then-manager",
    );
    const byManager = nodes.filter(({ server }) => server.allocates === "manager");
    const byClient = nodes.filter(
      ({ client }) => client.allocates === "stub" || client.allocates === "application-or-stub",
    );
    await using sides = await fixture();
    let before = NaN;
    sides.routines.set(name, (given, call) => {
      before = sides.server.allocations;
      return manager(given, call, sides);
    });
    await sides.call(name, request());
    expect(nodes.length).toBeGreaterThan(0);
    expect(before).toBe(byStub.length);
    expect(sides.server.allocations).toBe(byStub.length + byManager.length);
    expect(sides.server).toMatchObject({
      frees: sides.server.allocations,
      liveCount: 0,
      foreignFrees: 0,
      doubleFrees: 0,
    });
    expect(sides.client).toMatchObject({ allocations: byClient.length, frees: 0 });
  });

  it.each(Object.entries(modelCases))(
    "counts blocks, views and what is kept in %s",
    async (name, { request, manager }) => {
      const nodes = nodesOf(name, { "main.idl": MODELS_IDL, "main.acf": MODELS_ACF });
      const sent = nodes.filter(({ server }) => server.allocates.startsWith("stub") && server.frees !== "stub-block");
      const views = sent.filter(({ server }) => server.mayBeView);
      const byManager = nodes.filter(({ server }) => server.allocates === "manager");
      const kept = sent.filter(({ server }) => server.frees === "manager");
      const back = nodes.filter(
        ({ client }) => client.allocates.endsWith("stub") && client.frees !== "application-block",
      );
      await using sides = await sidesOf(await compileIdl("agreeing", MODELS_IDL, { acf: MODELS_ACF }));
      let before = NaN;
      sides.routines.set(name, (given, call) => {
        before = sides.server.allocations;
        return manager(given, call, sides);
      });
      await sides.call(name, request());
      expect(before).toBe(sent.length - views.length);
      expect(sides.server.allocations).toBe(before + byManager.length);
      expect(sides.server).toMatchObject({ liveCount: kept.length, foreignFrees: 0, doubleFrees: 0 });
      expect(sides.client).toMatchObject({ allocations: back.length, frees: 0 });
    },
  );

  it("takes from the client's pair what comes in place of null in an [in, out] parameter", async () => {
    await using sides = await fixture();
    sides.routines.set("Edit", (_request, call) => ({ list: newList(sides, call), returnValue: 0 }));
    await sides.call("Edit", { list: null });
    expect(nodesOf("Edit").map(({ client }) => client.allocates)).toEqual(["application-then-stub"]);
    expect(sides.client).toMatchObject({ allocations: 1, frees: 0 });
  });

  it("writes the reply into storage that the caller passes where the facts say that it may be there", async () => {
    await using sides = await fixture();
    sides.routines.set("GiveInto", (request, call) => {
      fillHolder(request, call, sides);
      return { returnValue: 0 };
    });
    const next = { value: 0, next: null };
    await sides.call("GiveInto", { holder: { count: 1, items: [{ value: 0, next }], one: null, text: null } });
    expect(nodesOf("GiveInto").map(({ client }) => client.reusesExisting)).toEqual([true, true, true]);
    expect(sides.client.allocations).toBe(0);
    expect(next.value).toBe(1);
  });
});
