/**
 * A kind of transport, under one protocol sequence. Both roles are callbacks rather than streams, because a call must not cost a chain of
 * promises.
 */
export interface Transport {
  /** Such as `ncacn_ip_tcp`. */
  readonly protocolSequence: string;
  /**
   * Opens a connection. Deliveries begin when `start` is called on it.
   *
   * @throws whatever the medium reports; the reason of `signal` when that aborts first
   */
  connect(networkAddress: string, endpoint: string, signal: AbortSignal): Promise<TransportConnection>;
  /** Accepts connections at an endpoint; "" asks for one of the medium's choosing. */
  listen(
    networkAddress: string,
    endpoint: string,
    accept: (connection: TransportConnection) => void,
  ): Promise<TransportListener>;
}

/** An endpoint that accepts connections. */
export interface TransportListener {
  /** The network address that a client would name. */
  readonly networkAddress: string;
  /** The endpoint that was given or chosen. */
  readonly endpoint: string;
  /** Accepts no more; connections that were accepted live on. */
  close(): Promise<void>;
}

/** A duplex octet stream with back-pressure. */
export interface TransportConnection {
  /** The peer's network address, without a port; "" when the medium has none. */
  readonly peerAddress: string;
  /** The peer as a message names it, such as `127.0.0.1:49152`. */
  readonly peer: string;
  /** Begins deliveries; called once. */
  start(events: TransportEvents): void;
  /** Queues octets, which belong to the transport from here on. False: wait for `drained` before sending much more. */
  send(octets: Uint8Array): boolean;
  /** Stops deliveries until `resume`. */
  pause(): void;
  resume(): void;
  /** Whether the connection keeps the process alive. */
  keepAlive(alive: boolean): void;
  /** Closes after what was queued has been sent. */
  close(): void;
  /** Closes at once. */
  destroy(): void;
}

/** What a connection reports. */
export interface TransportEvents {
  /** Octets arrived; they belong to the receiver and are not overwritten later. */
  received(octets: Uint8Array): void;
  /** More can be sent after `send` answered false. */
  drained(): void;
  /** The connection is gone, with its error if it had one. Reported once, and nothing after it. */
  closed(cause: Error | undefined): void;
}
