/** M40: who calls the application's conversion routines, in which order, and who frees what, on both sides, also when a call fails. */
import { describe, expect, it } from "vitest";
import { RpcError } from "../../runtime/index.ts";
import { property } from "../support/property.ts";
import { joined, makers, nodes, numbersOf } from "./conversion-support.ts";

const SENT_BY_CLIENT = ["LIST_to_xmit", "allocate SENT", "LIST_free_xmit", "free SENT"];
const SENT_CHAIN = ["CHAIN_to_xmit", "allocate SENT", "CHAIN_free_xmit", "free SENT"];

/** A list of three numbers where one side receives it: its first node is the stub's. */
const RECEIVED = ["allocate LIST", "allocate SENT", "LIST_from_xmit", "allocate NODE", "allocate NODE", "free SENT"];
const FREED = ["LIST_free_inst", "free NODE", "free NODE"];

describe("M40: [transmit_as] on a parameter", () => {
  it("[in]: the client frees what it transmitted, the server what it presented, the object itself last", async () => {
    await using both = await joined();
    const { client, server, manager } = both;
    let seen: number[][] = [];
    manager.does = ({ list, chain }) => {
      seen = [numbersOf(list), numbersOf(chain)];
      return 0;
    };
    await both.call("Take", { list: nodes(1, 2, 3), chain: nodes(4) });
    expect(seen).toEqual([[1, 2, 3], [4]]);
    expect(client.take()).toEqual([...SENT_BY_CLIENT, ...SENT_CHAIN]);
    const chain = ["allocate SENT", "CHAIN_from_xmit", "allocate NODE", "free SENT"];
    const freed = ["LIST_free_inst", "free NODE", "free NODE", "CHAIN_free_inst", "free NODE", "free LIST"];
    expect(server.take()).toEqual([...RECEIVED, ...chain, "Take", ...freed]);
    expect([...client.live, ...server.live]).toEqual([]);
  });

  it("[out]: the server frees what it transmitted and what it presented; the client's object is the caller's to free", async () => {
    await using both = await joined();
    const { client, server, manager } = both;
    manager.does = ({ list }) => {
      Object.assign(Object(list), { number: 7 });
      return { returnValue: 0 };
    };
    const list = property(await both.call("Give", {}), "list");
    expect(numbersOf(list)).toEqual([7]);
    expect(server.take()).toEqual(["allocate LIST", "Give", ...SENT_BY_CLIENT, "LIST_free_inst", "free LIST"]);
    expect(client.take()).toEqual(["allocate LIST", "allocate SENT", "LIST_from_xmit", "free SENT"]);
    expect([...client.live.keys()]).toEqual([list]);
    expect([...server.live]).toEqual([]);
  });

  it("[in, out]: existing storage of the client is filled, and the server frees what it presented once", async () => {
    await using both = await joined();
    const { client, server, manager } = both;
    manager.does = () => ({ returnValue: 0 });
    const list = nodes(1, 2, 3);
    expect(property(await both.call("Edit", { list }), "list")).toBe(list);
    expect(server.take()).toEqual([...RECEIVED, "Edit", ...SENT_BY_CLIENT, ...FREED, "free LIST"]);
    expect(client.take()).toEqual([...SENT_BY_CLIENT, ...RECEIVED.slice(1)]);
    expect([...client.live.keys()]).toEqual([list.next?.next, list.next]);
    expect([...server.live]).toEqual([]);
  });

  it("[in, out] of a value: what came and what the manager returns instead are both freed", async () => {
    await using both = await joined();
    const { server, manager } = both;
    manager.does = (_request, call) => ({ chain: server.behind([9], call.memory), returnValue: 0 });
    expect(numbersOf(property(await both.call("EditChain", { chain: nodes(1, 2) }), "chain"))).toEqual([9]);
    const received = ["allocate SENT", "CHAIN_from_xmit", "allocate NODE", "allocate NODE", "free SENT"];
    const freed = ["CHAIN_free_inst", "free NODE", "free NODE", "CHAIN_free_inst", "free NODE"];
    expect(server.take()).toEqual([...received, "EditChain", "allocate NODE", ...SENT_CHAIN, ...freed]);
    expect([...server.live]).toEqual([]);
  });

  it("of a returned pointer is freed with the node, which the manager took from the pair", async () => {
    await using both = await joined();
    const { client, server, manager } = both;
    manager.does = (_request, call) => server.behind([5], call.memory);
    expect(numbersOf(await both.call("Return", {}))).toEqual([5]);
    expect(server.take()).toEqual(["Return", "allocate NODE", ...SENT_BY_CLIENT, "LIST_free_inst", "free NODE"]);
    expect(client.take()).toEqual(["allocate LIST", "allocate SENT", "LIST_from_xmit", "free SENT"]);
  });
});

