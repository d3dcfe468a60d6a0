import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { memberName, membersOf, transmittedType, ultimateTransmitted } from "./member.ts";

/** A field of a type that is sent is no pointer to void (MIDL2241) and no handle (MIDL2135); nor a pointer to a function (MIDL2244), unless [ignore] says that it is not sent. */
export function fieldIsSendable(type: StructType | UnionType, reporter: Reporter): void {
  for (const member of membersOf(type)) {
    if (
      member.type === undefined ||
      member.attributes.has("system_handle") ||
      (member.kind === "field" && member.ignore)
    )
      continue;
    const { kind } = ultimateTransmitted(member.type);
    const isPointer = transmittedType(member.type).kind === "pointer";
    if (kind === "function" && isPointer)
      reporter.report("function-pointer-field", member.span, { field: memberName(member), type: type.name });
    const values = { field: memberName(member), type: type.name };
    if (kind === "void" && isPointer) reporter.report("void-pointer-field", member.span, values);
    if (kind === "binding-handle" || kind === "context-handle") reporter.report("handle-field", member.span, values);
  }
}
