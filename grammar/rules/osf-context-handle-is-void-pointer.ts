import type { Reporter } from "../diagnostics/reporter.ts";
import type { Model } from "../model.ts";

/** /osf: what has [context_handle] is a `void *`. MIDL2068. */
export function osfContextHandleIsVoidPointer(model: Model, reporter: Reporter): void {
  for (const { type, name, span } of model.files.flatMap((file) => file.declarations)) {
    if (type.kind !== "alias" || type.target.kind !== "context-handle") continue;
    if (type.target.pointee !== undefined) reporter.report("osf-context-handle", span, { name });
  }
}
