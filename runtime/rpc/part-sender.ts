import type { OutgoingStubData, PduSender } from "./pdu-sender.ts";

/** What every fragment of a call says. */
export type CallFields = Omit<OutgoingStubData, "stubData" | "part" | "sent">;

/** A part that the transport has not taken. */
interface Pending {
  outgoing: OutgoingStubData | undefined;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** Sends the stub data of one call in parts, one after the other, as they come to be. */
export class PartSender {
  readonly #sender: PduSender;
  readonly #fields: CallFields;
  #begun = false;
  #ended = false;
  #pending: Pending | undefined;
  #failure: Error | undefined;

  constructor(sender: PduSender, fields: CallFields) {
    this.#sender = sender;
    this.#fields = fields;
  }

  /** Whether the peer has heard, or will hear, of the call. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Whether the last part is sent or on its way. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Octets of stub data in a fragment. */
  get room(): number {
    return this.#sender.room(this.#fields);
  }

  /**
   * Sends a part; all but the last are a multiple of 8 octets. The octets stay as they are until it is sent: undefined when it is, otherwise a
   * promise. The part before must have been sent.
   *
   * @throws what `stop` was called with
   */
  send(stubData: Uint8Array, last: boolean): Promise<void> | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    const part = { first: !this.#begun, last };
    this.#begun = true;
    this.#ended = last;
    const pending: Pending = { outgoing: undefined, resolve: () => undefined, reject: () => undefined };
    pending.outgoing = {
      ...this.#fields,
      stubData,
      part,
      sent: () => {
        this.#pending = undefined;
        pending.resolve();
      },
    };
    this.#pending = pending;
    this.#sender.sendStubData(pending.outgoing);
    if (!this.#waits) return undefined;
    return new Promise((resolve, reject) => {
      pending.resolve = resolve;
      pending.reject = reject;
    });
  }

  get #waits(): boolean {
    return this.#pending !== undefined;
  }

  /** Sends no more: what waits for the transport is taken back if none of it has gone, and who waits for it gets the error. */
  stop(error: Error): void {
    this.#failure ??= error;
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    const { outgoing } = pending;
    if (outgoing !== undefined && this.#sender.withdraw(outgoing)) {
      this.#begun = outgoing.part?.first !== true;
      this.#ended = false;
    }
    pending.reject(error);
  }

  /** Ends what was begun and stopped: the peer waits for a last fragment before it listens to anything else. */
  finish(): void {
    if (!this.#begun || this.#ended) return;
    this.#ended = true;
    const part = { first: false, last: true };
    this.#sender.sendStubData({ ...this.#fields, stubData: new Uint8Array(0), part, sent: undefined });
  }
}
