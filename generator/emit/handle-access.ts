import type { Attributes, Type } from "../../grammar/index.ts";
import type { OperationPlan } from "./operation-plan.ts";

/**
 * The property that says which context handles an operation needs for itself and which it shares, where the interface says so (MIDL
 * "context_handle_serialize", "context_handle_noserialize"); nothing otherwise.
 */
export function handleAccessText({ operation, parameters }: OperationPlan): readonly string[] {
  const access = new Map<string, string>();
  for (const { parameter, type, contextHandles, in: isSent } of parameters) {
    if (!isSent) continue;
    const said = [parameter.attributes, operation.attributes, handleAttributes(type)].flatMap(
      (attributes) => accessOf(attributes) ?? [],
    );
    const [nearest] = said;
    if (nearest !== undefined) for (const name of contextHandles) access.set(name, nearest);
  }
  if (access.size === 0) return [];
  const entries = [...access].map(([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`);
  return [`handleAccess: { ${entries.join(", ")} }`];
}

function accessOf(attributes: Attributes | undefined): string | undefined {
  if (attributes?.has("context_handle_noserialize") === true) return "shared";
  return attributes?.has("context_handle_serialize") === true ? "exclusive" : undefined;
}

/** The attributes of the handle type behind names, pointers and arrays. */
function handleAttributes(type: Type): Attributes | undefined {
  let current = type;
  for (;;) {
    if (current.kind === "alias" || current.kind === "pointer" || current.kind === "array") {
      if (accessOf(current.attributes) !== undefined) return current.attributes;
      current =
        current.kind === "alias" ? current.target : current.kind === "pointer" ? current.pointee : current.element;
    } else return current.kind === "context-handle" ? current.attributes : undefined;
  }
}
