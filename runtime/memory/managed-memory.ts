import type { MidlUserMemory } from "./midl-user-memory.ts";

/** Ordinary objects, collected by the garbage collector: `midl_user_free` does nothing. */
export function managedMemory(): MidlUserMemory {
  return MANAGED;
}

/** True when freeing has no effect, so that a stub need not look for the nodes to free. */
export function freesNothing(memory: MidlUserMemory): boolean {
  return memory === MANAGED;
}

const MANAGED: MidlUserMemory = {
  midl_user_allocate: (cBytes, type) => type.create(cBytes),
  midl_user_free: () => undefined,
};
