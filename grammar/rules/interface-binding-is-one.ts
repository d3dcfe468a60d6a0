import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Type } from "../model.ts";
import { ultimateType } from "./member.ts";

/**
 * An interface is bound in one way (MIDL2263); an implicit handle is handle_t or a generic handle (MIDL2264), no context handle
 * (MIDL2210); automatic binding does not go with [async] (MIDL2357) nor with serialization (MIDL2276).
 */
export function interfaceBindingIsOne(each: Interface, reporter: Reporter): void {
  const uses = ["implicit_handle", "auto_handle", "explicit_handle"].flatMap((name) => each.attributes.get(name) ?? []);
  const [first, second] = uses;
  if (second !== undefined) reporter.report("handle-attributes", second.span, { interface: each.name });
  if (each.binding.kind === "implicit" && first !== undefined) {
    const { type } = each.binding;
    const name = type.kind === "alias" || type.kind === "struct" ? type.name : type.kind;
    if (ultimateType(type).kind === "context-handle")
      reporter.report("implicit-context-handle", first.span, { type: name });
    else if (!isHandle(type)) reporter.report("implicit-not-handle", first.span, { type: name });
  }
  if (!each.attributes.has("auto_handle")) return;
  const serialized = each.operations.find(({ attributes }) => attributes.has("encode") || attributes.has("decode"));
  const serialize = each.attributes.get("encode") ?? each.attributes.get("decode") ?? serialized;
  if (serialize !== undefined) reporter.report("auto-handle-encode", serialize.span, { interface: each.name });
  for (const operation of each.operations) {
    const use = operation.attributes.get("async");
    const explicit = operation.parameters.some(({ type }) => isHandle(type));
    if (use !== undefined && !explicit) reporter.report("auto-handle-async", use.span, { operation: operation.name });
  }
}

function isHandle(type: Type): boolean {
  for (let current = type; ;) {
    if (current.kind === "alias") {
      if (current.attributes.has("handle")) return true;
      current = current.target;
    } else return current.kind === "binding-handle" || (current.kind === "struct" && current.attributes.has("handle"));
  }
}
