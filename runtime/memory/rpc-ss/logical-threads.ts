import { AsyncLocalStorage } from "node:async_hooks";
import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { RpcSsEnvironment } from "./environment.ts";

/**
 * What Windows keeps for each thread: the environment, and the routines that client stubs allocate with. In Node.js a logical thread is an
 * asynchronous context, and what it holds is shared by all that happens in it.
 */
export interface LogicalThread {
  environment: RpcSsEnvironment | undefined;
  /** Set by RpcSsSetClientAllocFree. */
  clientPair: MidlUserMemory | undefined;
  /** It runs a manager routine. */
  readonly isManager: boolean;
  /** It was begun by `run` and ends with it; otherwise an enabling routine was called outside of any thread. */
  readonly isScope: boolean;
}

/**
 * The logical threads of the process. Until one of them is needed for the first time nothing is asked of AsyncLocalStorage, which would
 * slow down every promise of the process on Node.js 20.
 */
export class LogicalThreads {
  readonly #storage = new AsyncLocalStorage<LogicalThread | undefined>();
  #inUse = false;

  /** The thread that the caller runs in. */
  get current(): LogicalThread | undefined {
    return this.#inUse ? this.#storage.getStore() : undefined;
  }

  /** The environment that is enabled in the caller's thread. */
  get environment(): RpcSsEnvironment | undefined {
    const environment = this.current?.environment;
    return environment?.enabled === true ? environment : undefined;
  }

  /** Runs a routine, and all that it begins, in a thread of its own. */
  run<Result>(thread: Omit<LogicalThread, "isScope">, routine: () => Result): Result {
    this.#inUse = true;
    return this.#storage.run({ ...thread, isScope: true }, routine);
  }

  /**
   * The thread that the caller runs in, or a new one that lasts as long as the caller's context: for straight-line code. A sibling that the
   * caller's caller begins later in the same breath would see it too, which is why the server stub and `withRpcSs` use `run`.
   */
  enter(): LogicalThread {
    const known = this.current;
    if (known !== undefined && (known.isScope || known.environment?.enabled === true || known.clientPair !== undefined))
      return known;
    const thread = { environment: undefined, clientPair: undefined, isManager: false, isScope: false };
    this.#inUse = true;
    this.#storage.enterWith(thread);
    return thread;
  }

  /**
   * Calls a manager routine in a thread of its own (M39). While no thread has been needed anywhere, the routine is called as it is, and a
   * thread that it enters before it first waits does not outlive that part: what called it goes on to other calls.
   */
  manage<Request, Call, Response>(
    environment: RpcSsEnvironment | undefined,
    routine: (request: Request, call: Call) => Response,
    request: Request,
    call: Call,
  ): Response {
    if (environment !== undefined || this.#inUse)
      return this.run({ environment, clientPair: undefined, isManager: true }, () => routine(request, call));
    try {
      return routine(request, call);
    } finally {
      this.#leave();
    }
  }

  #leave(): void {
    if (this.#inUse) this.#storage.enterWith(undefined);
  }
}

/** The logical threads of this process: of one copy of the runtime, as everything that an asynchronous context holds. */
export const logicalThreads = new LogicalThreads();
