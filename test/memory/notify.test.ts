/** M27: [notify] and [notify_flag]. */
import { describe, expect, it } from "vitest";
import { MemoryTransport, RpcBinding, RpcServer, managedMemory, trackMemory } from "../../runtime/index.ts";
import type { ServerStub } from "../../runtime/stub.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { isRecord } from "./call-support.ts";
import { describeMemories } from "./memories.ts";
import type { MemoryKind } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e66), version(1.0), pointer_default(unique)]
interface notified
{
    typedef struct _LIST { long value; struct _LIST *next; } LIST;
    typedef pipe long NUMBERS;
    long Take([in] LIST *list);
    long Flagged([in, range(1, 9)] long limit, [in] LIST *list);
    void Both([in] NUMBERS numbers);
    long Plain([in] long value);
}`;

/** The same interface for a client that does not know the server's limits. */
const CARELESS_IDL = IDL.replace("range(1, 9)", "range(1, 99)");

const ACF = `
interface notified
{
    [notify] Take();
    [notify_flag] Flagged();
    [notify, notify_flag] Both();
}`;

interface Sides extends AsyncDisposable {
  readonly trace: string[];
  call(operation: string, request: object): Promise<unknown>;
}

/** Both sides, with a trace of what happens on the server. */
async function sides(kind: MemoryKind, routine: () => unknown): Promise<Sides> {
  const { exports } = await compileIdl("notified", IDL, { acf: ACF });
  const trace: string[] = [];
  const { pair, heap } = kind.make();
  const memory = trackMemory(pair);
  const manager = {
    Take: () => (trace.push("Take"), routine()),
    Take_notify: () => trace.push(`Take_notify, ${memory.liveCount} live`),
    Flagged: () => (trace.push("Flagged"), routine()),
    Flagged_notify_flag: (called: boolean) => trace.push(`Flagged_notify_flag(${called}), ${memory.liveCount} live`),
    Both: () => (trace.push("Both"), routine()),
    Both_notify: () => trace.push("Both_notify"),
    Both_notify_flag: (called: boolean) => trace.push(`Both_notify_flag(${called})`),
    Plain: () => routine(),
  };
  const factory = exports.get("notifiedServerStub");
  const constructor = (await compileIdl("notified", CARELESS_IDL)).exports.get("NotifiedClient");
  if (typeof factory !== "function" || typeof constructor !== "function") throw new Error("no stubs");
  const stub: unknown = Reflect.apply(factory, undefined, [manager, memory]);
  if (!isServerStub(stub)) throw new Error("no server stub");
  const transport = new MemoryTransport();
  const server = new RpcServer({ transports: [transport] });
  server.register(stub);
  const binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[notified]"), { transports: [transport] });
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
      heap?.check();
      if (heap !== undefined && heap.blocks.size > 0) throw new Error(`${heap.blocks.size} blocks are left`);
    },
  };
}

function isServerStub(value: unknown): value is ServerStub {
  return isRecord(value) && "operations" in value;
}

const LIST = { value: 1, next: { value: 2, next: null } };

describeMemories((kind) => {
  describe("M27: [notify] and [notify_flag]", () => {
    it("M27: NAME_notify runs after everything was freed", async () => {
      await using each = await sides(kind, () => 7);
      expect(await each.call("Take", { list: LIST })).toBe(7);
      expect(each.trace).toEqual(["Take", "Take_notify, 0 live"]);
    });

    it("M27: also when the manager routine is asynchronous", async () => {
      await using each = await sides(kind, () => Promise.resolve(7));
      expect(await each.call("Take", { list: LIST })).toBe(7);
      expect(each.trace).toEqual(["Take", "Take_notify, 0 live"]);
    });

    it("M27: NAME_notify_flag says that the manager routine was called", async () => {
      await using each = await sides(kind, () => 7);
      await each.call("Flagged", { limit: 1, list: LIST });
      expect(each.trace).toEqual(["Flagged", "Flagged_notify_flag(true), 0 live"]);
    });

    it("M27: even if it threw", async () => {
      await using each = await sides(kind, () => {
        throw new Error("no");
      });
      await expect(each.call("Flagged", { limit: 1, list: LIST })).rejects.toThrow();
      expect(each.trace).toEqual(["Flagged", "Flagged_notify_flag(true), 0 live"]);
    });

    it("M27: it runs when unmarshaling failed, with false", async () => {
      await using each = await sides(kind, () => 7);
      await expect(each.call("Flagged", { limit: 10, list: LIST })).rejects.toMatchObject({
        name: "RPC_S_INVALID_BOUND",
      });
      expect(each.trace).toEqual(["Flagged_notify_flag(false), 0 live"]);
    });

    it("M27: both, in an operation with pipes", async () => {
      await using each = await sides(kind, () => undefined);
      await each.call("Both", { numbers: [Int32Array.of(1, 2)] });
      expect(each.trace).toEqual(["Both", "Both_notify", "Both_notify_flag(true)"]);
    });
  });
});
