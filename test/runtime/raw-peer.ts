/** One end of a transport that sends and receives PDUs octet by octet: a peer that need not follow the protocol. */
import { encodeBind, type ContextElement } from "../../runtime/rpc/bind-pdus.ts";
import { PduFieldWriter } from "../../runtime/rpc/pdu-fields.ts";
import { PacketType, WHOLE, type Pdu } from "../../runtime/rpc/pdu-header.ts";
import { PduStream } from "../../runtime/rpc/pdu-stream.ts";
import { NDR_SYNTAX, type SyntaxIdentifier } from "../../runtime/rpc/syntax-identifier.ts";
import type { Transport, TransportConnection, TransportEvents } from "../../runtime/transport/transport.ts";
import { SAMPLE } from "./sample-interface.ts";

export class RawPeer implements TransportEvents {
  readonly connection: TransportConnection;
  readonly #stream = new PduStream(65535);
  readonly #arrived: (Pdu | null)[] = [];
  readonly #waiting: ((pdu: Pdu | null) => void)[] = [];

  constructor(connection: TransportConnection) {
    this.connection = connection;
    connection.start(this);
  }

  static async connect(transport: Transport, endpoint: string, networkAddress = ""): Promise<RawPeer> {
    return new RawPeer(await transport.connect(networkAddress, endpoint, AbortSignal.timeout(2000)));
  }

  send(...octets: (Uint8Array | string)[]): void {
    this.connection.send(
      Buffer.concat(octets.map((part) => (typeof part === "string" ? Buffer.from(part, "hex") : part))),
    );
  }

  /** The next PDU, or null when the connection is gone. */
  next(): Promise<Pdu | null> {
    const arrived = this.#arrived.shift();
    return arrived === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(arrived);
  }

  /** The octets of the next PDU in hexadecimal, or "closed". */
  async nextHex(): Promise<string> {
    const pdu = await this.next();
    return pdu === null ? "closed" : Buffer.from(pdu.octets).toString("hex");
  }

  /** Whether nothing arrives for a while. */
  async quiet(milliseconds = 20): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return this.#arrived.length === 0;
  }

  received(octets: Uint8Array): void {
    this.#stream.push(octets);
    for (let pdu = this.#stream.next(); pdu !== null; pdu = this.#stream.next()) this.#deliver(pdu);
  }

  drained(): void {
    // What it sends is small.
  }

  closed(): void {
    this.#deliver(null);
  }

  #deliver(pdu: Pdu | null): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#arrived.push(pdu);
    else waiting(pdu);
  }
}

export const SAMPLE_SYNTAX: SyntaxIdentifier = { uuid: SAMPLE.uuid, major: SAMPLE.major, minor: SAMPLE.minor };

/** A context element. */
export function proposal(
  contextId: number,
  transferSyntaxes = [NDR_SYNTAX],
  abstractSyntax = SAMPLE_SYNTAX,
): ContextElement {
  return { contextId, abstractSyntax, transferSyntaxes };
}

/** A bind PDU. */
export function bind(
  contexts: readonly ContextElement[],
  options: { callId?: number; flags?: number; group?: number; type?: number } = {},
): Uint8Array {
  const { callId = 1, flags = WHOLE, group = 0, type = PacketType.bind } = options;
  return encodeBind(type, callId, flags, {
    maximumTransmitFragment: 5840,
    maximumReceiveFragment: 5840,
    associationGroupId: group,
    contexts,
  });
}

/** A request PDU, one fragment of stub data. */
export function request(
  callId: number,
  stubData: Uint8Array,
  options: { flags?: number; contextId?: number; opnum?: number; hint?: number } = {},
): Uint8Array {
  const { flags = WHOLE, contextId = 0, opnum = 0, hint = stubData.length } = options;
  return new PduFieldWriter(PacketType.request, callId, flags)
    .uint32(hint)
    .uint16(contextId)
    .uint16(opnum)
    .octets(stubData)
    .finish();
}

/** A response PDU, one fragment of stub data. */
export function response(
  callId: number,
  stubData: Uint8Array,
  options: { flags?: number; hint?: number } = {},
): Uint8Array {
  const { flags = WHOLE, hint = stubData.length } = options;
  return new PduFieldWriter(PacketType.response, callId, flags)
    .uint32(hint)
    .uint16(0)
    .uint16(0)
    .octets(stubData)
    .finish();
}

/** An unsigned long. */
export function uint32(value: number): Uint8Array {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}
