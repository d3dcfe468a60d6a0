/** Pipes between client and server over a transport in memory: order, ends, failures in each place, and what waits where. */
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { RpcError } from "../../../runtime/rpc-error.ts";
import type { RpcLimits } from "../../../runtime/rpc/limits.ts";
import { RpcServer } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { PIPED, PipedClient, pipedStub } from "./pipe-interface.ts";
import type { PipedManager } from "./pipe-interface.ts";

interface Settings {
  readonly server?: Partial<RpcLimits>;
  readonly client?: Partial<RpcLimits>;
  readonly transferSyntaxes?: ("ndr" | "ndr64")[];
}

/** A server and a client of it, for as long as a test takes. */
async function connected(
  manager: PipedManager,
  test: (client: PipedClient, binding: RpcBinding) => Promise<void>,
  { server: serverLimits, client: clientLimits, transferSyntaxes = ["ndr", "ndr64"] }: Settings = {},
): Promise<void> {
  const transport = new MemoryTransport();
  const reported: unknown[] = [];
  await using server = new RpcServer({
    transports: [transport],
    limits: serverLimits ?? {},
    onError: (error) => reported.push(error),
  });
  server.register(pipedStub(manager, { ...PIPED, transferSyntaxes }));
  const endpoint = await server.listen("midl-ts-memory:[pipes]");
  await using binding = RpcBinding.fromString(endpoint, { transports: [transport], limits: clientLimits ?? {} });
  await test(new PipedClient(binding), binding);
}

function octets(count: number, from = 0): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => from + index);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<number[][]> {
  const collected: number[][] = [];
  for await (const chunk of chunks) collected.push([...chunk]);
  return collected;
}

/** The status and the path of what a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no failure",
    (error: unknown) => (error instanceof RpcError ? error.name : error),
  );
}

/** Waits until a number does not change any more. */
async function standstill(count: () => number): Promise<void> {
  for (let last = -1; last !== count();) {
    last = count();
    await delay(30);
  }
}

/** A promise and what resolves it. */
function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return {
    promise,
    resolve: () => {
      resolve();
    },
  };
}

async function* counted(count: number, size: number, taken: { chunks: number }): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) {
    await turn();
    taken.chunks++;
    yield new Uint8Array(size);
  }
}

