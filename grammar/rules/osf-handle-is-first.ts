import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { ultimateType } from "./member.ts";

/** /osf: a binding handle is the first parameter. MIDL2049. */
export function osfHandleIsFirst(operation: Operation, reporter: Reporter): void {
  for (const { type, name, span } of operation.parameters.slice(1)) {
    if (ultimateType(type).kind !== "binding-handle") continue;
    reporter.report("osf-handle-position", span, { parameter: name, operation: operation.name });
  }
}
