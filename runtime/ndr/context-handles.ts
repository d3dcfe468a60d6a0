/** Context handles on the wire: 20 octets, aligned to 4, in both transfer syntaxes (C706 14.2.16.6; MS-RPCE 2.2.5). */
import { RpcError } from "../rpc-error.ts";
import { NIL_UUID, readUuidAt, writeUuidAt } from "../rpc/uuid.ts";
import type { WireContextHandle } from "./context-handle-table.ts";
import type { NdrReader } from "./reader.ts";
import type { NdrWriter } from "./writer.ts";

export const CONTEXT_HANDLE_SIZE = 20;
export const CONTEXT_HANDLE_ALIGNMENT = 4;

/** Unmarshals a context handle at the cursor into the object that stands for it. */
export function unmarshalContextHandle<H extends object>(r: NdrReader, type: string, previous?: H | null): H | null {
  return contextHandleObject(
    r,
    wireContextHandle(r, r.take(CONTEXT_HANDLE_SIZE, CONTEXT_HANDLE_ALIGNMENT)),
    type,
    previous,
  );
}

/** The same for a handle that was read. */
export function contextHandleObject<H extends object>(
  r: NdrReader,
  handle: WireContextHandle,
  type: string,
  previous: H | null | undefined,
): H | null {
  const object = r.contextHandles.fromWire(handle, type, previous);
  if (object !== null && !isOfType(object, previous)) throw r.bad("a context handle of another type", type);
  return object;
}

/** The handle that lies at `at` in a run that was taken. */
export function wireContextHandle(r: NdrReader, at: number): WireContextHandle {
  return { attributes: r.uint32(at), uuid: readUuidAt(r.view, at + 4, r.littleEndian) };
}

/**
 * Unmarshals an [in] context handle: it must be open.
 *
 * @throws RpcError RPC_X_SS_CONTEXT_MISMATCH for the null handle
 */
export function unmarshalLiveContextHandle<H extends object>(r: NdrReader, type: string, previous?: H | null): H {
  const object = unmarshalContextHandle(r, type, previous);
  if (object === null) throw r.error("RPC_X_SS_CONTEXT_MISMATCH", "the null handle for an [in] parameter", type);
  return object;
}

/**
 * Marshals an [in] context handle.
 *
 * @throws RpcError RPC_X_SS_IN_NULL_CONTEXT for a handle that is closed or null
 */
export function marshalLiveContextHandle(w: NdrWriter, value: object | null | undefined, type: string): void {
  const at = w.reserve(CONTEXT_HANDLE_SIZE, CONTEXT_HANDLE_ALIGNMENT);
  const handle = w.contextHandles.toWire(value ?? null, type);
  if (handle.uuid === NIL_UUID)
    throw new RpcError("RPC_X_SS_IN_NULL_CONTEXT", `${type}: a null context handle as an [in] parameter`, {
      path: type,
    });
  putWireContextHandle(w, at, handle);
}

/** The table hands out objects of the type that was named: it keeps that name with each object. */
function isOfType<H extends object>(object: object, _previous: H | null | undefined): object is H {
  return typeof object === "object";
}

/** Marshals the handle for an object; null is the null handle. */
export function marshalContextHandle(
  w: NdrWriter,
  value: object | null | undefined,
  type: string,
  previous?: object | null,
): void {
  const at = w.reserve(CONTEXT_HANDLE_SIZE, CONTEXT_HANDLE_ALIGNMENT);
  putWireContextHandle(w, at, w.contextHandles.toWire(value ?? null, type, previous));
}

/** Writes a handle at `at` into a run that was reserved. */
export function putWireContextHandle(w: NdrWriter, at: number, handle: WireContextHandle): void {
  w.uint32(at, handle.attributes, "attributes");
  writeUuidAt(w.view, at + 4, handle.uuid);
}
