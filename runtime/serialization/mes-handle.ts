/**
 * Serialization handles (MIDL "Serialization Handles"): what a generated `TYPE_Encode` writes to and `TYPE_Decode` reads from. The functions
 * that make them have MIDL's names.
 */
import { managedMemory } from "../memory/managed-memory.ts";
import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { ContextHandleTable } from "../ndr/context-handle-table.ts";
import { NdrReader } from "../ndr/reader.ts";
import { NdrWriter } from "../ndr/writer.ts";
import { RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import {
  decodeProcedureHeader,
  encodeProcedureHeader,
  PROCEDURE_ALIGNMENT,
  PROCEDURE_HEADER_SIZE,
} from "./procedure-header.ts";
import type { ProcedureHeader } from "./procedure-header.ts";
import { sameSyntax } from "../rpc/syntax-identifier.ts";
import type { SyntaxIdentifier } from "../rpc/syntax-identifier.ts";
import { decodeTypeHeader, encodeTypeHeader, typeHeaderLength } from "./type-header.ts";
import type { TypeHeader } from "./type-header.ts";

/** Takes octets of a stream in order. They are valid until it returns. */
export type MesWrite = (octets: Uint8Array) => void;

/** Gives the next octets of a stream: exactly as many as are asked for. */
export type MesRead = (count: number) => Uint8Array;

export interface MesEncodeOptions {
  /** NDR64 with headers of version 2; NDR with headers of version 1 by default. */
  readonly ndr64?: boolean | undefined;
}

/** Context handles cannot be serialized: they mean nothing outside their connection. */
const NO_CONTEXT_HANDLES: ContextHandleTable = {
  fromWire: () => {
    throw new RpcError("RPC_S_CANNOT_SUPPORT", "a context handle in a serialized type");
  },
  toWire: () => {
    throw new RpcError("RPC_S_CANNOT_SUPPORT", "a context handle in a serialized type");
  },
};

/** Collects serialized types, one after the other, behind one common header. */
export class MesEncodeHandle {
  readonly #ndr64: boolean;
  readonly #write: MesWrite;
  readonly #octets: () => Uint8Array;
  #begun = false;

  constructor(write: MesWrite, octets: () => Uint8Array, options: MesEncodeOptions) {
    this.#write = write;
    this.#octets = octets;
    this.#ndr64 = options.ndr64 ?? false;
  }

  /** What was encoded so far; empty for an incremental handle, whose octets went to its write function. */
  octets(): Uint8Array {
    return this.#octets();
  }

  /**
   * Adds one top-level type: for generated code.
   *
   * @param isConstructed constructed types have a private header (MS-RPCE 2.2.6.2), primitive ones have none (MS-RPCE 2.2.6.3) but in version 2
   * (MS-RPCE 2.2.7.2)
   */
  encode(owner: InterfaceDescription, isConstructed: boolean, marshal: (w: NdrWriter) => void): void {
    requireSyntax(owner, this.#ndr64);
    const unit = this.#ndr64 ? 16 : 8;
    const w = new NdrWriter({ ndr64: this.#ndr64, contextHandles: NO_CONTEXT_HANDLES });
    const hasHeader = isConstructed || this.#ndr64;
    if (hasHeader) w.reserveCleared(unit, 8);
    marshal(w);
    const end = w.align(w.offset, unit);
    w.reserveCleared(end - w.offset, 1);
    if (hasHeader) w.uint32(0, end - unit, "ObjectBufferLength");
    if (!this.#begun) this.#write(encodeTypeHeader(this.#ndr64, owner));
    this.#begun = true;
    this.#write(w.octets());
    w.release();
  }

  /** Adds the [in] parameters of a procedure behind a header of their own: for generated code. */
  encodeProcedure(owner: InterfaceDescription, procNum: number, marshal: (w: NdrWriter) => void): void {
    requireSyntax(owner, this.#ndr64);
    const w = new NdrWriter({ ndr64: this.#ndr64, contextHandles: NO_CONTEXT_HANDLES });
    marshal(w);
    const end = w.align(w.offset, PROCEDURE_ALIGNMENT);
    w.reserveCleared(end - w.offset, 1);
    const header = encodeProcedureHeader({ interfaceId: owner, procNum, ndr64: this.#ndr64, byteCount: end });
    this.#write(Buffer.concat([header, w.octets()]));
    w.release();
  }
}

/** Reads serialized types, one after the other. */
export class MesDecodeHandle {
  readonly #read: MesRead;
  readonly #memory: MidlUserMemory;
  #header: TypeHeader | undefined;
  #procedure: ProcedureHeader | undefined;

  constructor(read: MesRead, memory: MidlUserMemory) {
    this.#read = read;
    this.#memory = memory;
  }

  /**
   * Takes one top-level type: for generated code.
   *
   * @param size octets of a primitive type in NDR and NDR64; undefined for a constructed type
   */
  decode<T>(owner: InterfaceDescription, size: number | undefined, unmarshal: (r: NdrReader) => T): T {
    const header = (this.#header ??= this.#readHeader());
    const { unit, ndr64, littleEndian } = header;
    requireSyntax(owner, ndr64);
    const octets =
      size === undefined || header.length > 8 ? this.#object(header) : this.#read(unit * Math.ceil(size / unit));
    const r = new NdrReader(octets, { ndr64, littleEndian, memory: this.#memory, contextHandles: NO_CONTEXT_HANDLES });
    try {
      return unmarshal(r);
    } catch (error) {
      r.abandon();
      throw error;
    }
  }

  /**
   * Takes the [out] parameters of a procedure: for generated code.
   *
   * @throws RpcError RPC_S_UNKNOWN_IF or RPC_S_PROCNUM_OUT_OF_RANGE when another procedure comes next
   */
  decodeProcedure<T>(owner: InterfaceDescription, procNum: number, unmarshal: (r: NdrReader) => T): T {
    const header = this.procedure();
    const { ndr64, interfaceId, byteCount } = header;
    if (!sameSyntax(interfaceId, owner))
      throw new RpcError(
        "RPC_S_UNKNOWN_IF",
        `serialization header: interface ${interfaceId.uuid} version ${interfaceId.major}.${interfaceId.minor} where ${owner.name} is wanted`,
      );
    if (header.procNum !== procNum)
      throw new RpcError(
        "RPC_S_PROCNUM_OUT_OF_RANGE",
        `serialization header: procedure ${header.procNum} of ${owner.name} where ${procNum} is wanted`,
      );
    requireSyntax(owner, ndr64);
    const octets = this.#read(byteCount);
    this.#procedure = undefined;
    const options = { ndr64, littleEndian: true, memory: this.#memory, contextHandles: NO_CONTEXT_HANDLES };
    const r = new NdrReader(octets, options);
    try {
      return unmarshal(r);
    } catch (error) {
      r.abandon();
      throw error;
    }
  }

  /** The header of the procedure that comes next; it stays the next. */
  procedure(): ProcedureHeader {
    return (this.#procedure ??= decodeProcedureHeader(this.#read(PROCEDURE_HEADER_SIZE)));
  }

  #readHeader(): TypeHeader {
    const start = this.#read(4).slice();
    return decodeTypeHeader(Buffer.concat([start, this.#read(typeHeaderLength(start) - start.length)]));
  }

  #object({ unit, littleEndian }: TypeHeader): Uint8Array {
    const head = this.#read(unit);
    const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0, littleEndian);
    if (length % unit !== 0)
      throw new RpcError(
        "RPC_X_BAD_STUB_DATA",
        `serialization header: object buffer length ${length} is no multiple of ${unit}`,
      );
    return this.#read(length);
  }
}

/** The identity of the routine that encoded what a handle is about to decode. */
export interface EncodingIdentity {
  readonly interfaceId: SyntaxIdentifier;
  /** Operation number, from 0. */
  readonly procNum: number;
}

/**
 * Says which procedure comes next in a handle, before it is decoded (RPC "Obtaining an Encoding Identity").
 *
 * @throws RpcError RPC_X_WRONG_ES_VERSION or RPC_S_UNSUPPORTED_TRANS_SYN for a header of another kind
 */
export function MesInqProcEncodingId(handle: MesDecodeHandle): EncodingIdentity {
  const { interfaceId, procNum } = handle.procedure();
  return { interfaceId, procNum };
}

/** Stubs that were compiled for one transfer syntax know nothing of the other. */
function requireSyntax(owner: InterfaceDescription, ndr64: boolean): void {
  const needed = ndr64 ? "ndr64" : "ndr";
  if (owner.transferSyntaxes.includes(needed)) return;
  throw new RpcError(
    "RPC_S_UNSUPPORTED_TRANS_SYN",
    `the stubs of ${owner.name} do not have ${needed}: compile them with /protocol all`,
  );
}

/** A handle that collects octets in a buffer of its own, as large as it takes. */
export function MesEncodeDynBufferHandleCreate(options: MesEncodeOptions = {}): MesEncodeHandle {
  const pieces: Uint8Array[] = [];
  return new MesEncodeHandle(
    (octets) => pieces.push(octets.slice()),
    () => Buffer.concat(pieces),
    options,
  );
}

/**
 * A handle that writes into the application's buffer.
 *
 * @throws RpcError (when encoding) RPC_S_BUFFER_TOO_SMALL when a type does not fit; the types before it stay
 */
export function MesEncodeFixedBufferHandleCreate(buffer: Uint8Array, options: MesEncodeOptions = {}): MesEncodeHandle {
  let length = 0;
  const write = (octets: Uint8Array): void => {
    if (octets.length > buffer.length - length)
      throw new RpcError(
        "RPC_S_BUFFER_TOO_SMALL",
        `${octets.length} octets do not fit into the ${buffer.length - length} that are left`,
      );
    buffer.set(octets, length);
    length += octets.length;
  };
  return new MesEncodeHandle(write, () => buffer.subarray(0, length), options);
}

/** A handle that hands every piece to `write` as soon as it is encoded. */
export function MesEncodeIncrementalHandleCreate(write: MesWrite, options: MesEncodeOptions = {}): MesEncodeHandle {
  return new MesEncodeHandle(write, () => new Uint8Array(0), options);
}

/**
 * A handle that reads a buffer.
 *
 * @param memory gives out the nodes; the application frees them
 */
export function MesDecodeBufferHandleCreate(
  buffer: Uint8Array,
  memory: MidlUserMemory = managedMemory(),
): MesDecodeHandle {
  let offset = 0;
  const read = (count: number): Uint8Array => {
    if (count > buffer.length - offset)
      throw new RpcError(
        "RPC_X_BAD_STUB_DATA",
        `the buffer ends ${count - (buffer.length - offset)} octets too early`,
        { offset },
      );
    offset += count;
    return buffer.subarray(offset - count, offset);
  };
  return new MesDecodeHandle(read, memory);
}

/** A handle that asks `read` for octets as it needs them. */
export function MesDecodeIncrementalHandleCreate(
  read: MesRead,
  memory: MidlUserMemory = managedMemory(),
): MesDecodeHandle {
  const exactly = (count: number): Uint8Array => {
    const octets = read(count);
    if (octets.length === count) return octets;
    throw new RpcError("RPC_X_BAD_STUB_DATA", `the stream gave ${octets.length} octets of ${count}`);
  };
  return new MesDecodeHandle(exactly, memory);
}
