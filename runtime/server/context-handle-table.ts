import { randomUUID } from "node:crypto";
import type { ContextHandleTable, WireContextHandle } from "../ndr/context-handle-table.ts";
import { NIL_UUID } from "../rpc/uuid.ts";
import { RpcError } from "../rpc-error.ts";
import { HandleTurns } from "./handle-turns.ts";
import type { HandleAccess, HandleUse, UsedHandle } from "./handle-turns.ts";
import type { ServerErrorReport } from "./server-error.ts";
import type { ServerStub } from "./server-stub.ts";

/** A live context handle: the manager's state object, and the stub whose rundown routine it gets. */
interface ContextHandleEntry extends UsedHandle {
  readonly uuid: string;
  readonly type: string;
  readonly stub: ServerStub;
  state: object;
}

const NIL_HANDLE: WireContextHandle = { attributes: 0, uuid: NIL_UUID };

/** The live context handles of an association group (C706 5.1.6, MS-RPCE 3.3.1.4.1). */
export class GroupContextHandles {
  readonly #limit: number;
  readonly #report: ServerErrorReport;
  readonly #entries = new Map<string, ContextHandleEntry>();
  /** What is said of a handle type whose interface says nothing. */
  readonly access: HandleAccess;
  readonly turns = new HandleTurns();

  constructor(limit: number, report: ServerErrorReport, access: HandleAccess = "exclusive") {
    this.#limit = limit;
    this.#report = report;
    this.access = access;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What one call of a stub marshals its context handles with. */
  forCall(stub: ServerStub): CallContextHandles {
    return new CallContextHandles(this, stub);
  }

  get(uuid: string): ContextHandleEntry | undefined {
    return this.#entries.get(uuid);
  }

  /** @throws RpcError RPC_S_OUT_OF_RESOURCES at the limit */
  add(type: string, state: object, stub: ServerStub): ContextHandleEntry {
    if (this.#entries.size >= this.#limit)
      throw new RpcError("RPC_S_OUT_OF_RESOURCES", `${this.#limit} context handles are open already`);
    const entry: ContextHandleEntry = { uuid: randomUUID(), type, stub, state, isTaken: false, users: 0 };
    this.#entries.set(entry.uuid, entry);
    return entry;
  }

  remove(entry: ContextHandleEntry): void {
    this.#entries.delete(entry.uuid);
  }

  /** Calls the rundown routine of every live handle. What one throws is reported and does not keep the others from their turn. */
  async runDown(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) await this.runDownEntry(entry);
  }

  /** Calls the rundown routine of one handle that is no longer in the table. */
  async runDownEntry({ type, state, stub }: ContextHandleEntry): Promise<void> {
    try {
      await stub.rundown?.(type, state);
    } catch (error) {
      this.#report(error, { contextHandleType: type });
    }
  }
}

/** The context handles of one call: it remembers which handle each state object came in under, and what the call has opened. */
export class CallContextHandles implements ContextHandleTable {
  readonly #group: GroupContextHandles;
  readonly #stub: ServerStub;
  #received: Map<object, ContextHandleEntry> | undefined;
  #opened: ContextHandleEntry[] | undefined;
  #uses: readonly HandleUse[] | undefined;
  #arrays: Map<readonly unknown[], ReadonlyMap<number, string>> | undefined;

  constructor(group: GroupContextHandles, stub: ServerStub) {
    this.#group = group;
    this.#stub = stub;
  }

  fromWire({ uuid }: WireContextHandle, type: string): object | null {
    if (uuid === NIL_UUID) return null;
    const entry = this.#group.get(uuid);
    if (entry?.type !== type)
      throw new RpcError("RPC_X_SS_CONTEXT_MISMATCH", `${type} is not a context handle of this client`);
    this.#received ??= new Map();
    this.#received.set(entry.state, entry);
    return entry.state;
  }

  take(access: Readonly<Record<string, HandleAccess>>, request: unknown): Promise<void> | undefined {
    if (this.#received === undefined) return undefined;
    const received = [...this.#received];
    const uses = received.map(([, handle]) => ({ handle, access: access[handle.type] ?? this.#group.access }));
    const turn = this.#group.turns.take(uses);
    this.#uses = uses;
    return turn?.then(() => {
      for (const [state, entry] of received) this.#renew(state, entry, request);
    });
  }

  giveBack(): void {
    if (this.#uses !== undefined) this.#group.turns.giveBack(this.#uses);
    this.#uses = undefined;
  }

  /** @throws RpcError RPC_X_SS_CONTEXT_MISMATCH when a call that came before has closed the handle */
  #renew(state: object, entry: ContextHandleEntry, request: unknown): void {
    if (this.#group.get(entry.uuid) !== entry)
      throw new RpcError("RPC_X_SS_CONTEXT_MISMATCH", `${entry.type} was closed by the call before`);
    if (entry.state === state) return;
    this.#received?.delete(state);
    this.#received?.set(entry.state, entry);
    replace(request, state, entry.state);
  }

  toWire(value: object | null, type: string, previous?: object | null): WireContextHandle {
    const entry = previous === undefined || previous === null ? undefined : this.#received?.get(previous);
    return this.#replace(entry, value, type);
  }

  keep(array: readonly (object | null)[], first: number, handles: readonly WireContextHandle[]): void {
    this.#arrays ??= new Map();
    this.#arrays.set(array, new Map(handles.map(({ uuid }, index) => [first + index, uuid])));
  }

  toWireInPlace(
    value: object | null,
    type: string,
    array: readonly (object | null)[],
    index: number,
  ): WireContextHandle {
    const uuid = this.#arrays?.get(array)?.get(index);
    return this.#replace(uuid === undefined ? undefined : this.#group.get(uuid), value, type);
  }

  /** Null closes a handle, an object takes its place; without a handle to replace, one is opened. */
  #replace(entry: ContextHandleEntry | undefined, value: object | null, type: string): WireContextHandle {
    if (value === null) {
      if (entry !== undefined) this.#group.remove(entry);
      return NIL_HANDLE;
    }
    if (entry !== undefined) {
      entry.state = value;
      this.#received?.set(value, entry);
      return { attributes: 0, uuid: entry.uuid };
    }
    const opened = this.#group.add(type, value, this.#stub);
    this.#opened ??= [];
    this.#opened.push(opened);
    return { attributes: 0, uuid: opened.uuid };
  }

  /** Runs down what the call has opened: its response does not reach the client. */
  async abandon(): Promise<void> {
    for (const entry of this.#opened ?? []) {
      this.#group.remove(entry);
      await this.#group.runDownEntry(entry);
    }
  }
}

/** Puts another state object in the place of one, in the parameters and in arrays among them. */
function replace(owner: unknown, state: object, now: object): void {
  if (typeof owner !== "object" || owner === null) return;
  for (const [name, value] of Object.entries(owner)) {
    if (value === state) Reflect.set(owner, name, now);
    else if (Array.isArray(value) && !Array.isArray(owner)) replace(value, state, now);
  }
}
