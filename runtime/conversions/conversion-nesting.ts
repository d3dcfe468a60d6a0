import { RpcError } from "../rpc-error.ts";

/** Conversions inside each other: each takes a part of the call stack, and the peer may decide how many there are. */
const NESTED_CONVERSIONS = 200;

/** Counts the conversions of a reader or a writer that are under way: of an object, of one inside what that is converted to, and so on. */
export class ConversionNesting {
  #depth = 0;

  /**
   * Begins a conversion.
   *
   * @param path IDL path of the object, for the message
   * @throws RpcError RPC_X_BAD_STUB_DATA when there are too many
   */
  enter(path: string): void {
    if (this.#depth >= NESTED_CONVERSIONS)
      throw new RpcError("RPC_X_BAD_STUB_DATA", `${path}: conversions nest more than ${NESTED_CONVERSIONS} deep`, {
        path,
      });
    this.#depth++;
  }

  /** Ends the last one. */
  leave(): void {
    this.#depth--;
  }

  /** Calls a routine of the application that may lead to further conversions. */
  within<T>(path: string, call: () => T): T {
    this.enter(path);
    try {
      return call();
    } finally {
      this.leave();
    }
  }
}
