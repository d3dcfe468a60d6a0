/** The common header of a serialization stream: version 1 for NDR (MS-RPCE 2.2.6.1), version 2 for NDR64 (MS-RPCE 2.2.7.1). */
import { RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import {
  NDR64_SYNTAX,
  readSyntaxAt,
  SYNTAX_IDENTIFIER_SIZE,
  transferSyntaxName,
  writeSyntaxAt,
} from "../rpc/syntax-identifier.ts";

/** What a common header says. */
export interface TypeHeader {
  readonly ndr64: boolean;
  readonly littleEndian: boolean;
  /** Octets of the common header. */
  readonly length: number;
  /** Octets of a private header; also the alignment of what follows it. */
  readonly unit: 8 | 16;
}

const FILLER = 0xcc;
const LENGTHS = { 1: 8, 2: 64 } as const;
const ENDIANNESS = { big: 0x00, little: 0x10 } as const;
const TRANSFER_SYNTAX_OFFSET = 24;

/** The common header that a stream in little-endian NDR or NDR64 begins with. */
export function encodeTypeHeader(ndr64: boolean, owner: InterfaceDescription): Uint8Array {
  const version = ndr64 ? 2 : 1;
  const octets = new Uint8Array(LENGTHS[version]).fill(FILLER);
  const view = new DataView(octets.buffer);
  view.setUint8(0, version);
  view.setUint8(1, ENDIANNESS.little);
  view.setUint16(2, LENGTHS[version], true);
  if (!ndr64) return octets;
  writeSyntaxAt(view, TRANSFER_SYNTAX_OFFSET, NDR64_SYNTAX);
  writeSyntaxAt(view, TRANSFER_SYNTAX_OFFSET + SYNTAX_IDENTIFIER_SIZE, owner);
  return octets;
}

/** Octets that `decodeTypeHeader` has to see: the length stands in the first four. */
export function typeHeaderLength(start: Uint8Array): number {
  return start[0] === 2 ? LENGTHS[2] : LENGTHS[1];
}

/**
 * Reads a common header.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA for another version, length, byte order or transfer syntax
 */
export function decodeTypeHeader(octets: Uint8Array): TypeHeader {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  if (octets.length < LENGTHS[1]) throw bad(`${octets.length} octets are too few`, 0);
  const version = view.getUint8(0);
  const endianness = view.getUint8(1);
  if (version !== 1 && version !== 2) throw bad(`version ${version} of type serialization`, 0);
  if (endianness !== ENDIANNESS.little && (version === 2 || endianness !== ENDIANNESS.big))
    throw bad(`byte order ${endianness} in a header of version ${version}`, 1);
  const length = LENGTHS[version];
  if (octets.length < length) throw bad(`${octets.length} octets are too few`, 0);
  const said = view.getUint16(2, true);
  if (said !== length) throw bad(`the length is ${said} where it must be ${length}`, 2);
  const littleEndian = endianness === ENDIANNESS.little;
  if (version === 1) return { ndr64: false, littleEndian, length, unit: 8 };
  const syntax = transferSyntaxName(readSyntaxAt(view, TRANSFER_SYNTAX_OFFSET, true));
  if (syntax === undefined) throw bad("an unknown transfer syntax", TRANSFER_SYNTAX_OFFSET);
  return { ndr64: syntax === "ndr64", littleEndian, length, unit: 16 };
}

function bad(message: string, offset: number): RpcError {
  return new RpcError("RPC_X_BAD_STUB_DATA", `serialization header: ${message}`, { offset });
}
