import type { EmitContext } from "./routine-context.ts";
import type { ParameterText } from "./structures.ts";

/** The parameter for the application's pair. /osf asks for none: nodes are ordinary objects without it (MIDL "/osf"; M1, M38). */
export function pairParameter(emit: EmitContext): ParameterText {
  const { module, osf } = emit;
  return {
    name: "memory",
    type: module.type("MidlUserMemory"),
    ...(osf ? { initializer: `${module.value("managedMemory")}()` } : {}),
  };
}

/** What the documentation says of that parameter on the client. */
export function clientPairText({ osf }: EmitContext): string {
  const text =
    "@param memory the application's pair: every node that comes back is taken from it, and the application frees it";
  return osf ? `${text}; ordinary objects by default` : text;
}

/** What the documentation says of it on the server. */
export function serverPairText({ osf }: EmitContext): string {
  const text =
    "@param memory the application's pair: the stub takes every node from it, and gives it back after the reply";
  return osf ? `${text}; ordinary objects by default` : text;
}
