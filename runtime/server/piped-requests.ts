import type { RequestFields } from "../rpc/call-pdus.ts";
import type { RpcLimits } from "../rpc/limits.ts";
import { PduFlag, ProtocolViolation, type Pdu } from "../rpc/pdu-header.ts";
import { StubDataStream, type Valve } from "../rpc/stub-data-stream.ts";
import type { ReceivedRequest } from "./active-call.ts";

/** Requests with [in] pipes that are still coming in: their calls are at work already, or over already. */
export class PipedRequests {
  readonly #valve: Valve;
  readonly #limits: RpcLimits;
  readonly #requests = new Map<number, ReceivedRequest>();

  constructor(valve: Valve, limits: RpcLimits) {
    this.#valve = valve;
    this.#limits = limits;
  }

  /**
   * A request whose call goes on, if there is one. Those whose calls are over are forgotten: this is asked when another call begins, and a client
   * that was answered early need not end its request.
   */
  unfinished(goesOn: (callId: number) => boolean): ReceivedRequest | undefined {
    for (const [callId, request] of this.#requests) {
      if (goesOn(callId)) return request;
      this.#requests.delete(callId);
    }
    return undefined;
  }

  /** Takes the first fragment. */
  open(pdu: Pdu, fields: RequestFields, request: ReceivedRequest): ReceivedRequest {
    const stream = new StubDataStream(this.#valve, this.#limits.stubDataOctets + this.#limits.pipeOctets);
    const opened = { ...request, stream };
    this.#requests.set(pdu.callId, opened);
    this.append(pdu, fields);
    return opened;
  }

  /**
   * Takes a further fragment; false when it is of no such request.
   *
   * @throws ProtocolViolation when it disagrees with the first
   */
  append(pdu: Pdu, { contextId, opnum, stubData }: RequestFields): boolean {
    const request = this.#requests.get(pdu.callId);
    if (request === undefined) return false;
    if (contextId !== request.contextId || opnum !== request.opnum)
      throw new ProtocolViolation(`fragments of call ${pdu.callId} disagree`, pdu.type, pdu.callId, { contextId });
    request.stream?.write(stubData);
    if ((pdu.flags & PduFlag.lastFragment) === 0) return true;
    this.#requests.delete(pdu.callId);
    request.stream?.end();
    return true;
  }

  /** The client sends no more of a request. */
  forget(callId: number): void {
    this.#requests.delete(callId);
  }
}
