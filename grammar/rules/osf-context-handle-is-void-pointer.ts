import type { Reporter } from "../diagnostics/reporter.ts";
import type { Model, Type } from "../model.ts";

/** /osf: what has [context_handle], a typedef, a parameter or a result, is a `void *`. MIDL2068. */
export function osfContextHandleIsVoidPointer(model: Model, reporter: Reporter): void {
  for (const { type, name, span } of model.files.flatMap((file) => file.declarations)) {
    if (type.kind === "alias" && leadsToData(type.target)) reporter.report("osf-context-handle", span, { name });
  }
  for (const operation of model.main.interfaces.flatMap(({ operations }) => operations)) {
    for (const { type, name, span } of operation.parameters) {
      if (leadsToData(type)) reporter.report("osf-context-handle", span, { name });
    }
    const { returnType, name, span } = operation;
    if (leadsToData(returnType)) reporter.report("osf-context-handle", span, { name });
  }
}

/** Whether a declaration makes a context handle of a pointer to data. A typedef of one is judged where it stands. */
function leadsToData(type: Type): boolean {
  let current = type;
  while (current.kind === "pointer" || current.kind === "array") {
    current = current.kind === "pointer" ? current.pointee : current.element;
  }
  return current.kind === "context-handle" && current.pointee !== undefined;
}
