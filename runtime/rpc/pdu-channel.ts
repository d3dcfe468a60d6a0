import type { TransportConnection, TransportEvents } from "../transport/transport.ts";
import { MAXIMUM_FRAGMENT } from "./limits.ts";
import type { Pdu } from "./pdu-header.ts";
import { PduSender } from "./pdu-sender.ts";
import { PduStream } from "./pdu-stream.ts";

/** The side of a connection that a channel reports to. */
export interface PduReceiver {
  /**
   * A PDU whose header is sound.
   *
   * @throws ProtocolViolation when the rest of it is not
   */
  received(pdu: Pdu): void;
  /** The peer broke the protocol (a ProtocolViolation), or `received` threw something else; nothing more is delivered. */
  violated(violation: unknown): void;
  /** The connection is gone. */
  closed(cause: Error | undefined): void;
}

/** PDUs both ways over one transport connection. */
export class PduChannel implements TransportEvents {
  readonly sender: PduSender;
  readonly transport: TransportConnection;
  readonly #receiver: PduReceiver;
  readonly #stream = new PduStream(MAXIMUM_FRAGMENT);
  #deaf = false;
  #holds = 0;
  #lastReceived = performance.now();

  constructor(transport: TransportConnection, receiver: PduReceiver) {
    this.transport = transport;
    this.#receiver = receiver;
    this.sender = new PduSender(transport, MAXIMUM_FRAGMENT);
  }

  /** Begins deliveries. */
  start(): void {
    this.transport.start(this);
  }

  /** When octets last came (performance.now). */
  get lastReceived(): number {
    return this.#lastReceived;
  }

  /** Whether the peer owes the rest of a PDU. */
  get incomplete(): boolean {
    return this.#stream.incomplete;
  }

  /** Whether somebody wants nothing to be read. */
  get held(): boolean {
    return this.#holds > 0;
  }

  /** Reads no more until `release` was called as often as this. */
  hold(): void {
    if (this.#holds++ === 0) this.transport.pause();
  }

  /** Takes back one `hold`. */
  release(): void {
    if (--this.#holds === 0) this.transport.resume();
  }

  /** Delivers nothing more, and closes once everything is sent. */
  close(): void {
    this.#deaf = true;
    this.sender.close();
  }

  /** Delivers nothing more, and closes at once. */
  destroy(): void {
    this.#deaf = true;
    this.transport.destroy();
  }

  received(octets: Uint8Array): void {
    if (this.#deaf) return;
    this.#lastReceived = performance.now();
    this.#stream.push(octets);
    try {
      for (let pdu = this.#stream.next(); pdu !== null; pdu = this.#stream.next()) {
        this.#receiver.received(pdu);
        if (this.#hasEnded()) return;
      }
    } catch (error) {
      this.#deaf = true;
      this.#receiver.violated(error);
    }
  }

  #hasEnded(): boolean {
    return this.#deaf;
  }

  drained(): void {
    this.sender.drained();
  }

  closed(cause: Error | undefined): void {
    this.#deaf = true;
    this.#receiver.closed(cause);
  }
}
