import type { Reporter } from "../diagnostics/reporter.ts";
import { integerTypeOf } from "../binder/fold.ts";
import type { Operation } from "../model.ts";
import { behindNames, isConformant, isOpenStruct } from "./member.ts";

const sizes = ["size_is", "max_is", "min_is", "length_is", "first_is", "last_is"];

/**
 * [byte_count] stands on an [out]-only pointer (MIDL2061, 2063) to data of one size (MIDL2062) without size attributes (MIDL2065),
 * and names an [in]-only (MIDL2063) integer (MIDL2064).
 */
export function byteCountIsSensible(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    const use = parameter.attributes.get("byte_count");
    if (use === undefined) continue;
    const values = { parameter: parameter.name, operation: operation.name };
    const type = behindNames(parameter.type);
    if (!parameter.out || type.kind !== "pointer") {
      reporter.report("byte-count-not-out-pointer", use.span, values);
      continue;
    }
    if (sizes.some((name) => parameter.attributes.has(name))) reporter.report("byte-count-sized", use.span, values);
    else if (isConformant(type.pointee) || isOpenStruct(type.pointee))
      reporter.report("byte-count-conformant", use.span, values);
    const [length] = use.arguments;
    const target = length?.kind === "reference" && length.target.kind === "parameter" ? length.target : undefined;
    if (parameter.in || target === undefined || target.out || !target.in)
      reporter.report("byte-count-direction", use.span, values);
    else if (integerTypeOf(target.type) === undefined) reporter.report("byte-count-not-integral", use.span, values);
  }
}