describe("an [in] pipe", () => {
  it("delivers its chunks as they were cut, and the parameters before it", async () => {
    let seen: unknown;
    const manager: PipedManager = {
      send: async ({ number, sent }) => {
        seen = await collect(sent);
        return number + 1;
      },
    };
    await connected(manager, async (client) => {
      const sent = [octets(3), octets(1, 7), new Uint8Array(0), octets(9, 100)];
      expect(await client.send({ number: 41, sent })).toBe(42);
      expect(seen).toEqual([[...octets(3)], [7], [...octets(9, 100)]]);
      expect(await client.send({ number: 1, sent: [] })).toBe(2);
      expect(seen).toEqual([]);
    });
  });

  it("calls the manager, and delivers, while the client still produces", async () => {
    const order: string[] = [];
    const manager: PipedManager = {
      send: async ({ sent }) => {
        order.push("called");
        for await (const chunk of sent) order.push(`pulled ${chunk.length}`);
        return 0;
      },
    };
    async function* source(): AsyncGenerator<Uint8Array> {
      await delay(20);
      for (const size of [16, 32]) {
        order.push(`sent ${size}`);
        yield new Uint8Array(size);
        await delay(20);
      }
    }
    await connected(manager, async (client) => {
      await client.send({ number: 0, sent: source() });
      expect(order).toEqual(["sent 16", "called", "pulled 16", "sent 32", "pulled 32"]);
    });
  });

  it("cuts a chunk that is larger than 64 KiB", async () => {
    let sizes: number[] = [];
    const manager: PipedManager = {
      send: async ({ sent }) => {
        sizes = [];
        for await (const chunk of sent) sizes.push(chunk.length);
        return 0;
      },
    };
    await connected(manager, async (client) => {
      await client.send({ number: 0, sent: [new Uint8Array(150_000)] });
      expect(sizes).toEqual([65536, 65536, 18928]);
    });
  });

  it("stops the client when the manager does not pull: less than a megabyte is on its way", async () => {
    const taken = { chunks: 0 };
    const { promise: waiting, resolve: goOn } = pending();
    let pulled = 0;
    const manager: PipedManager = {
      send: async ({ sent }) => {
        await waiting;
        for await (const chunk of sent) pulled += chunk.length;
        return 0;
      },
    };
    await connected(manager, async (client) => {
      const call = client.send({ number: 0, sent: counted(1000, 10_000, taken) });
      await standstill(() => taken.chunks);
      expect(taken.chunks * 10_000).toBeGreaterThan(64 * 1024);
      expect(taken.chunks * 10_000).toBeLessThan(1024 * 1024);
      expect(await client.addOne(1)).toBe(2); // another call takes another connection
      goOn();
      await call;
      expect(pulled).toBe(10_000_000);
    });
  });

  it("is received and dropped as far as the manager leaves it", async () => {
    const taken = { chunks: 0 };
    const manager: PipedManager = {
      send: async ({ number, sent }) => {
        if (number === 1) for await (const chunk of sent) if (chunk.length > 0) break;
        return number;
      },
    };
    await connected(manager, async (client, binding) => {
      expect(await client.send({ number: 0, sent: counted(100, 10_000, taken) })).toBe(0);
      expect(await client.send({ number: 1, sent: counted(100, 10_000, taken) })).toBe(1);
      expect(taken.chunks).toBe(200);
      expect(await client.addOne(1)).toBe(2);
      expect(binding.connections).toBe(1);
    });
  });

  it("is given back by a client whose server answers early with a fault", async () => {
    const taken = { chunks: 0 };
    let isGivenBack = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield* counted(1_000_000, 5000, taken);
      } finally {
        isGivenBack = true;
      }
    }
    const manager: PipedManager = {
      send: async ({ sent }) => {
        for await (const chunk of sent) if (chunk.length > 0) throw new RpcError("RPC_S_ACCESS_DENIED");
        return 0;
      },
    };
    await connected(manager, async (client, binding) => {
      expect(await failure(client.send({ number: 0, sent: endless() }))).toBe("RPC_S_ACCESS_DENIED");
      await delay(10);
      expect(isGivenBack).toBe(true);
      expect(await client.addOne(1)).toBe(2);
      expect(await failure(client.send({ number: 0, sent: endless() }))).toBe("RPC_S_ACCESS_DENIED");
      expect(binding.connections).toBe(1);
    });
  });

  it("whose source throws cancels the call: the manager's pull fails with RPC_S_CALL_CANCELLED", async () => {
    let seen: Promise<unknown> | undefined;
    const manager: PipedManager = {
      send: async ({ sent }) => {
        seen = failure(collect(sent));
        await seen;
        return 0;
      },
    };
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1000);
      await delay(10);
      throw new TypeError("the disk is gone");
    }
    await connected(manager, async (client) => {
      await expect(client.send({ number: 0, sent: broken() })).rejects.toThrow("the disk is gone");
      await delay(10);
      expect(await seen).toBe("RPC_S_CALL_CANCELLED");
      expect(await client.addOne(1)).toBe(2);
    });
  });

  it("ends with the signal of the call", async () => {
    let seen: Promise<unknown> | undefined;
    const manager: PipedManager = {
      send: async ({ sent }) => {
        seen = failure(collect(sent));
        await seen;
        return 0;
      },
    };
    const abort = new AbortController();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1000);
      await delay(10);
      abort.abort();
      await delay(100_000, undefined, { ref: false });
    }
    await connected(manager, async (client) => {
      const call = client.send({ number: 0, sent: silent() }, { signal: abort.signal });
      expect(await failure(call)).toBe("RPC_S_CALL_CANCELLED");
      await delay(10);
      expect(await seen).toBe("RPC_S_CALL_CANCELLED");
    });
  });

  it("fails with the connection, on both sides", async () => {
    let seen: Promise<unknown> | undefined;
    const manager: PipedManager = {
      send: async ({ sent }) => {
        seen = failure(collect(sent));
        await seen;
        return 0;
      },
    };
    await connected(manager, async (client, binding) => {
      async function* source(): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(1000);
        await delay(10);
        void binding.close();
        await delay(100_000, undefined, { ref: false });
      }
      expect(await failure(client.send({ number: 0, sent: source() }))).toBe("RPC_S_CALL_CANCELLED");
      await delay(10);
      expect(await seen).toBe("RPC_S_CALL_FAILED");
    });
  });

  it("that carries more than the limit fails", async () => {
    const manager: PipedManager = { send: async ({ sent }) => (await collect(sent)).length };
    const server = { stubDataOctets: 1000, pipeOctets: 50_000 };
    await connected(
      manager,
      async (client) => {
        expect(await client.send({ number: 0, sent: [new Uint8Array(50_000)] })).toBe(1);
        const call = client.send({ number: 0, sent: [new Uint8Array(60_000)] });
        expect(await failure(call)).toBe("RPC_S_OUT_OF_RESOURCES");
      },
      { server },
    );
  });

  it("refuses a chunk of another type before it is sent", async () => {
    const manager: PipedManager = { send: async ({ sent }) => (await collect(sent)).length };
    await connected(manager, async (client) => {
      const wrong: unknown[] = ["text"];
      const call = client.send({ number: 0, sent: wrong.filter((each): each is Uint8Array => each !== null) });
      await expect(call).rejects.toThrow("Send.sent: a chunk of OCTETS is not a Uint8Array");
    });
  });
});

