import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Operation, Type } from "../model.ts";
import { unresolvedType } from "../binder/base-types.ts";
import { behindNames, ultimateType } from "./member.ts";

const remoteOnly = ["callback", "broadcast", "idempotent", "maybe", "message", "context_handle"];

/**
 * An operation of a COM interface returns HRESULT (MIDL2269), but for [propget], whose result counts as a last parameter [out, retval]
 * (MIDL "propget"). It has no handles (MIDL2295) and no attributes of remote calls without COM (MIDL2304); interface pointers come back
 * behind two pointers (MIDL2284). IUnknown, where an .idl has it of its own, counts references (MS-DCOM 3.1.1.5.8).
 */
export function objectOperationIsCom(each: Interface, reporter: Reporter): void {
  if (!each.object || each.local || each.name === "IUnknown") return;
  for (const operation of each.operations) {
    const values = { operation: operation.name };
    if (operation.attributes.has("local")) {
      if (!each.operations.some((other) => callAsTarget(other) === operation.name))
        reporter.report("local-without-call-as", operation.span, values);
      continue;
    }
    if (!isResult(operation.returnType) && !operation.attributes.has("propget"))
      reporter.report("object-return", operation.span, values);
    const foreign = remoteOnly.flatMap((name) => operation.attributes.get(name) ?? [])[0];
    if (foreign !== undefined) reporter.report("object-operation-attribute", foreign.span, { attribute: foreign.name });
    judgeParameters(operation, reporter);
  }
}

function judgeParameters(operation: Operation, reporter: Reporter): void {
  for (const { type, out, name, span } of operation.parameters) {
    const { kind } = ultimateType(type);
    if (kind === "binding-handle" || kind === "context-handle")
      reporter.report("object-handle", span, { operation: operation.name });
    const outer = behindNames(type);
    if (out && outer.kind === "pointer" && behindNames(outer.pointee).kind === "interface")
      reporter.report("interface-out-single", span, { parameter: name, operation: operation.name });
  }
}

function isResult(type: Type): boolean {
  if (type === unresolvedType) return true;
  for (let current = type; current.kind === "alias"; current = current.target)
    if (current.name === "HRESULT" || current.name === "SCODE") return true;
  return false;
}

/** [call_as] names a [local] operation of the interface, which no other names (MIDL2274, 2275, 2285, 2286). */
export function callAsHasTarget(each: Interface, reporter: Reporter): void {
  const taken = new Set<string>();
  for (const operation of each.operations) {
    const use = operation.attributes.get("call_as");
    const name = callAsTarget(operation);
    if (use === undefined || name === undefined) continue;
    const values = { operation: operation.name };
    const target = each.operations.find((other) => other.name === name && other !== operation);
    if (target === undefined) {
      if (each.object) reporter.report("call-as-undefined", use.span, values);
    } else if (!target.attributes.has("local") && !each.local)
      reporter.report(each.object ? "call-as-target-not-local" : "call-as-not-local", use.span, values);
    if (taken.has(name)) reporter.report("call-as-twice", use.span, { operation: name });
    taken.add(name);
  }
}

function callAsTarget({ attributes }: Operation): string | undefined {
  const [argument] = attributes.get("call_as")?.arguments ?? [];
  return argument?.kind === "name" ? argument.name : undefined;
}
