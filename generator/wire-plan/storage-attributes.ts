import type { Attributes } from "../../grammar/index.ts";
import { NotGenerated } from "./plan.ts";
import type { PointerStorage } from "./plan.ts";

/** What the attributes of a pointer type or a parameter say of the storage behind it (MIDL "force_allocate", "allocate"). */
export function storageOf(attributes: Attributes): PointerStorage | undefined {
  if (attributes.has("byte_count")) return "buffer";
  if (hasAllocateMode(attributes, "all_nodes")) return "all-nodes";
  return attributes.has("force_allocate") || hasAllocateMode(attributes, "dont_free") ? "own" : undefined;
}

/** Whether [allocate] has a mode: `all_nodes`, `dont_free` (MIDL "allocate"). */
export function hasAllocateMode(attributes: Attributes, mode: string): boolean {
  const modes = attributes.get("allocate")?.arguments ?? [];
  return modes.some((each) => each?.kind === "name" && each.name === mode);
}

/** Handles of the operating system are duplicated into the other process: calls within one machine alone (MIDL "system_handle"). */
export function rejectSystemHandle(name: string, attributes: Attributes): void {
  if (attributes.has("system_handle"))
    throw new NotGenerated(`[system_handle] on ${name} : system handles pass between processes of one machine only`);
}
