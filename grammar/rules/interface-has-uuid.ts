import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface } from "../model.ts";
import { nilUuid } from "../binder/interface-attributes.ts";

/** A remote interface has a UUID. MIDL2079. */
export function interfaceHasUuid(each: Interface, reporter: Reporter): void {
  if (each.local || each.uuid !== nilUuid || each.attributes.has("uuid") || each.operations.length === 0) return;
  reporter.report("no-uuid", each.span, { interface: each.name });
}
