import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation, PipeType, TypeDeclaration } from "../model.ts";
import { attributesOf, behindNames, isOpenStruct, memberName, ultimateType, type Member } from "./member.ts";

/** A pipe is no return value (MIDL2322) and not serialized (MIDL2342); its elements have one size and no pointers (MIDL2317). */
export function pipeIsParameter(operation: Operation, reporter: Reporter): void {
  if (behindNames(operation.returnType).kind === "pipe")
    reporter.report("pipe-usage", operation.span, { name: operation.name });
  for (const { type, name, span } of operation.parameters) {
    const target = ultimateType(type);
    if (target.kind !== "pipe") continue;
    if (!isPipeElement(target)) reporter.report("pipe-element", span, { name });
    if (operation.attributes.has("encode") || operation.attributes.has("decode"))
      reporter.report("pipe-encode", span, { operation: operation.name });
  }
}

function isPipeElement({ element }: PipeType): boolean {
  const type = behindNames(element);
  switch (type.kind) {
    case "base":
    case "enum":
      return true;
    case "struct":
      return !isOpenStruct(type);
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
