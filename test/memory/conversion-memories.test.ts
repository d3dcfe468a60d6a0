/**
 * M40 over every memory (M32): what routines of the application convert, allocate and free, wherever nodes live; the same with the RpcSs
 * package, in one block and in the caller's buffer.
 */
import { describe, expect, it } from "vitest";
import { RpcError, trackMemory } from "../../runtime/index.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import { property } from "../support/property.ts";
import { BLOCK_ACF, BLOCK_IDL, joined, nodes, numbersOf } from "./conversion-support.ts";
import type { Joined, JoinedOptions, Side } from "./conversion-support.ts";
import { describeMemories } from "./memories.ts";
import type { MadeMemory, MemoryKind } from "./memories.ts";

/** Both sides in a kind of memory, and what that says of them. */
interface Sides extends Joined {
  /** Nothing is left on the server, and nothing was written or freed that should not have been. */
  check(): void;
  readonly heaps: readonly MadeMemory["heap"][];
}

/** Runs the same tests over every memory, in the layout of either environment. */
function describeLayouts(tests: (start: (options?: JoinedOptions) => Promise<Sides>) => void): void {
  describe.each(["win64", "win32"] as const)("%s", (environment) => {
    describeMemories((kind) => {
      tests((options) => startIn(kind, { environment, ...options }));
    });
  });
}

async function startIn(kind: MemoryKind, options: JoinedOptions): Promise<Sides> {
  const [client, server] = [kind.make(), kind.make()];
  const [clientPair, serverPair] = [trackMemory(client.pair), trackMemory(server.pair)];
  const both = await joined({ ...options, pairs: { client: clientPair, server: serverPair } });
  const heaps = [client.heap, server.heap];
  return {
    ...both,
    heaps,
    check() {
      expect([...both.server.live.values()]).toEqual([]);
      expect(serverPair).toMatchObject({ liveCount: 0, doubleFrees: 0 });
      expect(clientPair).toMatchObject({ liveCount: both.client.live.size, doubleFrees: 0 });
      for (const heap of heaps) heap?.check();
      expect(server.heap?.blocks.size ?? 0).toBe(0);
    },
  };
}

function rest(list: unknown): unknown {
  return typeof list === "object" && list !== null ? property(list, "next") : undefined;
}

/** Gives back every node of a list, as its owner. */
function release(list: unknown, memory: MidlUserMemory): void {
  for (let node = list; typeof node === "object" && node !== null;) {
    const next = rest(node);
    memory.midl_user_free(node);
    node = next;
  }
}

const request = (): object => ({
  list: nodes(1, 2, 3),
  chain: nodes(4),
  holder: { two: nodes(5, 6), user: nodes(7, 8), list: nodes(9, 10) },
});

/** The manager of [in] parameters owns what lies behind converted members (RPC "The transmit_as Attribute"). */
function takesMembers(both: Joined): void {
  both.manager.does = ({ holder }, call) => {
    release(rest(property(holder, "two")), call.memory);
    release(rest(property(holder, "list") ?? null), call.memory);
    return 0;
  };
}

