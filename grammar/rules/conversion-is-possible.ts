import type { Reporter } from "../diagnostics/reporter.ts";
import type { AttributeUse, Type, TypeDeclaration } from "../model.ts";
import { attributesOf, behindNames, isConformant, isOpenStruct, membersOf, ultimateType } from "./member.ts";

/**
 * What travels in place of a type can: it is not void (MIDL2188), no handle or function (MIDL2085), no status (MIDL2228); for
 * [transmit_as] no pointer (MIDL2086), for [wire_marshal] without full pointers (MIDL2416) and of one size (MIDL2417). What
 * [transmit_as] converts is of one size (MIDL2087).
 */
export function conversionIsPossible(declaration: TypeDeclaration, reporter: Reporter): void {
  const own = attributesOf(declaration);
  const { name: type } = declaration;
  const transmit = own.get("transmit_as");
  const wire = own.get("wire_marshal");
  const sent = transmit?.type ?? wire?.type;
  const use = transmit ?? wire;
  if (use !== undefined && sent !== undefined) judgeSent(sent, use, type, reporter);
  const presented = transmit ?? own.get("represent_as");
  if (presented !== undefined && isUnsized(declaration.type))
    reporter.report("transmit-as-conformant", presented.span, { type });
}

function judgeSent(sent: Type, use: AttributeUse, type: string, reporter: Reporter): void {
  const { kind } = ultimateType(sent);
  const direct = behindNames(sent);
  if (direct.kind === "void") reporter.report("transmit-as-void", use.span, { type });
  else if (["void", "binding-handle", "context-handle", "function", "pipe"].includes(kind))
    reporter.report("transmit-as-untransmissible", use.span, { type });
  else if (direct.kind === "base" && direct.base === "error_status_t")
    reporter.report("transmit-as-status", use.span, { type });
  else if (use.name === "transmit_as") {
    if (direct.kind === "pointer") reporter.report("transmit-as-pointer", use.span, { type });
  } else if (isUnsized(direct)) reporter.report("wire-marshal-size", use.span, { type });
  else if (hasFullPointer(direct)) reporter.report("wire-marshal-full-pointer", use.span, { type });
}

function isUnsized(type: Type): boolean {
  const target = behindNames(type);
  return isConformant(target) || isOpenStruct(target) || (target.kind === "array" && target.varying !== undefined);
}

function hasFullPointer(type: Type): boolean {
  const seen = new Set<Type>();
  const queue = [behindNames(type)];
  for (const current of queue) {
    if (seen.has(current)) continue;
    seen.add(current);
    if (current.kind === "pointer") {
      if (current.pointer === "ptr") return true;
      queue.push(behindNames(current.pointee));
    } else if (current.kind === "array") queue.push(behindNames(current.element));
    else if (current.kind === "struct" || current.kind === "union")
      for (const member of membersOf(current)) if (member.type !== undefined) queue.push(behindNames(member.type));
  }
  return false;
}
