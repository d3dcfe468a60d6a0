import type { Reporter } from "../diagnostics/reporter.ts";
import { isConverted } from "../binder/conversions.ts";
import type { Operation, PipeType, Type, TypeDeclaration } from "../model.ts";
import { attributesOf, behindNames, memberName, ultimateType, type Member } from "./member.ts";

/**
 * A pipe is no return value and is passed by value or by a [ref] pointer (MIDL2322) and not serialized (MIDL2342); its elements are not converted (MIDL2322) and have one size, in every
 * transfer syntax and environment, and no pointers (MIDL2317).
 */
export function pipeIsParameter(operation: Operation, reporter: Reporter): void {
  if (behindNames(operation.returnType).kind === "pipe")
    reporter.report("pipe-usage", operation.span, { name: operation.name });
  for (const { type, name, span } of operation.parameters) {
    const target = ultimateType(type);
    if (target.kind !== "pipe") continue;
    if (!isPassedByReference(type)) reporter.report("pipe-usage", span, { name });
    else if (hasConversion(target.element)) reporter.report("pipe-usage", span, { name });
    else if (!isPipeElement(target)) reporter.report("pipe-element", span, { name });
    if (operation.attributes.has("encode") || operation.attributes.has("decode"))
      reporter.report("pipe-encode", span, { operation: operation.name });
  }
}

/** Whether at most one pointer leads to a pipe, and is [ref] (MIDL "pipe"). Arrays of pipes have a message of their own. */
function isPassedByReference(type: Type): boolean {
  const outer = behindNames(type);
  if (outer.kind !== "pointer") return true;
  return outer.pointer === "ref" && behindNames(outer.pointee).kind !== "pointer";
}

/** Whether a typedef in the type has routines of the user, which a pipe has no place for (MIDL "pipe", MIDL2322). */
function hasConversion(type: Type, outer: readonly Type[] = []): boolean {
  switch (type.kind) {
    case "alias":
      return isConverted(type.attributes) || hasConversion(type.target, outer);
    case "struct":
      return !outer.includes(type) && type.fields.some((field) => hasConversion(field.type, [...outer, type]));
    case "array":
      return hasConversion(type.element, outer);
    default:
      return false;
  }
}

/** A number, or a structure of which every part is of one size and no pointer: no 16-bit enum and no __int3264 (MIDL "pipe"). */
function isPipeElement({ element }: PipeType): boolean {
  const { kind } = behindNames(element);
  return (kind === "base" || kind === "enum" || kind === "struct") && isFlat(element, []);
}

function isFlat(type: Type, outer: readonly Type[]): boolean {
  const known = behindNames(type);
  switch (known.kind) {
    case "base":
      return known.base !== "int3264" && known.base !== "uint3264";
    case "enum":
      return known.v1;
    case "struct":
      return !outer.includes(known) && known.fields.every((field) => isFlat(field.type, [...outer, known]));
    case "array":
      return (
        !known.string && known.size.kind === "fixed" && known.varying === undefined && isFlat(known.element, outer)
      );
    default:
      return false;
  }
}

/** A pipe has no routines of the user. MIDL2322. */
export function pipeHasNoConversion(declaration: TypeDeclaration, reporter: Reporter): void {
  if (ultimateType(declaration.type).kind !== "pipe") return;
  const own = attributesOf(declaration);
  const use = ["transmit_as", "represent_as", "user_marshal", "wire_marshal"].flatMap((name) => own.get(name) ?? [])[0];
  if (use !== undefined) reporter.report("pipe-usage", use.span, { name: declaration.name });
}

/** A pipe is not part of anything: no member (MIDL2321), no element of an array (MIDL2390). */
export function memberIsNoPipe(member: Member, reporter: Reporter): void {
  if (member.type === undefined || ultimateType(member.type).kind !== "pipe") return;
  const name = memberName(member);
  let type = behindNames(member.type);
  while (type.kind === "pointer") type = behindNames(type.pointee);
  if (type.kind === "array") reporter.report("pipe-array-element", member.span, { name });
  else if (member.kind !== "parameter") reporter.report("pipe-member", member.span, { name });
}
