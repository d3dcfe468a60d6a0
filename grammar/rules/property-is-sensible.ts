import type { Reporter } from "../diagnostics/reporter.ts";
import { integerValue } from "../binder/fold.ts";
import type { Interface, Operation } from "../model.ts";
import { behindNames } from "./member.ts";

const properties = ["propget", "propput", "propputref"];

/**
 * An operation is one kind of property (MIDL2053) with the value where it belongs (MIDL2093, 2418); [bindable] is for properties
 * (MIDL2092), [readonly] for parameters (MIDL2461); [entry] says where (MIDL2022).
 */
export function propertyIsSensible(each: Interface, reporter: Reporter): void {
  for (const operation of each.operations) {
    const { attributes } = operation;
    const values = { operation: operation.name };
    const [first, second] = properties.flatMap((name) => attributes.get(name) ?? []);
    if (second !== undefined) reporter.report("property-twice", second.span, values);
    if (first !== undefined) judgeValue(operation, first.name, reporter);
    const bindable = attributes.get("bindable");
    if (bindable !== undefined && first === undefined) reporter.report("bindable-alone", bindable.span, values);
    const readonly = attributes.get("readonly");
    if (readonly !== undefined) reporter.report("readonly-method", readonly.span, values);
    const entry = attributes.get("entry");
    if (entry !== undefined && entry.arguments.length !== 1) reporter.report("entry-value", entry.span, values);
  }
  idsAreUnique(each, reporter);
}

function judgeValue(operation: Operation, kind: string, reporter: Reporter): void {
  if (operation.parameters.length > 0) return;
  const values = { operation: operation.name };
  if (kind !== "propget") reporter.report("propput-parameters", operation.span, values);
  else if (behindNames(operation.returnType).kind === "void") reporter.report("propget-result", operation.span, values);
}

/** Members have numbers of their own; the operations of one property share theirs. MIDL2021. */
function idsAreUnique(each: Interface, reporter: Reporter): void {
  const owners = new Map<bigint, string>();
  for (const { attributes, name } of each.operations) {
    const use = attributes.get("id");
    const [argument] = use?.arguments ?? [];
    const value = argument?.kind === "constant" && argument.value !== null ? integerValue(argument.value) : undefined;
    if (use === undefined || value === undefined) continue;
    const id = BigInt.asIntN(32, value);
    const owner = owners.get(id);
    if (owner !== undefined && owner !== name) reporter.report("id-duplicate", use.span, { operation: name });
    owners.set(id, name);
  }
}
