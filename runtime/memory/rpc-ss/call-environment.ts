/** The RpcSs environment that a server stub establishes around a call (MIDL "enable_allocate"; M26). */
import type { MidlUserMemory } from "../midl-user-memory.ts";
import { RpcSsEnvironment } from "./environment.ts";
import { makeEnvironment } from "./make-environment.ts";

/** What a call allocates from: an environment of its own where its stub establishes one, otherwise the application's pair. */
export function memoryOfCall(
  operation: { readonly enableAllocate?: boolean | undefined },
  application: MidlUserMemory,
): MidlUserMemory {
  return operation.enableAllocate === true ? makeEnvironment(true) : application;
}

/** The memory of a call when it is an environment. */
export function environmentOf(memory: MidlUserMemory): RpcSsEnvironment | undefined {
  return memory instanceof RpcSsEnvironment ? memory : undefined;
}

/** Ends the environment of a call, with all that it gave out. False: the call has none, and its nodes are to be freed one by one. */
export function endEnvironment(memory: MidlUserMemory): boolean {
  const environment = environmentOf(memory);
  environment?.end();
  return environment !== undefined;
}

/** Releases what was allocated for a request that was refused, or that has not come whole yet and will be tried again. */
export function releaseRefused(memory: MidlUserMemory): void {
  environmentOf(memory)?.releaseNodes();
}
