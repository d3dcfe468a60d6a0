import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/** /osf: where a declaration has several sizes, all are those of one array, none that of a pointer (MIDL "/osf"). MIDL2166. */
export function osfSizesAreOfOneKind(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  let sizedPointers = 0;
  let sizedArrays = 0;
  let behindPointer = false;
  for (let type = behindNames(member.type); type.kind === "pointer" || type.kind === "array";) {
    if (type.kind === "array" && type.size.kind === "conformant" && type.size.sizeIs !== undefined) {
      if (behindPointer) sizedPointers++;
      else sizedArrays++;
    }
    behindPointer = type.kind === "pointer";
    type = behindNames(type.kind === "pointer" ? type.pointee : type.element);
  }
  if (sizedPointers + sizedArrays < 2 || sizedPointers === 0) return;
  reporter.report("osf-construct", member.span, { construct: `mixed sizes of ${memberName(member)}` });
}
