import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Operation, Parameter } from "../model.ts";
import { behindNames, ultimateType } from "./member.ts";

/**
 * Parameters of automation: [optional] ones at the end (MIDL2090, 2404), without [defaultvalue]
 * (MIDL2401); then [lcid], a long (MIDL2384, 2403), then [retval] (MIDL2281).
 */
export function automationParametersAreInOrder(each: Interface, reporter: Reporter): void {
  for (const operation of each.operations) {
    const { parameters, attributes } = operation;
    for (const [index, parameter] of parameters.entries()) judge(operation, parameter, index, reporter);
    const vararg = attributes.get("vararg");
    if (vararg !== undefined && !parameters.some(({ type }) => ultimateType(type).kind === "void"))
      reporter.report("vararg-parameter", vararg.span, { operation: operation.name });
  }
}

function judge(operation: Operation, parameter: Parameter, index: number, reporter: Reporter): void {
  const { attributes, name } = parameter;
  const values = { parameter: name, operation: operation.name };
  const rest = operation.parameters.slice(index + 1);
  const optional = attributes.get("optional");
  if (optional !== undefined) {
    if (attributes.has("defaultvalue")) reporter.report("optional-default", optional.span, values);
    const required = rest.find((other) => !mayFollowOptional(other));
    const property = ["propget", "propput", "propputref"].some((each) => operation.attributes.has(each));
    if (required !== undefined && !property)
      reporter.report("optional-before-required", required.span, { ...values, parameter: required.name });
    if (property && rest.filter((other) => !mayFollowOptional(other)).length > 1)
      reporter.report("property-after-optional", optional.span, { operation: operation.name });
  }
  const lcid = attributes.get("lcid");
  if (lcid !== undefined) {
    if (rest.some((other) => !other.attributes.has("retval"))) reporter.report("lcid-position", lcid.span, values);
    const type = behindNames(parameter.type);
    if (type.kind !== "base" || !type.base.endsWith("int32")) reporter.report("lcid-type", lcid.span, values);
  }
  const retval = attributes.get("retval");
  if (retval !== undefined && (rest.length > 0 || !parameter.out || optional !== undefined))
    reporter.report("retval-position", retval.span, values);
}

function mayFollowOptional({ attributes }: Parameter): boolean {
  return ["optional", "defaultvalue", "lcid", "retval"].some((name) => attributes.has(name));
}
