import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { transmittedType, ultimateTransmitted } from "./member.ts";

/** A parameter of a remote operation is no pointer to void (MIDL2139) and no function (MIDL2142). */
export function parameterIsSendable(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    if (parameter.attributes.has("system_handle")) continue;
    const { kind } = ultimateTransmitted(parameter.type);
    const values = { parameter: parameter.name, operation: operation.name };
    const isPointer = transmittedType(parameter.type).kind === "pointer";
    if (kind === "void" && isPointer) reporter.report("void-pointer-parameter", parameter.span, values);
    if (kind === "function" && isPointer) reporter.report("function-parameter", parameter.span, values);
  }
}
