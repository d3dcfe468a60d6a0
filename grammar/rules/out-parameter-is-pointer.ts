import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { behindNames } from "./member.ts";

/** An [out] parameter is a pointer or an array: the server needs somewhere to put the value. MIDL2042; for handles 2044 and 2194. */
export function outParameterIsPointer(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    if (!parameter.out) continue;
    const { kind } = behindNames(parameter.type);
    const values = { parameter: parameter.name, operation: operation.name };
    if (kind === "context-handle") reporter.report("out-handle-not-pointer", parameter.span, values);
    else if (kind === "binding-handle") reporter.report("handle-out", parameter.span, values);
    else if (kind !== "pointer" && kind !== "array" && kind !== "pipe" && kind !== "interface") {
      reporter.report("out-not-pointer", parameter.span, values);
    }
  }
}
