import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { behindNames } from "./member.ts";

/** Pairs of attributes of which one excludes the other (MIDL "message attribute", "callback attribute"). */
const exclusive = [
  ["message", "idempotent"],
  ["message", "broadcast"],
  ["message", "maybe"],
  ["message", "callback"],
  ["callback", "broadcast"],
  ["callback", "maybe"],
  ["callback", "idempotent"],
] as const;

/** Attributes of an operation do not contradict each other (MIDL2054); nothing comes back from [maybe] and [message] (MIDL2288). */
export function operationAttributesAgree(operation: Operation, reporter: Reporter): void {
  const { attributes, name } = operation;
  for (const [first, second] of exclusive) {
    const use = attributes.get(second);
    if (use !== undefined && attributes.has(first))
      reporter.report("operation-attributes", use.span, { first, second, operation: name });
  }
  const oneWay = attributes.get("maybe") ?? attributes.get("message");
  if (oneWay === undefined) return;
  const out = operation.parameters.some((parameter) => parameter.out);
  if (out || !mayReturn(operation)) reporter.report("maybe-with-out", oneWay.span, { operation: name });
}

/** Nothing, or a status that the client's own stub sets. */
function mayReturn({ returnType }: Operation): boolean {
  if (returnType.kind === "alias" && returnType.name === "HRESULT") return true;
  const type = behindNames(returnType);
  return type.kind === "void" || (type.kind === "base" && type.base === "error_status_t");
}
