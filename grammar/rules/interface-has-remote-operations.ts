import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface } from "../model.ts";

/** An interface that is not [local] has remote operations; otherwise there is nothing to generate. MIDL2231. */
export function interfaceHasRemoteOperations(each: Interface, reporter: Reporter): void {
  if (each.local || each.object || !each.attributes.has("uuid")) return;
  if (each.operations.some((operation) => operation.opnum !== undefined)) return;
  reporter.report("no-remote-operations", each.span, { interface: each.name });
}
