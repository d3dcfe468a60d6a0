import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { behindNames } from "./member.ts";

/** The outermost pointer of an [out]-only parameter is [ref]: a null pointer leaves nowhere to put the value. MIDL2121. */
export function outParameterIsRef(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    const type = behindNames(parameter.type);
    if (!parameter.out || parameter.in || type.kind !== "pointer" || type.pointer === "ref") continue;
    reporter.report("out-nullable-pointer", parameter.span, { parameter: parameter.name, operation: operation.name });
  }
}
