import type { ContextHandleTable, WireContextHandle } from "../ndr/context-handle-table.ts";
import { NIL_UUID } from "../rpc/uuid.ts";
import { RpcError } from "../rpc-error.ts";
import type { Association } from "./association.ts";

/**
 * A context handle: state that a server keeps for this client (C706 5.1.6). It is opaque, and of use only in calls that are made through the binding it came from. It
 * is closed when an operation gives the null handle back for it.
 */
export class ContextHandle<Name extends string = string> {
  /** The IDL name of the handle type. */
  readonly type: Name;
  readonly #association: Association;
  readonly #wire: WireContextHandle;
  #closed = false;
  #destroyed = false;

  /** Made by the runtime when a server gives out a handle. */
  constructor(type: Name, association: Association, wire: WireContextHandle) {
    this.type = type;
    this.#association = association;
    this.#wire = wire;
  }

  /** Whether the server has closed the handle, or every connection to the server is gone. */
  get closed(): boolean {
    return this.#closed || this.#association.over;
  }

  /** The association that the handle belongs to (MS-RPCE 3.3.1.4.1); for the runtime. */
  static associationOf(handle: ContextHandle): Association {
    return handle.#association;
  }

  /** What travels for the handle; for the runtime. */
  static wireOf(handle: ContextHandle): WireContextHandle {
    return handle.#wire;
  }

  /** Whether the application dropped the handle: it is the null handle since. For the runtime. */
  static isDestroyed(handle: ContextHandle): boolean {
    return handle.#destroyed;
  }

  /** Makes the handle the null handle without asking the server. False: it was closed before. For the runtime. */
  static destroy(handle: ContextHandle): boolean {
    if (handle.#closed) return false;
    handle.#destroyed = true;
    handle.#closed = true;
    handle.#association.contextHandles.dropped();
    return true;
  }

  /** Makes the handle the null handle. False: it was closed before. For the runtime. */
  static close(handle: ContextHandle): boolean {
    const wasOpen = !handle.#closed;
    handle.#closed = true;
    return wasOpen;
  }
}

/** Whether a value is a context handle. */
export function isContextHandle(value: unknown): value is ContextHandle {
  return value instanceof ContextHandle;
}

const NIL_HANDLE: WireContextHandle = { attributes: 0, uuid: NIL_UUID };

/** The context handles of an association. */
export class ClientContextHandles implements ContextHandleTable {
  readonly #association: Association;
  #live = 0;

  constructor(association: Association) {
    this.#association = association;
  }

  /** Handles that are open: while there are any, the last connection is kept (MS-RPCE 3.3.2.6.2). */
  get live(): number {
    return this.#live;
  }

  /** An open handle is not the server's concern any more. */
  dropped(): void {
    this.#live--;
  }

  fromWire(wire: WireContextHandle, type: string, previous?: object | null): ContextHandle | null {
    const held = isContextHandle(previous) && !previous.closed ? previous : undefined;
    if (held !== undefined && ContextHandle.wireOf(held).uuid === wire.uuid) return held;
    if (held !== undefined && ContextHandle.close(held)) this.#live--;
    if (wire.uuid === NIL_UUID) return null;
    this.#live++;
    return new ContextHandle(type, this.#association, wire);
  }

  /** @throws RpcError RPC_X_SS_IN_NULL_CONTEXT for a handle that the server closed, RPC_X_SS_CONTEXT_MISMATCH for one of another association or type */
  toWire(value: object | null, type: string): WireContextHandle {
    if (value === null) return NIL_HANDLE;
    if (!isContextHandle(value)) throw new TypeError(`${type} takes a context handle that an operation gave out`);
    if (ContextHandle.isDestroyed(value)) return NIL_HANDLE;
    if (value.type !== type || ContextHandle.associationOf(value) !== this.#association)
      throw new RpcError(
        "RPC_X_SS_CONTEXT_MISMATCH",
        `a ${value.type} handle of another server, or where ${type} is wanted`,
      );
    if (value.closed) throw new RpcError("RPC_X_SS_IN_NULL_CONTEXT", `the ${type} handle is closed`);
    return ContextHandle.wireOf(value);
  }
}
