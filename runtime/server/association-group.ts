import { randomInt } from "node:crypto";
import { GroupContextHandles } from "./context-handle-table.ts";
import type { HandleAccess } from "./handle-turns.ts";
import type { ServerErrorReport } from "./server-error.ts";

/**
 * The connections of one client that share context handles: an association (MS-RPCE 3.3.1.1.1), C706's association group. When the last
 * connection has gone and the last call has ended, its context handles are run down.
 */
export class AssociationGroup {
  readonly id: number;
  /** The network address of the client; connections from another do not join (MS-RPCE 3.3.1.5.7). */
  readonly peerAddress: string;
  readonly contextHandles: GroupContextHandles;
  readonly #emptied: (group: AssociationGroup) => void;
  #connections = 0;
  #calls = 0;

  constructor(
    id: number,
    peerAddress: string,
    contextHandles: GroupContextHandles,
    emptied: (group: AssociationGroup) => void,
  ) {
    this.id = id;
    this.peerAddress = peerAddress;
    this.contextHandles = contextHandles;
    this.#emptied = emptied;
  }

  connectionJoined(): void {
    this.#connections++;
  }

  connectionLeft(): void {
    this.#connections--;
    this.#checkEmpty();
  }

  callBegan(): void {
    this.#calls++;
  }

  callEnded(): void {
    this.#calls--;
    this.#checkEmpty();
  }

  #checkEmpty(): void {
    if (this.#connections === 0 && this.#calls === 0) this.#emptied(this);
  }
}

/** The association groups of a server. */
export class AssociationGroups {
  readonly #groups = new Map<number, AssociationGroup>();
  readonly #rundowns = new Set<Promise<void>>();
  readonly #contextHandleLimit: number;
  readonly #report: ServerErrorReport;
  readonly #access: HandleAccess;

  constructor(contextHandleLimit: number, report: ServerErrorReport, access: HandleAccess = "exclusive") {
    this.#access = access;
    this.#contextHandleLimit = contextHandleLimit;
    this.#report = report;
  }

  /** Groups that are alive. */
  get size(): number {
    return this.#groups.size;
  }

  /** A new group when the id is 0, the group of that id when the peer may join it, otherwise undefined. */
  join(id: number, peerAddress: string): AssociationGroup | undefined {
    const group = id === 0 ? this.#create(peerAddress) : this.#groups.get(id);
    if (group?.peerAddress !== peerAddress) return undefined;
    group.connectionJoined();
    return group;
  }

  /** Resolves when no rundown is under way. */
  async settled(): Promise<void> {
    while (this.#rundowns.size > 0) await Promise.all(this.#rundowns);
  }

  #create(peerAddress: string): AssociationGroup {
    let id = randomInt(1, 0x7fff_ffff);
    while (this.#groups.has(id)) id = randomInt(1, 0x7fff_ffff);
    const contextHandles = new GroupContextHandles(this.#contextHandleLimit, this.#report, this.#access);
    const group = new AssociationGroup(id, peerAddress, contextHandles, (emptied) => {
      this.#remove(emptied);
    });
    this.#groups.set(id, group);
    return group;
  }

  #remove(group: AssociationGroup): void {
    this.#groups.delete(group.id);
    if (group.contextHandles.size === 0) return;
    const rundown = group.contextHandles.runDown().finally(() => this.#rundowns.delete(rundown));
    this.#rundowns.add(rundown);
  }
}
