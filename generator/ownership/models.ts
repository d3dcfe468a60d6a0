/** The memory models that attributes of the .idl and the .acf choose (RPC "Memory-Management Models"). */
import type { Attributes, AttributeUse, Interface, Operation } from "../../grammar/index.ts";
import type { Choice, MemorySettings } from "./facts.ts";

/** The models in force at a place; each attribute holds for everything that is reached through what it stands on. */
export interface Models {
  /** Where nodes lie. */
  readonly placing: Choice;
  /** [allocate(dont_free)] */
  readonly dontFree: Choice | undefined;
  /** [force_allocate] */
  readonly forceAllocate: Choice | undefined;
}

/** What holds where nothing is said. */
export const defaultModels: Models = {
  placing: { model: "node-by-node", text: "", span: undefined },
  dontFree: undefined,
  forceAllocate: undefined,
};

/** The models at a place inside others: what stands nearer wins, but that a [byte_count] buffer takes everything in. */
export function withAttributes(models: Models, attributes: Attributes): Models {
  let { placing, dontFree, forceAllocate } = models;
  const force = attributes.get("force_allocate");
  if (force !== undefined) forceAllocate = chosen("force-allocate", "force_allocate", force);
  const allocate = attributes.get("allocate");
  if (allocate !== undefined) {
    const modes = allocate.arguments.flatMap((each) => (each?.kind === "name" ? [each.name.toLowerCase()] : []));
    const text = `allocate(${modes.join(", ")})`;
    if (placing.model !== "byte-count") {
      if (modes.includes("all_nodes")) placing = chosen("all-nodes", text, allocate);
      if (modes.includes("single_node")) placing = chosen("node-by-node", text, allocate);
    }
    if (modes.includes("dont_free")) dontFree = chosen("dont-free", text, allocate);
    if (modes.includes("free")) dontFree = undefined;
  }
  const byteCount = attributes.get("byte_count");
  if (byteCount !== undefined) {
    const [length] = byteCount.arguments;
    const name = length?.kind === "reference" ? length.target.name : "";
    placing = chosen("byte-count", `byte_count(${name})`, byteCount);
  }
  return placing === models.placing && dontFree === models.dontFree && forceAllocate === models.forceAllocate
    ? models
    : { placing, dontFree, forceAllocate };
}

/** Everything in force, for a list. */
export function choicesOf(models: Models, environment: Choice | undefined): readonly Choice[] {
  const all = [models.placing, models.dontFree, models.forceAllocate, environment];
  return all.filter((each) => each !== undefined);
}

/**
 * What puts the RpcSs environment around the server's side of a call: [enable_allocate] on the operation or its interface, /rpcss,
 * or /osf for operations with full pointers and those whose arguments need memory (MIDL "enable_allocate", "/rpcss", "/osf").
 */
export function environmentOf(
  owner: Interface,
  { attributes }: Operation,
  settings: MemorySettings,
  needsMemory: boolean,
): Choice | undefined {
  const use = attributes.get("enable_allocate") ?? owner.attributes.get("enable_allocate");
  if (use !== undefined) return chosen("enable-allocate", "enable_allocate", use);
  if (settings.rpcss) return { model: "rpcss", text: "/rpcss", span: undefined };
  return settings.osf && needsMemory ? { model: "osf", text: "/osf", span: undefined } : undefined;
}

/**
 * Whether a client stub heeds an RpcSs environment that its caller has enabled: with [enable_allocate] and /rpcss, under /osf always
 * (MIDL "enable_allocate").
 */
export function isSensitive(owner: Interface, operation: Operation, { osf, rpcss }: MemorySettings): boolean {
  return osf || rpcss || [operation, owner].some(({ attributes }) => attributes.has("enable_allocate"));
}

function chosen(model: Choice["model"], text: string, { span }: AttributeUse): Choice {
  return { model, text: `[${text}]`, span };
}
