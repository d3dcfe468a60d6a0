import { NdrBufferPool } from "../ndr/buffer-pool.ts";
import { RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import type { RpcLimits } from "../rpc/limits.ts";
import type { Transport, TransportConnection } from "../transport/transport.ts";
import type { AnyClientCall } from "./client-call.ts";
import { ClientConnection, type ConnectionOwner } from "./client-connection.ts";
import { ClientContextHandles } from "./context-handle.ts";

/** Where the connections of an association lead. */
export interface AssociationTarget {
  readonly transport: Transport;
  readonly networkAddress: string;
  readonly endpoint: string;
  /** The string binding, for messages. */
  readonly peer: string;
}

/** How long a connection may take until it is bound. */
interface Patience {
  readonly controller: AbortController;
  readonly timer: NodeJS.Timeout;
  /** Undefined while it is opened. */
  connection: ClientConnection | undefined;
}

/** How often idle and stalled connections are looked for, as a part of the idle time. */
const LOOKS_PER_IDLE_TIME = 4;

/**
 * The connections of one binding to one endpoint, which share context handles (MS-RPCE 3.3.1.1.1). Calls share a connection when the server lets
 * them (PFC_CONC_MPX); otherwise each has one for itself while it lasts, and further connections join the group.
 */
export class Association implements ConnectionOwner {
  readonly limits: RpcLimits;
  readonly contextHandles = new ClientContextHandles(this);
  /** For requests. */
  readonly buffers = new NdrBufferPool();
  readonly #target: AssociationTarget;
  readonly #ended: (association: Association, error: RpcError) => void;
  readonly #connections = new Set<ClientConnection>();
  #waiting: AnyClientCall[] = [];
  /** Of connections that are not open or not bound yet. */
  readonly #patience = new Set<Patience>();
  #opening = 0;
  #groupId = 0;
  #multiplexing: boolean | undefined;
  #over = false;
  #watch: NodeJS.Timeout | undefined;
  #allGone: (() => void) | undefined;

  constructor(
    target: AssociationTarget,
    limits: RpcLimits,
    ended: (association: Association, error: RpcError) => void,
  ) {
    this.#target = target;
    this.limits = limits;
    this.#ended = ended;
  }

  /** Whether the last connection is gone: the server has run the context handles down. */
  get over(): boolean {
    return this.#over;
  }

  /** Connections that are open or opening. */
  get connections(): number {
    return this.#connections.size + this.#opening;
  }

  /** Sends a call, now if it can be, otherwise as soon as there is a connection with a context for its interface. */
  begin(call: AnyClientCall): void {
    if (this.#over) {
      call.fail(
        new RpcError("RPC_X_SS_CONTEXT_MISMATCH", "the context handle's connection to the server is gone", {
          peer: this.#target.peer,
        }),
      );
      return;
    }
    if (this.#tryBegin(call)) return;
    this.#waiting.push(call);
    this.#provide(call);
  }

  /** Ends all connections; calls fail with the error. Resolves when they are gone. */
  async close(error: RpcError): Promise<void> {
    this.#over = true;
    this.#failWaiting(error);
    const gone = new Promise<void>((resolve) => (this.#allGone = resolve));
    for (const connection of this.#connections) connection.close(error);
    for (const patience of [...this.#patience]) patience.controller.abort(error);
    this.#checkOver(error);
    await gone;
  }

  readonly available = (connection: ClientConnection): void => {
    if (connection.bound && this.#groupId === 0) this.#groupId = connection.associationGroupId;
    if (connection.bound) this.#multiplexing = connection.multiplexed;
    if (connection.bound) this.#endPatience(connection);
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const call of waiting) if (!this.#tryBegin(call)) this.#waiting.push(call);
    for (const call of [...this.#waiting]) this.#provide(call);
  };

  readonly refused = (description: InterfaceDescription, error: RpcError): void => {
    const { uuid, major, minor, transferSyntaxes } = description;
    const isRefused = ({ interface: wanted }: AnyClientCall): boolean =>
      wanted.uuid === uuid &&
      wanted.major === major &&
      wanted.minor === minor &&
      wanted.transferSyntaxes.length <= transferSyntaxes.length;
    const hasOther = error.name === "RPC_S_UNSUPPORTED_TRANS_SYN";
    const refused = this.#waiting.filter((call) => isRefused(call) && !(hasOther && call.fallBack()));
    this.#waiting = this.#waiting.filter((call) => !refused.includes(call));
    for (const call of refused) call.fail(error);
  };

  readonly gone = (connection: ClientConnection, error: RpcError): void => {
    if (!this.#connections.delete(connection)) return;
    this.#endPatience(connection);
    this.#checkOver(error);
    if (!this.#over) for (const call of [...this.#waiting]) this.#provide(call);
  };

  #tryBegin(call: AnyClientCall): boolean {
    if (call.settled) return true;
    for (const connection of this.#connections) {
      const context = connection.freeFor(call) ? connection.context(call.interface) : undefined;
      if (context === undefined) continue;
      connection.call(call, context);
      return true;
    }
    return false;
  }

  /** Sees to it that a call will get a connection: by a negotiation, or by a further connection. */
  #provide(call: AnyClientCall): void {
    const description = call.interface;
    const connections = [...this.#connections];
    if (connections.some((connection) => connection.isNegotiating(description))) return;
    const candidate = connections.find(
      (connection) =>
        connection.negotiable && connection.freeFor(call) && connection.context(description) === undefined,
    );
    if (candidate !== undefined) {
      candidate.negotiate(description, this.#groupId);
      return;
    }
    const binding = this.#opening + connections.filter(({ bound }) => !bound).length;
    if (binding > 0 && (this.#multiplexing !== false || binding >= this.#waiting.length)) return;
    if (this.#multiplexing === true && connections.some((each) => each.freeFor(call))) return;
    if (this.connections < this.limits.connections) void this.#open(description);
  }

  async #open(description: InterfaceDescription): Promise<void> {
    const { transport, networkAddress, endpoint, peer } = this.#target;
    this.#opening++;
    this.#watch ??= setInterval(() => {
      this.#checkTimes();
    }, this.limits.idleTimeout / LOOKS_PER_IDLE_TIME).unref();
    const patience = this.#beginPatience();
    let opened: TransportConnection;
    try {
      opened = await transport.connect(networkAddress, endpoint, patience.controller.signal);
    } catch (cause) {
      this.#opening--;
      this.#end(patience);
      this.#checkOver(new RpcError("RPC_S_SERVER_UNAVAILABLE", "cannot connect to the server", { peer, cause }));
      return;
    }
    this.#opening--;
    if (this.#over) {
      this.#end(patience);
      opened.destroy();
      this.#checkOver(new RpcError("RPC_S_CALL_CANCELLED", "the binding was closed", { peer }));
      return;
    }
    const connection = new ClientConnection(opened, peer, this);
    this.#connections.add(connection);
    patience.connection = connection;
    patience.controller.signal.addEventListener("abort", () => {
      if (!connection.bound)
        connection.destroy(new RpcError("RPC_S_SERVER_UNAVAILABLE", "the server does not answer the bind", { peer }));
    });
    connection.negotiate(description, this.#groupId);
  }

  /** Aborts when connecting and binding take too long, and when the association is closed. */
  #beginPatience(): Patience {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort(new Error(`nothing within ${this.limits.bindTimeout} ms`));
    }, this.limits.bindTimeout).unref();
    const patience: Patience = { controller, timer, connection: undefined };
    controller.signal.addEventListener("abort", () => {
      this.#end(patience);
    });
    this.#patience.add(patience);
    return patience;
  }

  /** A connection that is bound or gone is waited for no longer: its timer would keep it for all that time. */
  #endPatience(connection: ClientConnection): void {
    for (const patience of this.#patience) if (patience.connection === connection) this.#end(patience);
  }

  #end(patience: Patience): void {
    clearTimeout(patience.timer);
    this.#patience.delete(patience);
  }

  /** Without a connection, open or opening, the association is over, and calls that wait fail. */
  #checkOver(error: RpcError): void {
    if (this.connections > 0) return;
    this.#over = true;
    clearInterval(this.#watch);
    this.#failWaiting(error);
    this.#ended(this, error);
    this.#allGone?.();
  }

  #failWaiting(error: RpcError): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const call of waiting) call.fail(error);
  }

  #checkTimes(): void {
    const now = performance.now();
    for (const connection of [...this.#connections]) {
      const isLast = this.connections === 1;
      connection.checkTimes(now, !isLast || this.contextHandles.live === 0);
    }
  }
}