describe("M40: conversions inside a parameter", () => {
  const holder = (): object => ({ two: nodes(1, 2), user: nodes(3, 4), list: nodes(5, 6) });
  const RECEIVED_HOLDER = [
    ...["allocate HOLDER", "allocate PAIR", "TWO_from_xmit", "allocate NODE", "free PAIR"],
    ...["USER_UserUnmarshal", "allocate NODE"],
    ...["allocate LIST", "allocate SENT", "LIST_from_xmit", "allocate NODE", "free SENT"],
  ];

  it("[in]: only _UserFree is called; what _free_inst would free is the manager's", async () => {
    await using both = await joined();
    const { client, server } = both;
    await both.call("TakeHolder", { holder: holder() });
    expect(client.take()).toEqual(["TWO_to_xmit", "TWO_free_xmit", "USER_UserMarshal", ...SENT_BY_CLIENT]);
    const freed = ["USER_UserFree", "free NODE", "free HOLDER", "free LIST"];
    expect(server.take()).toEqual([...RECEIVED_HOLDER, "TakeHolder", ...freed]);
    expect([...server.live.values()]).toEqual(["NODE", "NODE"]);
  });

  it("[in, out]: every free routine is called, in the order of the declaration, before the nodes go", async () => {
    await using both = await joined();
    const { server, manager } = both;
    manager.does = () => ({ returnValue: 0 });
    await both.call("EditHolder", { holder: holder() });
    const sent = ["TWO_to_xmit", "TWO_free_xmit", "USER_UserMarshal", ...SENT_BY_CLIENT];
    const freed = ["TWO_free_inst", "free NODE", "USER_UserFree", "free NODE", "LIST_free_inst", "free NODE"];
    expect(server.take()).toEqual([...RECEIVED_HOLDER, "EditHolder", ...sent, ...freed, "free HOLDER", "free LIST"]);
    expect([...server.live]).toEqual([]);
  });
});

