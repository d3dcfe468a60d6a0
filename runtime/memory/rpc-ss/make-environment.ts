import { managedMemory } from "../managed-memory.ts";
import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { EnvironmentSource, RpcSsEnvironment } from "./environment.ts";
import { LocalEnvironment } from "./local-environment.ts";

/**
 * An environment over a pair.
 *
 * @param isHeld whoever makes the environment ends it (a server stub, withRpcSs), and not the last `disable`
 * @param memory gives out the storage of the nodes, and takes it back when the environment ends
 */
export function makeEnvironment(isHeld: boolean, memory: MidlUserMemory = managedMemory()): RpcSsEnvironment {
  return makesEnvironments(memory) ? memory.environment(isHeld) : new LocalEnvironment(isHeld, memory);
}

function makesEnvironments(memory: MidlUserMemory): memory is EnvironmentSource {
  return "environment" in memory && typeof memory.environment === "function";
}
