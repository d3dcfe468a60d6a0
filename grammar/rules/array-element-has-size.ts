import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation, Type } from "../model.ts";
import { isOpenStruct, isString, memberName, transmittedType, type Member } from "./member.ts";

/**
 * The elements of an array are of one size, as they travel: no strings of varying size and no conformant structures, which have no place
 * for their maximum counts (C706 14.3.3, 14.3.7). They stand behind pointers (RPC "Multidimensional Arrays"). MIDL2104.
 */
export function arrayElementHasSize(member: Member, reporter: Reporter): void {
  if (member.type !== undefined && hasSizedElements(member.type))
    reporter.report("array-of-conformant", member.span, { name: memberName(member) });
}

/** The same for what an operation returns. */
export function returnedElementHasSize({ returnType, span, name }: Operation, reporter: Reporter): void {
  if (hasSizedElements(returnType)) reporter.report("array-of-conformant", span, { name });
}

/** Whether a maximum count comes with every element of an array, there or behind pointers. */
function hasSizedElements(outer: Type): boolean {
  let type = transmittedType(outer);
  while (type.kind === "pointer" || type.kind === "array") {
    const inner = transmittedType(type.kind === "pointer" ? type.pointee : type.element);
    const isOpenString = inner.kind === "array" && isString(inner) && inner.size.kind === "conformant";
    if (type.kind === "array" && !isString(type) && (isOpenString || isOpenStruct(inner))) return true;
    type = inner;
  }
  return false;
}
