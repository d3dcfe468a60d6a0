/** Whether calls on a context handle run one at a time or together (MIDL "context_handle_serialize", "context_handle_noserialize"). */
export type HandleAccess = "exclusive" | "shared";

/** A context handle that a call uses. */
export interface HandleUse {
  readonly handle: UsedHandle;
  readonly access: HandleAccess;
}

/** Who uses a context handle now. */
export interface UsedHandle {
  /** A call that needs it for itself. */
  isTaken: boolean;
  /** Calls that share it. */
  users: number;
}

interface Waiting {
  readonly uses: readonly HandleUse[];
  readonly begin: () => void;
}

/**
 * The order of calls that use the same context handles: a call that needs one for itself waits for all before it, a call that shares it only for
 * those that need it for themselves. A call takes all of its handles at once, so that no two wait for each other.
 */
export class HandleTurns {
  readonly #waiting: Waiting[] = [];

  /** Takes the handles; undefined when they are free, otherwise what resolves when it is the call's turn. */
  take(uses: readonly HandleUse[]): Promise<void> | undefined {
    if (isFree(uses, this.#waiting)) {
      begin(uses);
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.push({ uses, begin: resolve });
    });
  }

  /** Gives the handles back, and lets those begin whose turn it is now. */
  giveBack(uses: readonly HandleUse[]): void {
    for (const { handle, access } of uses) {
      if (access === "exclusive") handle.isTaken = false;
      else handle.users--;
    }
    for (let index = 0; index < this.#waiting.length; index++) {
      const next = this.#waiting[index];
      if (next === undefined || !isFree(next.uses, this.#waiting.slice(0, index))) continue;
      this.#waiting.splice(index--, 1);
      begin(next.uses);
      next.begin();
    }
  }
}

/** Whether handles can be taken: by what uses them now, and by those that came before. */
function isFree(uses: readonly HandleUse[], before: readonly Waiting[]): boolean {
  return uses.every(({ handle, access }) => {
    if (handle.isTaken || (access === "exclusive" && handle.users > 0)) return false;
    return !before.some((each) =>
      each.uses.some((other) => other.handle === handle && (access === "exclusive" || other.access === "exclusive")),
    );
  });
}

function begin(uses: readonly HandleUse[]): void {
  for (const { handle, access } of uses) {
    if (access === "exclusive") handle.isTaken = true;
    else handle.users++;
  }
}
