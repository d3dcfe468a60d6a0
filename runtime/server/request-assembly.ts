import type { RequestFields } from "../rpc/call-pdus.ts";
import type { RpcLimits } from "../rpc/limits.ts";
import { PduFlag, ProtocolViolation, type Pdu } from "../rpc/pdu-header.ts";
import { StubDataAssembler } from "../rpc/stub-data-assembler.ts";
import { FaultStatus, RpcStatus } from "../status.ts";
import type { ReceivedRequest } from "./active-call.ts";

/** Stub data of requests that have not arrived whole, of all connections of a server. */
export interface UnfinishedStubData {
  octets: number;
}

/** A request of which fragments are missing. */
interface PartialRequest {
  readonly request: Omit<ReceivedRequest, "stubData">;
  readonly stubData: StubDataAssembler;
}

/** How far behind the newest call a straggling fragment may be (MS-RPCE 3.3.3.5.6). */
const STRAGGLER = 150;

/** Puts the fragments of requests together, those of several calls at once when the connection is multiplexed. */
export class RequestAssembly {
  readonly #limits: RpcLimits;
  readonly #unfinished: UnfinishedStubData;
  readonly #partial = new Map<number, PartialRequest>();
  #newestCallId = 0;
  #since = 0;

  constructor(limits: RpcLimits, unfinished: UnfinishedStubData) {
    this.#limits = limits;
    this.#unfinished = unfinished;
  }

  /** Whether fragments are missing of any request. */
  get incomplete(): boolean {
    return this.#partial.size > 0;
  }

  /** When a fragment last came while one was awaited (performance.now). */
  get since(): number {
    return this.#since;
  }

  /** The requests that have begun and are not whole. */
  get first(): Omit<ReceivedRequest, "stubData"> | undefined {
    return this.#partial.values().next().value?.request;
  }

  has(callId: number): boolean {
    return this.#partial.has(callId);
  }

  /** Notes that a call began, so that stragglers of it are known. */
  began(callId: number): void {
    if (callId > this.#newestCallId) this.#newestCallId = callId;
  }

  /**
   * Takes the first of several fragments.
   *
   * @throws ProtocolViolation when it announces more than the limit
   */
  open(pdu: Pdu, fields: RequestFields, request: Omit<ReceivedRequest, "stubData">): void {
    if (fields.allocationHint > this.#limits.stubDataOctets) throw tooLong(pdu, fields, this.#limits.stubDataOctets);
    const stubData = new StubDataAssembler(fields.allocationHint);
    this.#partial.set(pdu.callId, { request, stubData });
    this.#append(pdu, fields, stubData);
  }

  /**
   * Takes a later fragment: the whole request when it was the last, null when more is to come or the fragment belongs to a call that was refused.
   *
   * @throws ProtocolViolation
   */
  append(pdu: Pdu, fields: RequestFields): ReceivedRequest | null {
    const partial = this.#partial.get(pdu.callId);
    if (partial === undefined) {
      const behind = this.#newestCallId - pdu.callId;
      if (behind >= 0 && behind < STRAGGLER && this.#newestCallId > 0) return null;
      throw new ProtocolViolation(`call ${pdu.callId} has no first fragment`, pdu.type, pdu.callId);
    }
    const { request, stubData } = partial;
    if (fields.contextId !== request.contextId || fields.opnum !== request.opnum)
      throw new ProtocolViolation(`fragments of call ${pdu.callId} disagree`, pdu.type, pdu.callId, {
        contextId: fields.contextId,
      });
    this.#append(pdu, fields, stubData);
    if ((pdu.flags & PduFlag.lastFragment) === 0) return null;
    this.#forget(pdu.callId, stubData);
    return { ...request, stubData: stubData.take() };
  }

  /** Forgets all that is unfinished. */
  clear(): void {
    for (const [callId, { stubData }] of this.#partial) this.#forget(callId, stubData);
  }

  #append(pdu: Pdu, fields: RequestFields, stubData: StubDataAssembler): void {
    const { length } = fields.stubData;
    if (stubData.length + length > this.#limits.stubDataOctets) throw tooLong(pdu, fields, this.#limits.stubDataOctets);
    if (this.#unfinished.octets + length > this.#limits.unfinishedStubDataOctets)
      throw new ProtocolViolation("too many unfinished requests", pdu.type, pdu.callId, {
        fault: FaultStatus.nca_server_too_busy,
        didNotExecute: true,
        contextId: fields.contextId,
      });
    this.#unfinished.octets += length;
    stubData.write(fields.stubData, Math.min(fields.allocationHint, this.#limits.stubDataOctets - stubData.length));
    this.#since = performance.now();
  }

  #forget(callId: number, stubData: StubDataAssembler): void {
    this.#unfinished.octets -= stubData.length;
    this.#partial.delete(callId);
  }
}

/** What exceeds the limit is answered with status 5 (MS-RPCE 3.3.3.5.4). */
function tooLong(pdu: Pdu, { contextId }: RequestFields, limit: number): ProtocolViolation {
  return new ProtocolViolation(`stub data of call ${pdu.callId} exceeds ${limit} octets`, pdu.type, pdu.callId, {
    fault: RpcStatus.RPC_S_ACCESS_DENIED,
    contextId,
  });
}
