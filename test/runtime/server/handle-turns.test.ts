import { describe, expect, it } from "vitest";
import { MemoryTransport, RpcBinding, RpcServer, managedMemory } from "../../../runtime/index.ts";
import type { RpcServerOptions } from "../../../runtime/index.ts";
import { HandleTurns } from "../../../runtime/server/handle-turns.ts";
import type { HandleAccess, HandleUse, UsedHandle } from "../../../runtime/server/handle-turns.ts";
import { compileIdl } from "../../support/compile-idl.ts";
import { serverStub } from "../../support/stub-harness.ts";
import { property } from "../../support/vector-values.ts";

const handle = (): UsedHandle => ({ isTaken: false, users: 0 });
const use = (each: UsedHandle, access: HandleAccess = "exclusive"): HandleUse => ({ handle: each, access });

describe("HandleTurns", () => {
  it("lets calls that need a handle for themselves run one after the other, in the order in which they came", async () => {
    const turns = new HandleTurns();
    const book = handle();
    const order: number[] = [];
    expect(turns.take([use(book)])).toBeUndefined();
    const second = turns.take([use(book)])?.then(() => order.push(2));
    const third = turns.take([use(book)])?.then(() => order.push(3));
    turns.giveBack([use(book)]);
    await second;
    expect(order).toEqual([2]);
    turns.giveBack([use(book)]);
    await third;
    expect(order).toEqual([2, 3]);
  });

  it("lets those that share it run together, and one that needs it for itself wait for all of them", async () => {
    const turns = new HandleTurns();
    const book = handle();
    expect(turns.take([use(book, "shared")])).toBeUndefined();
    expect(turns.take([use(book, "shared")])).toBeUndefined();
    let writes = false;
    const writer = turns.take([use(book)])?.then(() => (writes = true));
    let reads = false;
    const late = turns.take([use(book, "shared")])?.then(() => (reads = true));
    turns.giveBack([use(book, "shared")]);
    await Promise.resolve();
    expect(writes).toBe(false);
    turns.giveBack([use(book, "shared")]);
    await writer;
    expect(reads).toBe(false);
    turns.giveBack([use(book)]);
    await late;
    expect(book).toEqual({ isTaken: false, users: 1 });
  });

  it("takes several handles at once, so that two calls never wait for each other", async () => {
    const turns = new HandleTurns();
    const [left, right] = [handle(), handle()];
    expect(turns.take([use(left), use(right)])).toBeUndefined();
    const crossed = turns.take([use(right), use(left)]);
    expect(turns.take([use(handle())])).toBeUndefined();
    turns.giveBack([use(left), use(right)]);
    await crossed;
    expect([left.isTaken, right.isTaken]).toEqual([true, true]);
  });
});

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2eaa), version(1.0)]
interface turns
{
    typedef [context_handle] void *BOOK;
    long Open([out] BOOK *book);
    long Write([in] BOOK book);
    long Read([in] BOOK book);
    long Replace([in, out] BOOK *book);
    long Close([in, out] BOOK *book);
}`;
const ACF = "interface turns { [context_handle_noserialize] Read(); }";

interface Sides extends AsyncDisposable {
  readonly trace: string[];
  call(operation: string, request: object): Promise<unknown>;
}

/** A server whose routines take a while, and say when they begin and end. */
async function sides(options: RpcServerOptions = {}): Promise<Sides> {
  const { exports } = await compileIdl("turns", IDL, { acf: ACF });
  const trace: string[] = [];
  const transport = new MemoryTransport();
  const server = new RpcServer({ transports: [transport], ...options });
  server.register(
    serverStub(
      exports,
      async (request, { operation }) => {
        const state = property(request, "book");
        const name = state === undefined ? "" : ` ${String(property(state, "name"))}`;
        trace.push(`${operation}${name} begins`);
        for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
        trace.push(`${operation} ends`);
        if (operation === "Open") return { book: { name: "first" }, returnValue: 0 };
        if (operation === "Replace") return { book: { name: "second" }, returnValue: 0 };
        return operation === "Close" ? { book: null, returnValue: 0 } : 0;
      },
      managedMemory(),
    ),
  );
  const binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[turns]"), { transports: [transport] });
  const constructor = exports.get("TurnsClient");
  if (typeof constructor !== "function") throw new Error("no client");
  const client: unknown = Reflect.construct(constructor, [binding, managedMemory()]);
  return {
    trace,
    async call(operation, request) {
      const method: unknown = Reflect.get(Object(client), operation);
      if (typeof method !== "function") throw new Error(`no operation ${operation}`);
      const answer: unknown = await Reflect.apply(method, client, [request]);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      await binding.close();
      await server.close();
    },
  };
}

describe("calls on one context handle", () => {
  const opened = async (each: Sides): Promise<unknown> => {
    const book = property(await each.call("Open", {}), "book");
    each.trace.length = 0;
    return book;
  };

  it("run one after the other by default", async () => {
    await using each = await sides();
    const book = await opened(each);
    await Promise.all([each.call("Write", { book }), each.call("Write", { book })]);
    expect(each.trace).toEqual(["Write first begins", "Write ends", "Write first begins", "Write ends"]);
  });

  it("M28: run together with [context_handle_noserialize]", async () => {
    await using each = await sides();
    const book = await opened(each);
    await Promise.all([each.call("Read", { book }), each.call("Read", { book })]);
    expect(each.trace).toEqual(["Read first begins", "Read first begins", "Read ends", "Read ends"]);
  });

  it("run together when the server does not serialize contexts", async () => {
    await using each = await sides({ dontSerializeContext: true });
    const book = await opened(each);
    await Promise.all([each.call("Write", { book }), each.call("Write", { book })]);
    expect(each.trace.slice(0, 2)).toEqual(["Write first begins", "Write first begins"]);
  });

  it("on two handles run together", async () => {
    await using each = await sides();
    const [one, other] = [await opened(each), await opened(each)];
    await Promise.all([each.call("Write", { book: one }), each.call("Write", { book: other })]);
    expect(each.trace.slice(0, 2)).toEqual(["Write first begins", "Write first begins"]);
  });

  it("see the state that the call before has left", async () => {
    await using each = await sides();
    const book = await opened(each);
    await Promise.all([each.call("Replace", { book }), each.call("Write", { book })]);
    expect(each.trace).toEqual(["Replace first begins", "Replace ends", "Write second begins", "Write ends"]);
  });

  it("fail with RPC_X_SS_CONTEXT_MISMATCH when the call before has closed it", async () => {
    await using each = await sides();
    const book = await opened(each);
    const [closed, written] = await Promise.allSettled([each.call("Close", { book }), each.call("Write", { book })]);
    expect(closed).toMatchObject({ status: "fulfilled" });
    expect(written).toMatchObject({ status: "rejected", reason: { name: "RPC_X_SS_CONTEXT_MISMATCH" } });
    expect(each.trace).toEqual(["Close first begins", "Close ends"]);
  });

  it("go on after one that failed", async () => {
    await using each = await sides();
    const book = await opened(each);
    const calls = Array.from({ length: 20 }, () => each.call("Write", { book }));
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 20 }, () => 0));
  });
});
