import { RpcError } from "../rpc-error.ts";
import type { Transport, TransportConnection, TransportEvents, TransportListener } from "./transport.ts";

/** Octets that may be on their way before `send` asks to wait. */
const HIGH_WATER = 256 * 1024;

/**
 * Protocol sequence `midl-ts-memory`: calls within one process, for tests and for programs that are client and server at once. Octets pass through
 * the same PDUs as on a network and are copied between the sides. Endpoints are names of one transport object, which both sides are handed:
 * `new RpcServer({ transports: [transport] })`.
 */
export class MemoryTransport implements Transport {
  readonly protocolSequence = "midl-ts-memory";
  readonly #listeners = new Map<string, (connection: TransportConnection) => void>();
  #chosen = 0;

  connect(_networkAddress: string, endpoint: string, signal: AbortSignal): Promise<TransportConnection> {
    return new Promise((resolve) => {
      signal.throwIfAborted();
      const accept = this.#listeners.get(endpoint);
      if (accept === undefined) throw new Error(`nothing listens at midl-ts-memory:[${endpoint}]`);
      const near = new MemoryConnection();
      const far = new MemoryConnection();
      near.join(far);
      far.join(near);
      accept(far);
      resolve(near);
    });
  }

  listen(
    _networkAddress: string,
    endpoint: string,
    accept: (connection: TransportConnection) => void,
  ): Promise<TransportListener> {
    return new Promise((resolve) => {
      const name = endpoint === "" ? `dynamic-${++this.#chosen}` : endpoint;
      if (this.#listeners.has(name))
        throw new RpcError("RPC_S_DUPLICATE_ENDPOINT", `midl-ts-memory:[${name}] is taken`);
      this.#listeners.set(name, accept);
      resolve({
        networkAddress: "",
        endpoint: name,
        close: () => {
          this.#listeners.delete(name);
          return Promise.resolve();
        },
      });
    });
  }
}

class MemoryConnection implements TransportConnection {
  readonly peerAddress = "";
  readonly peer = "midl-ts-memory";
  #other: MemoryConnection | undefined;
  #events: TransportEvents | undefined;
  #arrived: Uint8Array[] = [];
  #pending = 0;
  #scheduled = false;
  #paused = false;
  #waiting = false;
  #ended = false;
  #closed = false;

  join(other: MemoryConnection): void {
    this.#other = other;
  }

  start(events: TransportEvents): void {
    this.#events = events;
    this.#schedule();
  }

  send(octets: Uint8Array): boolean {
    const other = this.#other;
    if (other === undefined || this.#ended || this.#closed) return true;
    other.#arrived.push(new Uint8Array(octets));
    other.#pending += octets.length;
    other.#schedule();
    this.#waiting = other.#pending > HIGH_WATER;
    return !this.#waiting;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  keepAlive(): void {
    // Nothing of the operating system is held.
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#paused = false;
    this.#schedule();
    if (this.#other !== undefined) this.#other.#schedule();
  }

  destroy(): void {
    this.#arrived = [];
    this.#pending = 0;
    this.close();
    this.#end();
  }

  #schedule(): void {
    if (this.#scheduled || this.#events === undefined) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    while (!this.#paused && !this.#closed) {
      const octets = this.#arrived.shift();
      if (octets === undefined) break;
      this.#pending -= octets.length;
      this.#events?.received(octets);
    }
    const other = this.#other;
    if (other !== undefined && other.#waiting && this.#pending <= HIGH_WATER / 2) {
      other.#waiting = false;
      other.#events?.drained();
    }
    if (this.#arrived.length === 0 && (other === undefined || other.#ended)) this.#end();
  }

  /** Reports the end to both sides, each once. */
  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    this.#events?.closed(undefined);
    if (this.#other !== undefined) this.#other.#schedule();
  }
}
