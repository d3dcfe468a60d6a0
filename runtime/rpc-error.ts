import { nameOfStatus, statusNumber, type RpcStatusName } from "./status.ts";

/** What is known about the place where a call failed. */
export interface RpcErrorDetails {
  /** The operation that was called, as `Interface.Operation`. */
  readonly operation?: string | undefined;
  /** The string binding of the peer. */
  readonly peer?: string | undefined;
  /** Octets from the start of the stub data to the item at fault. */
  readonly offset?: number | undefined;
  /** The IDL path of the item at fault, such as `InOut.pList->pNext`. */
  readonly path?: string | undefined;
  /** What led to the failure. */
  readonly cause?: unknown;
}

const BRAND = Symbol.for("@midl-ts/runtime.RpcError");

/**
 * The failure of a remote procedure call, with its RPC status. `instanceof RpcError` holds for errors of every copy of this package that a
 * program has loaded.
 */
export class RpcError extends Error {
  /** The status: a Win32 number (MS-ERREF 2.2), or the code of a fault that has no mapping (MS-RPCE 3.1.1.5.5). */
  readonly status: number;
  readonly operation: string | undefined;
  readonly peer: string | undefined;
  readonly offset: number | undefined;
  readonly path: string | undefined;

  constructor(status: RpcStatusName | number, message?: string, details: RpcErrorDetails = {}) {
    const code = statusNumber(status);
    const name = typeof status === "string" ? status : nameOfStatus(code);
    super(
      message ?? `the call failed with status ${code}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.name = name;
    this.status = code;
    this.operation = details.operation;
    this.peer = details.peer;
    this.offset = details.offset;
    this.path = details.path;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== RpcError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/**
 * The error with the operation and the peer filled in where it does not name them: itself when it names both, otherwise a new one whose cause
 * is that of the error, or the error.
 */
export function locateRpcError(error: RpcError, operation: string | undefined, peer: string | undefined): RpcError {
  if (error.operation !== undefined && error.peer !== undefined) return error;
  const located = new RpcError(error.status, error.message, {
    operation: error.operation ?? operation,
    peer: error.peer ?? peer,
    offset: error.offset,
    path: error.path,
    cause: error.cause ?? error,
  });
  located.name = error.name;
  return located;
}
