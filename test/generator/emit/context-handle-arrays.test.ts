/**
 * Arrays of context handles (MIDL "/target", NT60). The octets: ndr_context_handle is an unsigned long and a uuid (C706 appendix N.1), so that an
 * array of them is its counts and 20 octets a handle, aligned to 4, in both transfer syntaxes.
 */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ContextHandle, MemoryTransport, RpcBinding, RpcServer, managedMemory } from "../../../runtime/index.ts";
import type { ServerCall } from "../../../runtime/index.ts";
import { isRecord } from "../../memory/call-support.ts";
import { compileIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, serverStub, writer } from "../../support/stub-harness.ts";
import { HandleValue, property } from "../../support/vector-values.ts";

const IDL = `
[uuid(5a0f3c1e-7d24-4b8e-8f65-2c9d0a1b3e47), version(1.0), pointer_default(unique)]
interface channels
{
    typedef [context_handle] void *CHANNEL;
    long Open([in] long count, [out] long *opened, [out, size_is(, *opened)] CHANNEL **channels);
    long Change([in] long count, [in, out, size_is(count)] CHANNEL *channels);
    long Read([in] long count, [in, size_is(count)] CHANNEL *channels);
    long Pair([in, out] CHANNEL pair[2]);
    long Part([in] long count, [in] long first, [in] long length,
              [in, out, size_is(count), first_is(first), length_is(length)] CHANNEL channels[]);
}`;

const A = "11223344-5566-7788-99aa-bbccddeeff00";
const B = "01020304-0506-0708-090a-0b0c0d0e0f10";
const WIRE_A = "00000000 44332211 6655 8877 99aabbccddeeff00";
const WIRE_B = "01000000 04030201 0605 0807 090a0b0c0d0e0f10";
const NIL = "00".repeat(20);

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("channels", IDL);
});

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");
const plain = (text: string): string => text.replaceAll(" ", "");

describe("the octets of an array of context handles", () => {
  const [a, b] = [new HandleValue(0, A), new HandleValue(1, B)];

  it.each([
    [
      "Change",
      { count: 3, channels: [a, null, b] },
      `03000000 03000000 ${WIRE_A} ${NIL} ${WIRE_B}`,
      `03000000 00000000 0300000000000000 ${WIRE_A} ${NIL} ${WIRE_B}`,
    ],
    ["Pair", { pair: [b, a] }, `${WIRE_B} ${WIRE_A}`, `${WIRE_B} ${WIRE_A}`],
    [
      "Part",
      { count: 4, first: 1, length: 2, channels: [null, a, b, null] },
      `04000000 01000000 02000000 04000000 01000000 02000000 ${WIRE_A} ${WIRE_B}`,
      `04000000 01000000 02000000 00000000 0400000000000000 0100000000000000 0200000000000000 ${WIRE_A} ${WIRE_B}`,
    ],
  ])("are those of %s", async (operation, request, ndr, ndr64) => {
    for (const [octets, isNdr64] of [
      [plain(ndr), false],
      [plain(ndr64), true],
    ] as const) {
      const w = writer(isNdr64);
      clientHalves(compiled.exports, operation, request).marshal(w);
      expect(hex(w.octets())).toBe(octets);
      const opnum = compiled.model.main.interfaces[0]?.operations.find(({ name }) => name === operation)?.opnum ?? -1;
      let seen: unknown;
      await serve(
        compiled.exports,
        opnum,
        reader(Buffer.from(octets, "hex"), { ndr64: isNdr64, littleEndian: true }),
        writer(),
        (received) => {
          seen = structuredClone(received);
          return { returnValue: 0 };
        },
      );
      const name = operation === "Pair" ? "pair" : "channels";
      const sent = property(request, name);
      // Elements that are not sent are null handles on the other side.
      const arrived = Array.isArray(sent) && operation === "Part" ? sent.slice(0, 3) : sent;
      expect(property(seen, name)).toEqual(structuredClone(arrived));
    }
  });

  it("are those of a response with a pointer to as many as the server has opened", () => {
    const halves = clientHalves(compiled.exports, "Open", { count: 2 });
    const response = plain(`02000000 00000200 02000000 ${WIRE_A} ${WIRE_B} 00000000`);
    expect(halves.unmarshal(reader(Buffer.from(response, "hex"), { ndr64: false, littleEndian: true }))).toEqual({
      opened: 2,
      channels: [a, b],
      returnValue: 0,
    });
  });

  it("end too early", () => {
    const halves = clientHalves(compiled.exports, "Open", { count: 2 });
    const response = plain(`02000000 00000200 ffffff7f ${WIRE_A}`);
    expect(() => halves.unmarshal(reader(Buffer.from(response, "hex"), { ndr64: false, littleEndian: true }))).toThrow(
      expect.objectContaining({ name: "RPC_X_BAD_STUB_DATA" }),
    );
  });
});

