import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { behindNames, isOpenStruct, isString } from "./member.ts";

/** What an [out]-only parameter points to has a size before the call: no open structure (MIDL2040), no unsized string (MIDL2041). */
export function outParameterHasSize(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    if (!parameter.out || parameter.in) continue;
    const type = behindNames(parameter.type);
    const target = type.kind === "pointer" ? behindNames(type.pointee) : type;
    const values = { parameter: parameter.name, operation: operation.name };
    if (target.kind === "struct" && isOpenStruct(target)) reporter.report("out-open-struct", parameter.span, values);
    if (target.kind !== "array" || !isString(target) || target.size.kind === "fixed") continue;
    if (target.size.sizeIs === undefined) reporter.report("out-unsized-string", parameter.span, values);
  }
}
