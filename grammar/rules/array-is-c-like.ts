import type { Reporter } from "../diagnostics/reporter.ts";
import { integerTypeOf } from "../binder/fold.ts";
import type { ArrayType } from "../model.ts";
import { behindNames, isString, memberName, type Member } from "./member.ts";

/**
 * A fixed array has no size of its own (MIDL2299); only the leftmost bound may be open (MIDL2296); a pointer attribute on an array
 * within a structure says nothing (MIDL2222).
 */
export function arrayIsCLike(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const name = memberName(member);
  const outer = behindNames(member.type);
  if (outer.kind !== "array") return;
  const { attributes, span } = member;
  const size = attributes.get("size_is") ?? attributes.get("max_is");
  if (size?.arguments[0] !== undefined && outer.size.kind === "fixed")
    reporter.report("size-on-fixed", size.span, { name });
  const inner = behindNames(outer.element);
  if (inner.kind === "array" && !isString(inner) && inner.size.kind === "conformant")
    reporter.report("inner-bound-missing", span, { name });
  const pointer = ["ref", "unique", "ptr"].flatMap((each) => attributes.get(each) ?? [])[0];
  if (pointer !== undefined && member.kind !== "parameter" && inner.kind !== "pointer")
    reporter.report("embedded-array-pointer", pointer.span, { name });
}

/** Size and length of an array are of one type. MIDL2081. */
export function lengthComparesWithSize(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const outer = behindNames(member.type);
  const array = outer.kind === "pointer" ? behindNames(outer.pointee) : outer;
  if (array.kind !== "array" || !differ(array)) return;
  reporter.report("length-size-types", member.span, { name: memberName(member) });
}

function differ({ size, varying }: ArrayType): boolean {
  const length = varying?.lengthIs;
  const whole = size.kind === "conformant" ? size.sizeIs : undefined;
  if (length === undefined || whole === undefined || length.kind === "name" || whole.kind === "name") return false;
  if (length.kind === "constant" || whole.kind === "constant") return false;
  const [left, right] = [integerTypeOf(length.type), integerTypeOf(whole.type)];
  return left?.bits !== right?.bits || left?.signed !== right?.signed;
}
