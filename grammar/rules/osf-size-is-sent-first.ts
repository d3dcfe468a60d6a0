import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { referencesIn, sizeExpressions } from "./member.ts";

/** /osf: no size comes from an [out]-only parameter, not even that of an inner level. MIDL2123. */
export function osfSizeIsSentFirst(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    for (const size of sizeExpressions(parameter.type).sizes) {
      const outOnly = referencesIn(size).some((target) => target.kind === "parameter" && target.out && !target.in);
      if (outOnly) {
        reporter.report("size-from-out", size.span, { parameter: parameter.name, operation: operation.name });
      }
    }
  }
}
