/**
 * The header of a serialized procedure (RPC "Procedure Serialization"). No page says how it looks; this is the layout that Wine's rpcrt4 writes
 * and reads (dlls/rpcrt4/ndr_es.c): version 1.1, two octets of filler, transfer syntax, interface, procedure number, a 1, and the length of
 * what follows. Everything is little-endian, and begins at a multiple of 8.
 */
import { RpcError } from "../rpc-error.ts";
import {
  readSyntaxAt,
  SYNTAX_IDENTIFIER_SIZE,
  transferSyntax,
  transferSyntaxName,
  writeSyntaxAt,
} from "../rpc/syntax-identifier.ts";
import type { SyntaxIdentifier } from "../rpc/syntax-identifier.ts";

/** What a header says: the identity of the routine that encoded (RPC "Obtaining an Encoding Identity"), and how much it wrote. */
export interface ProcedureHeader {
  readonly interfaceId: SyntaxIdentifier;
  /** Operation number, from 0. */
  readonly procNum: number;
  readonly ndr64: boolean;
  /** Octets of the parameters, a multiple of 8 when this runtime wrote them. */
  readonly byteCount: number;
}

const VERSION = 0x0101;
const FILLER = 0xcccc;
const ALWAYS_ONE = 1;
const SYNTAX_AT = 4;
const INTERFACE_AT = SYNTAX_AT + SYNTAX_IDENTIFIER_SIZE;
const PROC_NUM_AT = INTERFACE_AT + SYNTAX_IDENTIFIER_SIZE;

/** Octets of a header. */
export const PROCEDURE_HEADER_SIZE = PROC_NUM_AT + 12;

/** Parameters begin and end at multiples of this. */
export const PROCEDURE_ALIGNMENT = 8;

/** Makes a header. */
export function encodeProcedureHeader(header: ProcedureHeader): Uint8Array {
  const octets = new Uint8Array(PROCEDURE_HEADER_SIZE);
  const view = new DataView(octets.buffer);
  view.setUint16(0, VERSION, true);
  view.setUint16(2, FILLER, true);
  writeSyntaxAt(view, SYNTAX_AT, transferSyntax(header.ndr64 ? "ndr64" : "ndr"));
  writeSyntaxAt(view, INTERFACE_AT, header.interfaceId);
  view.setUint32(PROC_NUM_AT, header.procNum, true);
  view.setUint32(PROC_NUM_AT + 4, ALWAYS_ONE, true);
  view.setUint32(PROC_NUM_AT + 8, header.byteCount, true);
  return octets;
}

/**
 * Reads a header.
 *
 * @param octets as many as `PROCEDURE_HEADER_SIZE`
 * @throws RpcError RPC_X_WRONG_ES_VERSION for another version, RPC_S_UNSUPPORTED_TRANS_SYN for a transfer syntax that is neither NDR nor NDR64
 */
export function decodeProcedureHeader(octets: Uint8Array): ProcedureHeader {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const version = view.getUint16(0, true);
  if (version !== VERSION)
    throw new RpcError(
      "RPC_X_WRONG_ES_VERSION",
      `serialization header: version ${version & 0xff}.${version >>> 8} of procedure serialization`,
      { offset: 0 },
    );
  const syntax = transferSyntaxName(readSyntaxAt(view, SYNTAX_AT, true));
  if (syntax === undefined)
    throw new RpcError("RPC_S_UNSUPPORTED_TRANS_SYN", "serialization header: an unknown transfer syntax", {
      offset: SYNTAX_AT,
    });
  return {
    interfaceId: readSyntaxAt(view, INTERFACE_AT, true),
    procNum: view.getUint32(PROC_NUM_AT, true),
    ndr64: syntax === "ndr64",
    byteCount: view.getUint32(PROC_NUM_AT + 8, true),
  };
}
