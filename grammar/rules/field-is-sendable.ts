import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { memberName, membersOf, ultimateType } from "./member.ts";

/** A field of a type that is sent is no pointer to void (MIDL2241) and no handle (MIDL2135); [ignore] and pointers to functions aside. */
export function fieldIsSendable(type: StructType | UnionType, reporter: Reporter): void {
  for (const member of membersOf(type)) {
    if (
      member.type === undefined ||
      member.attributes.has("system_handle") ||
      (member.kind === "field" && member.ignore)
    )
      continue;
    const { kind } = ultimateType(member.type);
    const values = { field: memberName(member), type: type.name };
    if (kind === "void") reporter.report("void-pointer-field", member.span, values);
    if (kind === "binding-handle" || kind === "context-handle") reporter.report("handle-field", member.span, values);
  }
}
