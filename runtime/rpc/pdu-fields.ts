import { HEADER_SIZE, ProtocolViolation, WHOLE, writeHeader, type Pdu } from "./pdu-header.ts";
import { readSyntaxAt, SYNTAX_IDENTIFIER_SIZE, writeSyntaxAt, type SyntaxIdentifier } from "./syntax-identifier.ts";

/** Reads the fields of a PDU after its header, in order; reading past its end is a ProtocolViolation. */
export class PduFieldReader {
  readonly #pdu: Pdu;
  #at = HEADER_SIZE;

  constructor(pdu: Pdu) {
    this.#pdu = pdu;
  }

  uint8(): number {
    return this.#pdu.view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#pdu.view.getUint16(this.#take(2), this.#pdu.littleEndian);
  }

  uint32(): number {
    return this.#pdu.view.getUint32(this.#take(4), this.#pdu.littleEndian);
  }

  syntax(): SyntaxIdentifier {
    return readSyntaxAt(this.#pdu.view, this.#take(SYNTAX_IDENTIFIER_SIZE), this.#pdu.littleEndian);
  }

  octets(count: number): Uint8Array {
    const at = this.#take(count);
    return this.#pdu.octets.subarray(at, at + count);
  }

  /** Skips to a multiple of 4 octets from the start of the PDU. */
  align4(): void {
    this.#at = (this.#at + 3) & ~3;
  }

  /** Octets between here and the end of the PDU. */
  get remaining(): number {
    return this.#pdu.octets.length - this.#at;
  }

  #take(count: number): number {
    const at = this.#at;
    if (at + count > this.#pdu.octets.length)
      throw new ProtocolViolation(
        `PDU type ${this.#pdu.type} ends before its fields do`,
        this.#pdu.type,
        this.#pdu.callId,
      );
    this.#at = at + count;
    return at;
  }
}

/** Builds one PDU that is not split into fragments, little-endian. */
export class PduFieldWriter {
  readonly #type: number;
  readonly #callId: number;
  readonly #flags: number;
  #octets = new Uint8Array(256);
  #view = new DataView(this.#octets.buffer);
  #at = HEADER_SIZE;

  constructor(type: number, callId: number, flags: number = WHOLE) {
    this.#type = type;
    this.#callId = callId;
    this.#flags = flags;
  }

  uint8(value: number): this {
    const at = this.#reserve(1);
    this.#view.setUint8(at, value);
    return this;
  }

  uint16(value: number): this {
    const at = this.#reserve(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  uint32(value: number): this {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  syntax(syntax: SyntaxIdentifier): this {
    const at = this.#reserve(SYNTAX_IDENTIFIER_SIZE);
    writeSyntaxAt(this.#view, at, syntax);
    return this;
  }

  octets(octets: Uint8Array): this {
    const at = this.#reserve(octets.length);
    this.#octets.set(octets, at);
    return this;
  }

  /** Appends zero octets up to a multiple of 4 from the start of the PDU. */
  align4(): this {
    this.#reserve(-this.#at & 3);
    return this;
  }

  /** The whole PDU; the writer is not to be used afterwards. */
  finish(): Uint8Array {
    writeHeader(this.#view, 0, this.#type, this.#flags, this.#at, this.#callId);
    return this.#octets.subarray(0, this.#at);
  }

  /** Replaces the buffer when it is full: the buffer is to be looked at afterwards, not in the same expression. */
  #reserve(count: number): number {
    const at = this.#at;
    this.#at += count;
    if (this.#at > this.#octets.length) {
      const grown = new Uint8Array(Math.max(this.#octets.length * 2, this.#at));
      grown.set(this.#octets);
      this.#octets = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}
