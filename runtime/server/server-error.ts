/** Where something failed that no client is told about. */
export interface ServerErrorPlace {
  /** `Interface.Operation`, when a manager routine or its stub failed. */
  readonly operation?: string | undefined;
  /** The client's network address. */
  readonly peer?: string | undefined;
  /** The context handle type whose rundown failed. */
  readonly contextHandleType?: string | undefined;
}

/** Takes what a manager routine, a rundown or this runtime threw. What it throws itself is ignored. */
export type ServerErrorReport = (error: unknown, place: ServerErrorPlace) => void;
