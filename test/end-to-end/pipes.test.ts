/** Pipes over TCP: much data in little memory, and what a slow consumer holds back. */
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RpcBinding, RpcServer } from "../../runtime/index.ts";
import { describe, expect, it } from "vitest";
import { PipedClient, pipedStub } from "../runtime/pipes/pipe-interface.ts";
import type { PipedManager } from "../runtime/pipes/pipe-interface.ts";

const MEGABYTE = 1024 * 1024;

/** Chunks of 64 KB, each with its number in front. */
function* chunks(count: number): Generator<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(65_536).fill(index & 0xff);
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** Octets in buffers that are still needed; the collector frees buffers in the background. */
async function liveOctets(): Promise<number> {
  for (let round = 0; round < 2; round++) {
    if (typeof collectGarbage === "function") Reflect.apply(collectGarbage, undefined, []);
    await delay(10);
  }
  return process.memoryUsage().arrayBuffers;
}

/** Counts the octets that pass, and looks at every 16 MB how many are live. */
class Meter {
  octets = 0;
  most = 0;

  async count(chunk: Uint8Array): Promise<void> {
    this.octets += chunk.length;
    if (this.octets % (16 * MEGABYTE) === 0) this.most = Math.max(this.most, await liveOctets());
  }
}

async function connected(manager: PipedManager, test: (client: PipedClient) => Promise<void>): Promise<void> {
  await using server = new RpcServer();
  server.register(pipedStub(manager));
  await using binding = RpcBinding.fromString(await server.listen("ncacn_ip_tcp:127.0.0.1"));
  const client = new PipedClient(binding);
  await test(client);
}

describe("64 MB", () => {
  it("go to the server through an [in] pipe", async () => {
    const meter = new Meter();
    let isInOrder = true;
    const manager: PipedManager = {
      async send({ sent }) {
        let expected = 0;
        for await (const chunk of sent) {
          isInOrder &&= chunk.length === 65_536 && chunk[0] === (expected++ & 0xff) && chunk.at(-1) === chunk[0];
          await meter.count(chunk);
        }
        return 1;
      },
    };
    await connected(manager, async (client) => {
      await client.send({ number: 0, sent: chunks(1024) });
      expect(meter.octets).toBe(64 * MEGABYTE);
      expect(isInOrder).toBe(true);
      expect(meter.most).toBeLessThan(20 * MEGABYTE);
    });
  });

  it("come from the server through an [out] pipe", async () => {
    const manager: PipedManager = {
      async receive({ received }) {
        for (const chunk of chunks(1024)) await received(chunk);
        return 1;
      },
    };
    const meter = new Meter();
    await connected(manager, async (client) => {
      await client.receive({ number: 0, received: (chunk) => meter.count(chunk) });
      expect(meter.octets).toBe(64 * MEGABYTE);
      expect(meter.most).toBeLessThan(20 * MEGABYTE);
    });
  });
});

describe("A consumer that waits", () => {
  it("holds back a client's source: what is on its way is the sockets' and a few pieces", async () => {
    let taken = 0;
    let pulled = 0;
    function* source(): Generator<Uint8Array> {
      for (const chunk of chunks(1024)) {
        taken += chunk.length;
        yield chunk;
      }
    }
    const manager: PipedManager = {
      async send({ sent }) {
        for await (const chunk of sent) {
          pulled += chunk.length;
          if (pulled > MEGABYTE) break;
          if (pulled === MEGABYTE) {
            await delay(100);
            expect(taken - pulled).toBeLessThan(16 * MEGABYTE);
          }
        }
        return 1;
      },
    };
    await connected(manager, async (client) => {
      expect(await client.send({ number: 0, sent: source() })).toBe(1);
      expect(taken).toBe(64 * MEGABYTE); // the rest was received and dropped
    });
  });
});
