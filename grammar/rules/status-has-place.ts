import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Operation, Parameter, Type } from "../model.ts";
import { behindNames } from "./member.ts";

const attributes = ["comm_status", "fault_status"] as const;
const meanings = { comm_status: "communication", fault_status: "fault" } as const;

/**
 * Each of [comm_status] and [fault_status] has one place (MIDL2050, 2245, 2069): the operation, which returns a status, or an [out]
 * pointer (MIDL2070) to a status (MIDL2097).
 */
export function statusHasPlace(operation: Operation, reporter: Reporter): void {
  for (const attribute of attributes) {
    const [first, second] = operation.parameters.filter((parameter) => parameter.attributes.has(attribute));
    const [added, ...others] = (operation.statusParameters ?? []).filter((each) => each[meanings[attribute]]);
    const onOperation = operation.attributes.get(attribute);
    const name = { operation: operation.name };
    if (onOperation !== undefined && (first ?? added) !== undefined)
      reporter.report(attribute === "comm_status" ? "comm-status-twice" : "fault-status-twice", onOperation.span, name);
    const again = second?.attributes.get(attribute) ?? (first === undefined ? others[0] : added);
    if (again !== undefined) reporter.report("status-parameters", again.span, name);
    if (first !== undefined) judgeParameter(first, attribute, operation, reporter);
    if (onOperation !== undefined && !isStatus(operation.returnType))
      reporter.report("status-return", onOperation.span, { attribute, operation: operation.name });
  }
}

function judgeParameter(parameter: Parameter, attribute: string, operation: Operation, reporter: Reporter): void {
  const span = parameter.attributes.get(attribute)?.span ?? parameter.span;
  const values = { parameter: parameter.name, operation: operation.name };
  const type = behindNames(parameter.type);
  if (parameter.in || type.kind !== "pointer") reporter.report("status-not-out-pointer", span, values);
  else if (!isStatus(type.pointee)) reporter.report("status-type", span, values);
}

function isStatus(type: Type): boolean {
  const target = behindNames(type);
  return target.kind === "base" && ["error_status_t", "uint32", "int32"].includes(target.base);
}

/** [maybe] and [message] operations that return a status say both kinds of failure. MIDL2358. */
export function statusIsWhole(operation: Operation, reporter: Reporter): void {
  if (!operation.attributes.has("maybe") && !operation.attributes.has("message")) return;
  const use = operation.attributes.get("comm_status") ?? operation.attributes.get("fault_status");
  if (use === undefined || attributes.every((name) => operation.attributes.has(name))) return;
  reporter.report("status-pair", use.span, { operation: operation.name });
}

/** [code] and [nocode] contradict each other (MIDL2287); an ACF says nothing about [local] operations (MIDL2098). */
export function configurationAgrees(each: Interface, reporter: Reporter): void {
  for (const { name, attributes: own } of [each, ...each.operations]) {
    const nocode = own.get("nocode");
    if (nocode !== undefined && own.has("code")) reporter.report("code-and-nocode", nocode.span, { name });
    const obsolete = own.get("enable_allocate");
    if (obsolete !== undefined) reporter.report("enable-allocate-obsolete", obsolete.span, { name });
    const optimize = own.get("optimize");
    const [option] = optimize?.arguments ?? [];
    if (optimize !== undefined && option?.kind === "constant") {
      if (option.value === "i1") reporter.report("optimize-i1", optimize.span);
      if (option.value === "i2") reporter.report("optimize-i2", optimize.span);
    }
  }
  for (const operation of each.operations) {
    const fromAcf = [...operation.attributes.values()].find((use) => use.acf);
    if (fromAcf !== undefined && (each.local || operation.attributes.has("local")))
      reporter.report("local-in-acf", fromAcf.span, { operation: operation.name });
  }
}