describe("M40: a call that fails", () => {
  const request = (): object => ({
    list: nodes(1, 2),
    holder: { two: nodes(3, 4), user: nodes(5, 6), list: nodes(7, 8) },
  });

  it("frees on the server what was converted when the manager throws", async () => {
    await using both = await joined();
    both.manager.does = () => {
      throw new Error("no");
    };
    await expect(both.call("Edit", { list: nodes(1, 2, 3) })).rejects.toThrow(RpcError);
    expect(both.server.take()).toEqual([...RECEIVED, "Edit", ...FREED, "free LIST"]);
    expect([...both.server.live]).toEqual([]);
  });

  it("frees all that was converted before a routine threw, the last first, whichever it was", async () => {
    for (const name of ["LIST_from_xmit", "TWO_from_xmit", "USER_UserUnmarshal"]) {
      await using both = await joined();
      let calls = 0;
      both.server.before = (routine) => {
        if (routine === name && ++calls === (name === "LIST_from_xmit" ? 2 : 1)) throw new Error("cannot");
      };
      await expect(both.call("TakeBoth", request())).rejects.toThrow(RpcError);
      expect(both.server.trace).not.toContain("TakeBoth");
      expect([...both.server.live]).toEqual([]);
      both.server.before = () => undefined;
      await both.call("Take", { list: nodes(1), chain: null });
    }
  });

  it("frees in the opposite order of conversion, objects before nodes", async () => {
    await using both = await joined();
    let lists = 0;
    both.server.before = (name) => {
      if (name === "LIST_from_xmit" && ++lists === 2) throw new Error("cannot");
    };
    await expect(both.call("TakeBoth", request())).rejects.toThrow(RpcError);
    const trace = both.server.take();
    expect(trace.slice(trace.lastIndexOf("LIST_from_xmit"))).toEqual([
      ...["LIST_from_xmit", "USER_UserFree", "free NODE", "TWO_free_inst", "free NODE", "LIST_free_inst", "free NODE"],
      ...["free LIST", "free HOLDER", "free LIST", "free SENT"],
    ]);
  });

  it("leaks nothing on the server when the k-th allocation fails, for every k (M3)", async () => {
    for (let k = 0; ; k++) {
      await using both = await joined();
      let left = k;
      both.server.before = (name) => {
        if (name.startsWith("allocate") && left-- === 0) throw new Error("none");
      };
      const answer = await both.call("TakeBoth", request()).catch((error: unknown) => error);
      if (!(answer instanceof RpcError)) {
        expect(k).toBeGreaterThan(8);
        break;
      }
      expect(answer.name).toBe("RPC_S_SERVER_OUT_OF_MEMORY");
      expect([...both.server.live]).toEqual([]);
    }
  });

  it("leaks nothing on the client when the k-th allocation fails, and leaves existing storage alone", async () => {
    for (let k = 0; ; k++) {
      await using both = await joined();
      both.manager.does = () => ({ returnValue: 0 });
      const holder = { two: nodes(3, 4), user: nodes(5, 6), list: null };
      let left = k;
      both.client.before = (name) => {
        if (name.startsWith("allocate") && left-- === 0) throw new Error("none");
      };
      const answer = await both.call("EditHolder", { holder }).catch((error: unknown) => error);
      if (!(answer instanceof RpcError)) {
        expect(k).toBeGreaterThan(2);
        break;
      }
      expect(answer.name).toBe("RPC_S_OUT_OF_MEMORY");
      // What the routines put behind the caller's own objects is reachable from them, and the caller's to free.
      const reachable = new Set<unknown>([holder.two.next, holder.user.next]);
      expect([...both.client.live.keys()].filter((node) => !reachable.has(node))).toEqual([]);
    }
  });

  it("on the client names the routine and the path, keeps what it threw as the cause, and frees what was transmitted", async () => {
    await using both = await joined();
    const cause = new Error("no room");
    both.client.before = (name) => {
      if (name === "CHAIN_to_xmit") throw cause;
    };
    const error = await both.call("Take", { list: nodes(1), chain: null }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RpcError);
    expect(error).toMatchObject({
      name: "RPC_X_BAD_STUB_DATA",
      message: "Take.chain: CHAIN_to_xmit failed: no room",
      path: "Take.chain",
      cause,
    });
    expect([...both.client.live]).toEqual([]);
    expect(both.server.take()).toEqual([]);
  });

  it("keeps the status of an RpcError", async () => {
    await using both = await joined();
    both.client.before = (name) => {
      if (name === "LIST_to_xmit") throw new RpcError("RPC_S_ACCESS_DENIED", "not yours");
    };
    await expect(both.call("Take", { list: nodes(1), chain: null })).rejects.toMatchObject({
      name: "RPC_S_ACCESS_DENIED",
      message: "Take.list: LIST_to_xmit failed: not yours",
    });
  });

  it("calls the other free routines when one throws, frees every node, and then faults", async () => {
    await using both = await joined();
    both.manager.does = () => ({ returnValue: 0 });
    both.server.before = (name) => {
      if (name === "TWO_free_inst") throw new Error("broken");
    };
    const holder = { two: nodes(1), user: nodes(2, 3), list: nodes(4, 5) };
    await expect(both.call("EditHolder", { holder })).rejects.toThrow(RpcError);
    const trace = both.server.take();
    expect(trace.slice(trace.indexOf("TWO_free_inst"))).toEqual([
      ...["TWO_free_inst", "USER_UserFree", "free NODE", "LIST_free_inst", "free NODE", "free HOLDER", "free LIST"],
    ]);
  });
});

describe("M1, M40: routines that are missing", () => {
  it("fails at construction, with the routines to supply", async () => {
    const { client, server } = await makers();
    const some = { LIST_to_xmit: () => null, LIST_from_xmit: () => null, LIST_free_inst: () => null };
    expect(() => client(undefined)).toThrow(
      new TypeError(
        "ConversionClient needs the application's conversion of LIST: supply an object with LIST_to_xmit, LIST_from_xmit, LIST_free_inst, LIST_free_xmit",
      ),
    );
    expect(() => server(some)).toThrow(
      new TypeError(
        "conversionServerStub needs the application's conversion of LIST: supply an object with LIST_free_xmit",
      ),
    );
  });
});