describe("context handles in arrays", () => {
  const disposables: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const each of disposables.splice(0).reverse()) await each[Symbol.asyncDispose]();
  });

  interface State {
    id: number;
  }

  type Routine = (request: Record<string, unknown>, call: ServerCall) => unknown;

  async function started(): Promise<{
    call: (operation: string, request: object) => Promise<Record<string, unknown>>;
    routines: Map<string, Routine>;
    rundowns: State[];
    binding: RpcBinding;
  }> {
    const routines = new Map<string, Routine>();
    const rundowns: State[] = [];
    const stub = serverStub(
      compiled.exports,
      (request, call) => {
        if (typeof call !== "object") rundowns.push(request as State);
        else if (isRecord(request)) return routines.get(call.operation)?.(request, call);
        return undefined;
      },
      managedMemory(),
    );
    const transports = [new MemoryTransport()];
    const server = new RpcServer({ transports });
    server.register(stub);
    const binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[channels]"), { transports });
    disposables.push(server, binding);
    const constructor = compiled.exports.get("ChannelsClient");
    if (typeof constructor !== "function") throw new Error("no client stub");
    const client: unknown = Reflect.construct(constructor, [binding, managedMemory()]);
    routines.set("Open", ({ count }) => {
      const channels = Array.from({ length: Number(count) }, (_, id): State => ({ id }));
      return { opened: channels.length, channels, returnValue: 0 };
    });
    return {
      routines,
      rundowns,
      binding,
      call: async (operation, request) => {
        const method: unknown = Reflect.get(Object(client), operation);
        if (typeof method !== "function") throw new Error(`no operation ${operation}`);
        const answer: unknown = await Reflect.apply(method, client, [request]);
        return isRecord(answer) ? answer : { returnValue: answer };
      },
    };
  }

  const isHandle = (value: unknown): value is ContextHandle => value instanceof ContextHandle;

  function handlesOf(value: unknown): ContextHandle[] {
    if (!Array.isArray(value)) throw new Error("no array");
    return value.map((each: unknown) => {
      if (!isHandle(each)) throw new Error("no handle");
      return each;
    });
  }

  it("stand for the states of the manager, and are closed one by one", async () => {
    const { call, routines, rundowns, binding } = await started();
    const channels = handlesOf((await call("Open", { count: 3 }))["channels"]);
    expect(channels.map(({ type, closed }) => [type, closed])).toEqual(Array(3).fill(["CHANNEL", false]));

    routines.set("Read", ({ channels: states }) =>
      Array.isArray(states) ? states.reduce((sum: number, each: State | null) => sum + (each?.id ?? 100), 0) : -1,
    );
    expect((await call("Read", { channels }))["returnValue"]).toBe(3);

    // In place: null closes, another object takes the handle over.
    const replacement = { id: 7 };
    routines.set("Change", ({ channels: states }) => {
      if (Array.isArray(states)) states.splice(0, 2, null, replacement);
      return { returnValue: 0 };
    });
    const [first, second, third] = channels;
    const after = await call("Change", { channels: [first, second, third] });
    expect(after["channels"]).toEqual([null, second, third]);
    expect([first?.closed, second?.closed, third?.closed]).toEqual([true, false, false]);
    expect((await call("Read", { channels: [second, third] }))["returnValue"]).toBe(9);
    await expect(call("Read", { channels: [first] })).rejects.toMatchObject({ name: "RPC_X_SS_IN_NULL_CONTEXT" });

    // In an array of the manager's own: what stands at the same place is the same handle.
    routines.set("Change", ({ channels: states }) => ({
      channels: [null, Array.isArray(states) ? states[1] : null],
      returnValue: 0,
    }));
    expect((await call("Change", { channels: [second, third] }))["channels"]).toEqual([null, third]);

    await binding.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rundowns).toEqual([{ id: 2 }]);
  });

  it("that were opened for a reply that could not be made are run down", async () => {
    const { call, routines, rundowns } = await started();
    routines.set("Open", () => ({ opened: 3, channels: [{ id: 1 }, { id: 2 }], returnValue: 0 }));
    await expect(call("Open", { count: 2 })).rejects.toMatchObject({ name: "RPC_X_BAD_STUB_DATA" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rundowns).toEqual([]);

    routines.set("Open", () => ({ opened: 2, channels: [{ id: 1 }, { id: 2 }], returnValue: "none" }));
    await expect(call("Open", { count: 2 })).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rundowns).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