describeLayouts((start) => {
  it("M40: frees everything that was converted for [in] parameters, in the documented order", async () => {
    await using both = await start();
    await both.call("Take", request());
    expect(both.server.take()).toEqual([
      ...["allocate LIST", "allocate SENT", "LIST_from_xmit", "allocate NODE", "allocate NODE", "free SENT"],
      ...["allocate SENT", "CHAIN_from_xmit", "allocate NODE", "free SENT", "Take"],
      ...["LIST_free_inst", "free NODE", "free NODE", "CHAIN_free_inst", "free NODE", "free LIST"],
    ]);
    takesMembers(both);
    await both.call("TakeBoth", request());
    const trace = both.server.take();
    expect(trace.slice(trace.indexOf("TakeBoth"))).toEqual([
      ...["TakeBoth", "free NODE", "free NODE", "LIST_free_inst", "free NODE", "free NODE"],
      ...["USER_UserFree", "free NODE", "free LIST", "free HOLDER", "free LIST"],
    ]);
    both.check();
    expect([...both.client.live]).toEqual([]);
  });

  it("M40: frees everything that was converted for [in, out] and [out] parameters and return values", async () => {
    await using both = await start();
    const { client, manager, server } = both;
    manager.does = () => ({ returnValue: 0 });
    const { list, holder } = {
      list: nodes(1, 2, 3),
      holder: { two: nodes(4, 5), user: nodes(6, 7), list: nodes(8, 9) },
    };
    await both.call("Edit", { list });
    expect(numbersOf(list)).toEqual([1, 2, 3]);
    await both.call("EditHolder", { holder });
    expect([holder.two, holder.user, holder.list].map(numbersOf)).toEqual([
      [4, 5],
      [6, 7],
      [8, 9],
    ]);
    manager.does = (_request, call) => ({ chain: server.behind([1, 2], call.memory), returnValue: 0 });
    const chain = property(await both.call("EditChain", { chain: null }), "chain");
    expect(numbersOf(chain)).toEqual([1, 2]);
    manager.does = (_request, call) => server.behind([3, 4], call.memory);
    const returned = await both.call("Return", {});
    expect(numbersOf(returned)).toEqual([3, 4]);
    both.check();
    // What is left is the caller's: what lies behind its own objects, and what came back new.
    for (const each of [list.next, holder.two.next, holder.user.next, holder.list.next, chain, returned])
      release(each, client.memory);
    both.check();
    expect([...client.live]).toEqual([]);
  });

  it("M40: frees what is in boxes, each once, however many pointers refer to it", async () => {
    await using both = await start();
    both.manager.does = ({ boxes }) => {
      expect(property(boxes, "full")).toBe(property(boxes, "again"));
      return { returnValue: 0 };
    };
    const shared = { value: nodes(3) };
    const boxes = { chain: { value: nodes(1, 2) }, full: shared, again: shared };
    await both.call("EditBoxes", { boxes, box: { value: nodes(4, 5) } });
    expect([numbersOf(boxes.chain.value), numbersOf(shared.value)]).toEqual([[1, 2], [3]]);
    const trace = both.server.take();
    expect(trace.slice(trace.lastIndexOf("free SENT") + 1)).toEqual([
      ...["CHAIN_free_inst", "free NODE", "free NODE", "CHAIN_free_inst", "free NODE"],
      ...["CHAIN_free_inst", "free NODE", "free NODE", "free BOXES", "free CHAIN", "free CHAIN", "free CHAIN"],
    ]);
    both.check();
    for (const value of [boxes.chain.value, shared.value]) release(value, both.client.memory);
    expect([...both.client.live]).toEqual([]);
  });

  it.each(["TakeBoth", "EditHolder", "EditBoxes"])(
    "M3, M40: leaves nothing live on either side when the k-th allocation of %s fails, for every k",
    async (operation) => {
      for (const side of ["client", "server"] as const) {
        for (let k = 0; ; k++) {
          await using both = await start();
          both.manager.does = () => ({ returnValue: 0 });
          if (operation === "TakeBoth") takesMembers(both);
          const box = { value: nodes(4, 5) };
          const boxes = { chain: { value: nodes(1, 2) }, full: box, again: box };
          const holder = { two: nodes(5, 6), user: nodes(7, 8), list: null };
          let left = k;
          both[side].before = (name) => {
            if (name.startsWith("allocate") && left-- === 0) throw new Error("none");
          };
          const answer = await both
            .call(operation, { ...request(), ...(operation === "EditHolder" ? { holder } : {}), boxes, box })
            .catch((error: unknown) => error);
          if (!(answer instanceof RpcError)) break;
          expect(answer.name).toMatch(/^RPC_S_(SERVER_)?OUT_OF_MEMORY$/);
          both.check();
          // What routines put behind the caller's own objects is the caller's to free.
          for (const own of [holder.two, holder.user]) release(own.next, liveOnly(both.client));
          for (const own of [boxes.chain, box]) release(own.value, liveOnly(both.client));
          expect([...both.client.live.values()]).toEqual([]);
        }
      }
    },
  );
});

/** The pair of a side for nodes that are from it: ordinary objects of the test are not. */
function liveOnly(side: Side): MidlUserMemory {
  return {
    ...side.memory,
    midl_user_free(node) {
      if (side.isLive(node)) side.memory.midl_user_free(node);
    },
  };
}

