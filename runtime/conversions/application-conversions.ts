import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import { RpcError } from "../rpc-error.ts";
import type { RoutineNames } from "./conversion.ts";

/** The conversion routines that the application gave to one client or server stub, and the pair that they allocate from. */
export class ApplicationConversions {
  readonly memory: MidlUserMemory;
  readonly #routines: object;

  constructor(routines: object, memory: MidlUserMemory) {
    this.#routines = routines;
    this.memory = memory;
  }

  /** The routines of a conversion. */
  routines<Routines extends object>(conversion: RoutineNames<Routines>): Routines {
    const routines = this.#routines;
    if (hasRoutines<Routines>(routines, conversion)) return routines;
    throw new TypeError(missingRoutine(routines, conversion));
  }
}

/**
 * Keeps the application's routines for a stub.
 *
 * @param stub name of the generated class or function, for the message
 * @param conversions what the operations of the interface convert
 * @throws TypeError for a routine that is missing: for callers that no compiler has checked
 */
export function applicationConversions(
  stub: string,
  routines: object,
  memory: MidlUserMemory,
  conversions: readonly RoutineNames<never>[],
): ApplicationConversions {
  const given: unknown = routines;
  const object = typeof given === "object" && given !== null ? given : {};
  for (const conversion of conversions)
    if (!hasRoutines(object, conversion)) throw new TypeError(`${stub} ${missingRoutine(object, conversion)}`);
  return new ApplicationConversions(object, memory);
}

/**
 * Calls a routine of the application.
 *
 * @param path IDL path of the object, for the message
 * @throws RpcError with the status of an RpcError that the routine throws, otherwise RPC_X_BAD_STUB_DATA, and what it threw as the cause
 */
export function callRoutine<Result>(name: string, path: string, call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    throw routineError(name, path, cause);
  }
}

/** What a routine threw, with its name and the path of its object. */
export function routineError(name: string, path: string, cause: unknown): RpcError {
  const message = `${path}: ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`;
  if (!(cause instanceof RpcError)) return new RpcError("RPC_X_BAD_STUB_DATA", message, { path, cause });
  const error = new RpcError(cause.status, message, { path, offset: cause.offset, cause });
  error.name = cause.name;
  return error;
}

function hasRoutines<Routines extends object>(
  object: object,
  { routines }: RoutineNames<Routines>,
): object is Routines {
  return routines.every((name) => isRoutine(object, name));
}

function isRoutine(object: object, name: string): boolean {
  return typeof Reflect.get(object, name) === "function";
}

function missingRoutine(object: object, { name, routines }: { name: string; routines: readonly string[] }): string {
  const missing = routines.filter((routine) => !isRoutine(object, routine)).join(", ");
  return `needs the application's conversion of ${name}: supply an object with ${missing}`;
}