describe("an [out] pipe", () => {
  it("delivers chunks while the manager pushes, then the other results", async () => {
    const order: string[] = [];
    const manager: PipedManager = {
      receive: async ({ number, received }) => {
        for (const size of [12, 28]) {
          order.push(`push ${size}`);
          await received(new Uint8Array(size));
          await delay(10);
        }
        return number + 1;
      },
    };
    await connected(manager, async (client) => {
      const received = (chunk: Uint8Array): void => void order.push(`taken ${chunk.length}`);
      expect(await client.receive({ number: 41, received })).toBe(42);
      expect(order).toEqual(["push 12", "taken 12", "push 28", "taken 28"]);
    });
  });

  it("stops the manager when the sink is slow: less than a megabyte is on its way", async () => {
    let pushed = 0;
    const manager: PipedManager = {
      receive: async ({ received }) => {
        for (let index = 0; index < 1000; index++) {
          await received(new Uint8Array(10_000));
          pushed += 10_000;
        }
        return 0;
      },
    };
    const { promise: waiting, resolve: goOn } = pending();
    let taken = 0;
    await connected(manager, async (client) => {
      const received = async (chunk: Uint8Array): Promise<void> => {
        await waiting;
        taken += chunk.length;
      };
      const call = client.receive({ number: 0, received });
      await standstill(() => pushed);
      expect(pushed).toBeGreaterThan(64 * 1024);
      expect(pushed).toBeLessThan(1024 * 1024);
      expect(await client.addOne(1)).toBe(2);
      goOn();
      await call;
      expect(taken).toBe(10_000_000);
    });
  });

  it("whose sink throws fails the call with that, and cancels it", async () => {
    let isAborted = false;
    let seen: unknown;
    const manager: PipedManager = {
      receive: async ({ received }, call) => {
        call.signal.addEventListener("abort", () => (isAborted = true));
        try {
          for (;;) {
            await received(new Uint8Array(10_000));
            await turn();
          }
        } catch (error) {
          seen = error instanceof RpcError ? error.name : error;
          throw error;
        }
      },
    };
    await connected(manager, async (client) => {
      const received = (): never => {
        throw new TypeError("the disk is full");
      };
      await expect(client.receive({ number: 0, received })).rejects.toThrow("the disk is full");
      await delay(20);
      expect(isAborted).toBe(true);
      expect(seen).toBe("RPC_S_CALL_CANCELLED");
      expect(await client.addOne(1)).toBe(2);
    });
  });

  it("ends with a fault when the manager throws after it has pushed", async () => {
    const manager: PipedManager = {
      receive: async ({ received }) => {
        await received(new Uint8Array(100_000));
        throw new RpcError("RPC_S_OUT_OF_RESOURCES");
      },
    };
    await connected(manager, async (client) => {
      const call = client.receive({ number: 0, received: () => undefined });
      expect(await failure(call)).toBe("RPC_S_OUT_OF_RESOURCES");
      expect(await client.addOne(1)).toBe(2);
    });
  });

  it("keeps the order of chunks that a manager pushes without waiting", async () => {
    const manager: PipedManager = {
      receive: ({ received }) => {
        for (let index = 0; index < 40; index++) void received(new Uint8Array(30_000).fill(index));
        return 7;
      },
    };
    const first: number[] = [];
    await connected(manager, async (client) => {
      const received = (chunk: Uint8Array): void => void first.push(chunk[0] ?? -1);
      expect(await client.receive({ number: 0, received })).toBe(7);
      expect(first).toEqual([...octets(40)]);
    });
  });

  it("is closed when the manager is done", async () => {
    let late: ((chunk: Uint8Array) => unknown) | undefined;
    const manager: PipedManager = {
      receive: ({ received }) => {
        late = received;
        return 0;
      },
    };
    await connected(manager, async (client) => {
      await client.receive({ number: 0, received: () => undefined });
      expect(() => late?.(octets(1))).toThrow("Receive.received: the manager is done");
    });
  });
});