describeLayouts((start) => {
  const block = (): object => ({ two: nodes(1, 2), list: nodes(3, 4), box: { value: nodes(5, 6) } });
  const lists = (held: unknown): number[][] =>
    [property(held, "two"), property(held, "list"), property(property(held, "box"), "value")].map(numbersOf);

  it("M23, M40: puts presented objects into the block, and calls each routine once", async () => {
    await using both = await start({ idl: BLOCK_IDL, acf: BLOCK_ACF });
    const { client, server } = both;
    both.manager.does = ({ block: received }) => {
      expect(lists(received)).toEqual([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
      return { returnValue: 0 };
    };
    const answer = property(await both.call("EditBlock", { block: block() }), "block");
    const trace = server.take();
    const received = trace.slice(0, trace.indexOf("EditBlock"));
    const named = (name: string): number => received.filter((each) => each === name).length;
    expect(["TWO_from_xmit", "LIST_from_xmit", "CHAIN_from_xmit", "allocate HELD"].map(named)).toEqual([1, 1, 1, 1]);
    expect(["allocate LIST", "allocate NODE", "allocate SENT", "free SENT"].map(named)).toEqual([0, 4, 4, 4]);
    expect(trace.slice(trace.indexOf("TWO_free_inst"))).toEqual([
      ...["TWO_free_inst", "free NODE", "LIST_free_inst", "free NODE"],
      ...["CHAIN_free_inst", "free NODE", "free NODE", "free HELD"],
    ]);
    both.check();
    expect(lists(answer)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    for (const each of [property(answer, "two"), property(answer, "list")]) release(rest(each), client.memory);
    release(property(property(answer, "box"), "value"), client.memory);
    expect([...client.live.values()]).toEqual(["HELD"]);
    if (typeof answer === "object" && answer !== null) client.memory.midl_user_free(answer);
    both.check();
  });

  it("M3, M23: leaves nothing live when the k-th allocation for a block fails, for every k", async () => {
    for (const side of ["client", "server"] as const) {
      for (let k = 0; ; k++) {
        await using both = await start({ idl: BLOCK_IDL, acf: BLOCK_ACF });
        both.manager.does = () => ({ returnValue: 0 });
        let left = k;
        both[side].before = (name) => {
          if (name.startsWith("allocate") && left-- === 0) throw new Error("none");
        };
        const answer = await both.call("EditBlock", { block: block() }).catch((error: unknown) => error);
        if (!(answer instanceof RpcError)) break;
        both.check();
        expect([...both.client.live.values()]).toEqual([]);
      }
    }
  });

  it("M25, M40: puts presented objects into the caller's buffer, with what lies behind them", async () => {
    await using both = await start({ idl: BLOCK_IDL, acf: BLOCK_ACF });
    const { client, server, manager } = both;
    manager.does = (_request, { memory }) => {
      const two = { number: 1, next: server.behind([2], memory) };
      const held = { two, list: server.behind([3, 4], memory), box: null };
      return { held, returnValue: 0 };
    };
    const buffer = new Uint8Array(1000);
    const held = property(await both.call("Fill", { length: buffer.length, held: buffer }), "held");
    expect([property(held, "two"), property(held, "list")].map(numbersOf)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    both.check();
    const taken = client.take().filter((each) => /^(allocate|free) /.test(each));
    expect(taken).toEqual(["allocate PAIR", "free PAIR", "allocate SENT", "free SENT"]);
    const small = await both.call("Fill", { length: 32, held: new Uint8Array(32) }).catch((error: unknown) => error);
    expect(small).toMatchObject({ name: "RPC_X_BYTE_COUNT_TOO_SMALL" });
    both.check();
    expect([...client.live.values()]).toEqual([]);
  });
});

describe("M40: with the RpcSs package", () => {
  it.each([
    ["[enable_allocate]", { acf: "[enable_allocate] interface conversion { }" }],
    ["/rpcss", { rpcss: true }],
    ["/osf", { osf: true }],
  ])(
    "%s: routines allocate from the environment, free routines are called, and the environment ends whole",
    async (_, options) => {
      await using both = await joined(options);
      const { server, manager, client } = both;
      manager.does = () => ({ returnValue: 0 });
      const holder = { two: nodes(1, 2), user: nodes(3, 4), list: nodes(5, 6) };
      await both.call("EditHolder", { holder });
      expect([holder.two, holder.user, holder.list].map(numbersOf)).toEqual([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
      const trace = server.take();
      expect(trace.filter((each) => /^(TWO|USER|LIST)_.*(inst|UserFree)$/.test(each))).toEqual([
        ...["TWO_free_inst", "USER_UserFree", "LIST_free_inst"],
      ]);
      expect(trace.filter((each) => /^(allocate|free) (NODE|HOLDER|LIST)$/.test(each))).toEqual([]);
      expect([...server.live.values()]).toEqual([]);
      for (const each of [holder.two, holder.user, holder.list]) release(each.next, client.memory);
      expect([...client.live.values()]).toEqual([]);
    },
  );
});
