import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Transport, TransportConnection, TransportEvents, TransportListener } from "./transport.ts";

/** Writes are batched already; a peer that vanished without a word is noticed by keep-alives (MS-RPCE 3.3.3.2.1). */
const SOCKET_OPTIONS = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 120_000 } as const;

/** Protocol sequence `ncacn_ip_tcp` (C706 appendix I, MS-RPCE 2.1.1.1): an endpoint is a decimal port. */
export const tcpTransport: Transport = {
  protocolSequence: "ncacn_ip_tcp",

  connect(networkAddress, endpoint, signal) {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const socket = connect({
        host: networkAddress === "" ? "localhost" : networkAddress,
        port: portOf(endpoint),
        ...SOCKET_OPTIONS,
      });
      const abort = (): void => {
        socket.destroy();
        reject(
          signal.reason instanceof Error
            ? signal.reason
            : new Error("connecting was aborted", { cause: signal.reason }),
        );
      };
      signal.addEventListener("abort", abort, { once: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        signal.removeEventListener("abort", abort);
        socket.off("error", reject);
        resolve(new TcpConnection(socket));
      });
    });
  },

  listen(networkAddress, endpoint, accept) {
    return new Promise((resolve, reject) => {
      const server = createServer(SOCKET_OPTIONS, (socket) => {
        accept(new TcpConnection(socket));
      });
      server.once("error", reject);
      server.listen(
        { port: endpoint === "" ? 0 : portOf(endpoint), host: networkAddress === "" ? undefined : networkAddress },
        () => {
          server.off("error", reject);
          server.on("error", () => server.close());
          resolve(new TcpListener(server, networkAddress));
        },
      );
    });
  },
};

class TcpListener implements TransportListener {
  readonly networkAddress: string;
  readonly endpoint: string;
  readonly #server: Server;

  constructor(server: Server, networkAddress: string) {
    this.#server = server;
    const address = server.address();
    this.endpoint = isAddressInfo(address) ? String(address.port) : "";
    this.networkAddress = networkAddress;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}

class TcpConnection implements TransportConnection {
  readonly peerAddress: string;
  readonly peer: string;
  readonly #socket: Socket;
  #failure: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.peerAddress = socket.remoteAddress ?? "";
    this.peer = `${this.peerAddress}:${socket.remotePort ?? 0}`;
    socket.on("error", (error) => {
      this.#failure = error;
    });
  }

  start(events: TransportEvents): void {
    const socket = this.#socket;
    socket.on("data", (octets) => {
      events.received(octets);
    });
    socket.on("drain", () => {
      events.drained();
    });
    socket.on("close", () => {
      events.closed(this.#failure);
    });
    if (socket.closed)
      queueMicrotask(() => {
        events.closed(this.#failure);
      });
  }

  send(octets: Uint8Array): boolean {
    if (this.#socket.destroyed || this.#socket.writableEnded) return true;
    return this.#socket.write(octets);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  keepAlive(alive: boolean): void {
    if (alive) this.#socket.ref();
    else this.#socket.unref();
  }

  close(): void {
    this.#socket.resume();
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

function portOf(endpoint: string): number {
  const port = Number(endpoint);
  if (!/^\d{1,5}$/.test(endpoint) || port > 65535) throw new RangeError(`endpoint ${endpoint} is not a TCP port`);
  return port;
}