describe("several pipes", () => {
  it("follow each other in the order of the IDL", async () => {
    const manager: PipedManager = {
      four: async ({ first, second, third, fourth }) => {
        const [one, two] = [await collect(first), await collect(second)];
        for (const chunk of two) await third(Uint8Array.from(chunk));
        for (const chunk of one) await fourth(Uint8Array.from(chunk));
      },
    };
    await connected(manager, async (client) => {
      const [third, fourth]: number[][][] = [[], []];
      await client.four({
        first: [octets(2), octets(3)],
        second: [octets(5, 50)],
        third: (chunk) => void third?.push([...chunk]),
        fourth: (chunk) => void fourth?.push([...chunk]),
      });
      expect(third).toEqual([[...octets(5, 50)]]);
      expect(fourth).toEqual([[...octets(2)], [...octets(3)]]);
    });
  });

  it.for([
    ["pulls the second first", ({ second }) => collect(second).then(() => undefined), "RPC_X_WRONG_PIPE_ORDER"],
    ["pushes before it has pulled", ({ third }) => third(octets(1)), "RPC_X_WRONG_PIPE_ORDER"],
    [
      "pushes to an earlier one again",
      async ({ first, second, third, fourth }) => {
        await collect(first);
        await collect(second);
        await fourth(octets(1));
        await third(octets(1));
      },
      "RPC_X_PIPE_CLOSED",
    ],
  ] satisfies [string, NonNullable<PipedManager["four"]>, string][])(
    "fault when the manager %s",
    async ([, four, status]) => {
      await connected({ four }, async (client) => {
        const ignore = (): void => undefined;
        const request = { first: [octets(2)], second: [octets(2)], third: ignore, fourth: ignore };
        expect(await failure(client.four(request))).toBe(status);
      });
    },
  );

  it("can be left half-way, each", async () => {
    const manager: PipedManager = {
      four: async ({ first, second, fourth }) => {
        for await (const chunk of first) if (chunk.length > 0) break;
        for await (const chunk of second) {
          await Promise.resolve(chunk);
          break;
        }
        await fourth(octets(1));
      },
    };
    await connected(manager, async (client) => {
      const [third, fourth]: number[][][] = [[], []];
      await client.four({
        first: [octets(2), octets(100_000)],
        second: [octets(5, 50), octets(100_000)],
        third: (chunk) => void third?.push([...chunk]),
        fourth: (chunk) => void fourth?.push([...chunk]),
      });
      expect(third).toEqual([]);
      expect(fourth).toEqual([[0]]);
    });
  });
});

describe("an [in, out] pipe", () => {
  it("sends first and receives then", async () => {
    const manager: PipedManager = {
      echo: async ({ data }) => {
        for (const chunk of (await collect(data.pull)).reverse()) await data.push(Uint8Array.from(chunk));
      },
    };
    await connected(manager, async (client) => {
      const received: number[][] = [];
      await client.echo({ data: { pull: [octets(1), octets(2)], push: (chunk) => void received.push([...chunk]) } });
      expect(received).toEqual([[0, 1], [0]]);
    });
  });
});

describe("the transfer syntax", () => {
  const manager: PipedManager = {
    send: async ({ sent }) => (await collect(sent)).flat().length,
    receive: async ({ received }) => {
      await received(octets(11));
      await received(octets(200));
      return 3;
    },
  };

  it.for([["ndr"], ["ndr64"], ["ndr64", "ndr"]] satisfies ("ndr" | "ndr64")[][])(
    "is found with %s",
    async (offered) => {
      await connected(
        manager,
        async (client) => {
          const sizes: number[] = [];
          expect(await client.addOne(1)).toBe(2);
          expect(await client.send({ number: 0, sent: [octets(5), octets(100_000)] })).toBe(100_005);
          expect(await client.receive({ number: 0, received: (chunk) => void sizes.push(chunk.length) })).toBe(3);
          expect(sizes).toEqual([11, 200]);
          expect(await client.addOne(2)).toBe(3);
        },
        { transferSyntaxes: offered },
      );
    },
  );
});

describe("many calls with pipes at once", () => {
  it("take a connection each, and leave the others alone", async () => {
    const manager: PipedManager = {
      send: async ({ number, sent }) => {
        for await (const chunk of sent) await delay(chunk.length === 0 ? 0 : 1);
        return number;
      },
    };
    await connected(manager, async (client, binding) => {
      const calls = Array.from({ length: 10 }, (_, number) =>
        client.send({ number, sent: counted(5, 1000, { chunks: 0 }) }),
      );
      const others = Array.from({ length: 50 }, (_, number) => client.addOne(number));
      expect(await Promise.all(others)).toEqual(Array.from({ length: 50 }, (_, number) => number + 1));
      expect(await Promise.all(calls)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(binding.connections).toBeLessThanOrEqual(12);
    });
  });
});
