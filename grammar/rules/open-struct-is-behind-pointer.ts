import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { behindNames, isOpenStruct } from "./member.ts";

/** An open structure is passed by reference. MIDL2043. */
export function openStructIsBehindPointer(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    if (behindNames(parameter.type).kind !== "struct" || !isOpenStruct(parameter.type)) continue;
    reporter.report("open-struct-by-value", parameter.span, { parameter: parameter.name, operation: operation.name });
  }
}
