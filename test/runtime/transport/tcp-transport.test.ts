import { describe, expect, it } from "vitest";
import { tcpTransport } from "../../../runtime/transport/tcp-transport.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import type { Transport, TransportConnection } from "../../../runtime/transport/transport.ts";

/** Collects what arrives, and the end. */
function collect(connection: TransportConnection): { octets: () => Buffer; end: Promise<void>; drained: () => number } {
  const received: Uint8Array[] = [];
  let drains = 0;
  const end = new Promise<void>((resolve) => {
    connection.start({
      received: (octets) => received.push(octets),
      drained: () => drains++,
      closed: () => {
        resolve();
      },
    });
  });
  return { octets: () => Buffer.concat(received), end, drained: () => drains };
}

async function joinedPair(
  transport: Transport,
): Promise<{ near: TransportConnection; far: TransportConnection; close: () => Promise<void> }> {
  let arrived: ((connection: TransportConnection) => void) | undefined;
  const arrival = new Promise<TransportConnection>((resolve) => (arrived = resolve));
  const listener = await transport.listen("127.0.0.1", "", (connection) => arrived?.(connection));
  const near = await transport.connect("127.0.0.1", listener.endpoint, AbortSignal.timeout(1000));
  return { near, far: await arrival, close: () => listener.close() };
}

describe.each([
  ["tcpTransport", (): Transport => tcpTransport],
  ["MemoryTransport", (): Transport => new MemoryTransport()],
])("%s", (_name, make) => {
  it("delivers everything that was sent before close, and ends both sides", async () => {
    const { near, far, close } = await joinedPair(make());
    const [here, there] = [collect(near), collect(far)];
    near.send(Buffer.from("one "));
    near.send(Buffer.from("two"));
    near.close();
    await Promise.all([here.end, there.end]);
    expect(there.octets().toString()).toBe("one two");
    expect(near.send(Buffer.from("three"))).toBe(true);
    await close();
  });

  it("asks to wait when the peer does not read, and says when to go on", async () => {
    const { near, far, close } = await joinedPair(make());
    const [here, there] = [collect(near), collect(far)];
    far.pause();
    let sent = 0;
    while (near.send(Buffer.alloc(65536))) sent += 65536;
    sent += 65536;
    expect(here.drained()).toBe(0);
    far.resume();
    while (there.octets().length < sent) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(here.drained()).toBe(1);
    near.destroy();
    await Promise.all([here.end, there.end]);
    await close();
  });

  it("cannot connect where nothing listens, or when it is told not to", async () => {
    const transport = make();
    await expect(transport.connect("127.0.0.1", "1", AbortSignal.timeout(1000))).rejects.toThrow();
    await expect(transport.connect("127.0.0.1", "1", AbortSignal.abort(new Error("no")))).rejects.toThrow("no");
  });
});

describe("tcpTransport", () => {
  it("gives up connecting when it is told to", async () => {
    const controller = new AbortController();
    const connecting = tcpTransport.connect("192.0.2.1", "9", controller.signal);
    controller.abort(new Error("enough"));
    await expect(connecting).rejects.toThrow("enough");
  });

  it.each(["x", "65536", "-1", "1.5"])("refuses port %s", async (endpoint) => {
    await expect(tcpTransport.connect("127.0.0.1", endpoint, AbortSignal.timeout(1000))).rejects.toThrow(
      "is not a TCP port",
    );
  });

  it("names its peers", async () => {
    const { near, far, close } = await joinedPair(tcpTransport);
    expect([near.peerAddress, far.peerAddress]).toEqual(["127.0.0.1", "127.0.0.1"]);
    expect(far.peer).toMatch(/^127\.0\.0\.1:\d+$/);
    near.keepAlive(false);
    near.keepAlive(true);
    near.destroy();
    far.destroy();
    await close();
  });
});
