import type { Reporter } from "../diagnostics/reporter.ts";
import type { Expression, Operation, Parameter, Type } from "../model.ts";
import { behindNames, referencesIn } from "./member.ts";

/**
 * Sizes do not come from [out]-only parameters, but for those of levels below the outermost pointer (MIDL "size_is"; MIDL2123);
 * lengths of what is sent to the server do not either (MIDL2124).
 */
export function sizeIsKnownBeforeCall(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    const values = { parameter: parameter.name, operation: operation.name };
    const { size, length } = outermostLevel(parameter.type);
    if (size !== undefined && fromOutOnly(size)) reporter.report("size-from-out", size.span, values);
    if (parameter.in && length !== undefined && fromOutOnly(length))
      reporter.report("length-from-out", length.span, values);
  }
}

function outermostLevel(type: Type): {
  readonly size: Expression | undefined;
  readonly length: Expression | undefined;
} {
  const outer = behindNames(type);
  const array = outer.kind === "pointer" ? outer.pointee : outer;
  if (array.kind !== "array") return { size: undefined, length: undefined };
  const size = array.size.kind === "conformant" ? array.size.sizeIs : undefined;
  return { size, length: array.varying?.lengthIs };
}

function fromOutOnly(expression: Expression): boolean {
  return referencesIn(expression).some((target) => target.kind === "parameter" && isOutOnly(target));
}

function isOutOnly(parameter: Parameter): boolean {
  return parameter.out && !parameter.in;
}
