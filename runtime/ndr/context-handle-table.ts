/** A context handle as it travels: 4 octets of attributes and a UUID (C706 14.2.16.6 ndr_context_handle, appendix N.1). */
export interface WireContextHandle {
  readonly attributes: number;
  /** Lower case, 36 characters; the nil UUID for the null handle. */
  readonly uuid: string;
}

/** What context handles mean to the side that marshals: opaque objects on the client, the manager's state on the server. */
export interface ContextHandleTable {
  /**
   * The object for a handle that was received, null for the null handle.
   *
   * @param type the IDL name of the handle type
   * @param previous what an [in, out] parameter held before
   * @throws RpcError RPC_X_SS_CONTEXT_MISMATCH (server) for a handle that is unknown or of another type
   */
  fromWire(handle: WireContextHandle, type: string, previous?: object | null): object | null;
  /**
   * The handle to send for an object, the null handle for null.
   *
   * @param previous what an [in, out] parameter held before
   */
  toWire(value: object | null, type: string, previous?: object | null): WireContextHandle;
  /** Notes under which handles the elements of an array came in (server): a manager routine changes the array in place. */
  keep?(array: readonly (object | null)[], first: number, handles: readonly WireContextHandle[]): void;
  /** `toWire` for an element of an array: what came in at that index of `array` keeps its handle, or is closed by null. */
  toWireInPlace?(
    value: object | null,
    type: string,
    array: readonly (object | null)[],
    index: number,
  ): WireContextHandle;
  /**
   * Waits until it is the turn of a call on the handles that it received (server); undefined when it is already.
   *
   * @param access what the interface says of handle types
   * @param request the parameters: a state object that another call has replaced meanwhile is replaced in them
   */
  take?(access: Readonly<Record<string, "exclusive" | "shared">>, request: unknown): Promise<void> | undefined;
  /** Ends the turn. */
  giveBack?(): void;
}
