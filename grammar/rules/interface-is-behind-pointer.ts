import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface } from "../model.ts";
import { behindNames, ultimateType } from "./member.ts";

/** Interfaces are passed as pointers (MIDL2259), which only [unique] suits (MIDL2314); [iid_is] stands on them (MIDL2258). */
export function interfaceIsBehindPointer(each: Interface, reporter: Reporter): void {
  for (const { type, name, span, attributes } of each.operations.flatMap((operation) => operation.parameters)) {
    const outer = behindNames(type);
    const { kind } = ultimateType(type);
    const iid = attributes.get("iid_is");
    if (outer.kind === "interface") reporter.report("interface-by-value", span, { name });
    if (iid !== undefined && kind !== "interface") reporter.report("iid-is-not-interface", iid.span, { name });
    const pointer = attributes.get("ref") ?? attributes.get("ptr");
    if (pointer !== undefined && outer.kind === "pointer" && behindNames(outer.pointee).kind === "interface")
      reporter.report("interface-pointer-attribute", pointer.span, { name });
  }
}
