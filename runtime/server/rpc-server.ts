import { NdrBufferPool } from "../ndr/buffer-pool.ts";
import { RpcError } from "../rpc-error.ts";
import { formatStringBinding, parseStringBinding } from "../client/string-binding.ts";
import { DEFAULT_SERVER_LIMITS, type RpcLimits } from "../rpc/limits.ts";
import { tcpTransport } from "../transport/tcp-transport.ts";
import type { Transport, TransportConnection, TransportListener } from "../transport/transport.ts";
import { AssociationGroups } from "./association-group.ts";
import { InterfaceRegistry, type RegisterOptions } from "./interface-registry.ts";
import { managementStub } from "./management-interface.ts";
import { ServerConnection } from "./server-connection.ts";
import type { ServerErrorReport } from "./server-error.ts";
import type { ServerShared } from "./server-shared.ts";
import type { ServerStub } from "./server-stub.ts";

/** How a server is set up. */
export interface RpcServerOptions {
  /** What it can listen on; by default TCP. */
  readonly transports?: readonly Transport[] | undefined;
  readonly limits?: Partial<RpcLimits> | undefined;
  /** Takes what managers throw, other than RpcError, and what rundown routines throw; by default nobody does. */
  readonly onError?: ServerErrorReport | undefined;
  /**
   * Lets calls on the same context handle run together, where the interface does not say [context_handle_serialize]: by default one waits for the
   * other, unless it says [context_handle_noserialize] (RpcSsDontSerializeContext).
   */
  readonly dontSerializeContext?: boolean | undefined;
}

/** How a server ends. */
export interface CloseOptions {
  /** Lets calls at work end, and sends their answers, before connections are closed. By default calls are aborted. */
  readonly drain?: boolean | undefined;
  /** Stops waiting for calls, and aborts them. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds between two looks at what peers owe. */
const WATCH_INTERVAL = 500;

/**
 * Serves interfaces at endpoints.
 *
 *     const server = new RpcServer();
 *     server.register(phonebookServerStub(managers, memory));
 *     const binding = await server.listen("ncacn_ip_tcp:127.0.0.1[4747]");
 */
export class RpcServer implements AsyncDisposable {
  readonly #transports: readonly Transport[];
  readonly #registry = new InterfaceRegistry();
  readonly #listeners = new Set<TransportListener>();
  readonly #connections = new Set<ServerConnection>();
  readonly #shared: ServerShared;
  readonly #idle: (() => void)[] = [];
  #watch: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor({ transports = [tcpTransport], limits, onError, dontSerializeContext = false }: RpcServerOptions = {}) {
    this.#transports = transports;
    const merged = { ...DEFAULT_SERVER_LIMITS, ...limits };
    const report: ServerErrorReport = (error, place) => {
      try {
        onError?.(error, place);
      } catch {
        // The report of a failure has nowhere else to go.
      }
    };
    this.#shared = {
      registry: this.#registry,
      groups: new AssociationGroups(
        merged.contextHandlesPerGroup,
        report,
        dontSerializeContext ? "shared" : "exclusive",
      ),
      limits: merged,
      unfinished: { octets: 0 },
      report,
      statistics: { callsReceived: 0 },
      buffers: new NdrBufferPool(),
      gone: (connection) => {
        this.#connections.delete(connection);
        this.#wakeWhenIdle();
      },
      callEnded: () => {
        if (this.#closing !== undefined) this.#wakeWhenIdle();
      },
    };
    this.#registry.register(
      managementStub(
        this.#registry,
        this.#shared.statistics,
        () => this.#closing === undefined && this.#listeners.size > 0,
      ),
    );
  }

  /**
   * Offers an interface. It may be done while the server listens.
   *
   * @throws RpcError RPC_S_TYPE_ALREADY_REGISTERED
   */
  register(stub: ServerStub, options?: RegisterOptions): void {
    this.#registry.register(stub, options);
  }

  /**
   * Listens at an endpoint, several if called again, and answers the string binding that clients use. Without an endpoint the transport
   * chooses one: `ncacn_ip_tcp:127.0.0.1`.
   *
   * @throws RpcError RPC_S_PROTSEQ_NOT_SUPPORTED, RPC_S_CANT_CREATE_ENDPOINT with the cause
   */
  async listen(stringBinding: string): Promise<string> {
    const { protocolSequence, networkAddress, endpoint } = parseStringBinding(stringBinding);
    if (this.#closing !== undefined) throw new RpcError("RPC_S_NOT_LISTENING", "the server is closed");
    const transport = this.#transports.find((candidate) => candidate.protocolSequence === protocolSequence);
    if (transport === undefined)
      throw new RpcError("RPC_S_PROTSEQ_NOT_SUPPORTED", `${protocolSequence} is none of the server's transports`);
    let listener: TransportListener | undefined;
    const accept = (connection: TransportConnection): void => {
      this.#accept(connection, protocolSequence, listener?.endpoint ?? endpoint);
    };
    try {
      listener = await transport.listen(networkAddress, endpoint, accept);
    } catch (cause) {
      if (cause instanceof RpcError) throw cause;
      throw new RpcError("RPC_S_CANT_CREATE_ENDPOINT", `cannot listen at ${stringBinding}`, { cause });
    }
    this.#listeners.add(listener);
    this.#watch ??= setInterval(() => {
      this.#checkTimes();
    }, WATCH_INTERVAL).unref();
    return formatStringBinding({
      protocolSequence,
      networkAddress: listener.networkAddress,
      endpoint: listener.endpoint,
    });
  }

  /** Ends the server: no new connections, no new calls; context handles are run down. Resolves when all connections have gone. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  /** Closes without waiting for calls. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close({ drain = false, signal }: CloseOptions): Promise<void> {
    const closing = [...this.#listeners].map((listener) => listener.close());
    this.#listeners.clear();
    for (const connection of this.#connections) connection.refuseCalls();
    if (drain) await this.#drained(signal);
    for (const connection of this.#connections) connection.close();
    await this.#waitUntil(() => this.#connections.size === 0);
    await Promise.all(closing);
    clearInterval(this.#watch);
    await this.#shared.groups.settled();
  }

  async #drained(signal: AbortSignal | undefined): Promise<void> {
    const wake = (): void => {
      this.#wakeWhenIdle();
    };
    signal?.addEventListener("abort", wake);
    const quiet = (): boolean => [...this.#connections].every(({ calls }) => calls === 0);
    await this.#waitUntil(() => signal?.aborted === true || quiet());
    signal?.removeEventListener("abort", wake);
  }

  async #waitUntil(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #wakeWhenIdle(): void {
    for (const wake of this.#idle.splice(0)) wake();
  }

  #accept(transport: TransportConnection, protocolSequence: string, endpoint: string): void {
    if (this.#connections.size >= this.#shared.limits.connections || this.#closing !== undefined) {
      transport.destroy();
      return;
    }
    const connection = new ServerConnection(transport, protocolSequence, endpoint, this.#shared);
    this.#connections.add(connection);
    connection.start();
  }

  #checkTimes(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.checkTimes(now);
  }
}
