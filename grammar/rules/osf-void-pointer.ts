import type { Reporter } from "../diagnostics/reporter.ts";
import type { StructType, UnionType } from "../model.ts";
import { memberName, membersOf, ultimateType } from "./member.ts";

/** /osf: no field is a pointer to void, sent or not. MIDL2165. */
export function osfVoidPointer(type: StructType | UnionType, reporter: Reporter): void {
  for (const member of membersOf(type)) {
    if (member.type === undefined || ultimateType(member.type).kind !== "void") continue;
    reporter.report("osf-void-pointer-field", member.span, { name: memberName(member) });
  }
}
