import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { ultimateType } from "./member.ts";

/** [context_handle] stands on a pointer. MIDL2237. */
export function contextHandleIsPointer(operation: Operation, reporter: Reporter): void {
  for (const { attributes, type, span, name } of operation.parameters) {
    const use = attributes.get("context_handle");
    if (use === undefined || ultimateType(type).kind === "context-handle") continue;
    reporter.report("context-handle-not-pointer", use.span.file === span.file ? use.span : span, { name });
  }
}
