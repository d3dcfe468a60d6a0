import type { Reporter } from "../diagnostics/reporter.ts";
import type { AliasType, AttributeUse, Type, TypeDeclaration } from "../model.ts";
import {
  attributesOf,
  behindNames,
  isConformant,
  isOpenStruct,
  memberName,
  membersOf,
  transmittedType,
  ultimateType,
  type Member,
} from "./member.ts";

/**
 * What travels in place of a type can: it is not void (MIDL2188), no handle, function or union without a discriminant (MIDL2085), no status
 * (MIDL2228); for [transmit_as] and [represent_as] no pointer (MIDL2086), for [wire_marshal] and [user_marshal] without full pointers
 * (MIDL2416) and without arrays and strings of varying size, unless behind pointers (MIDL2417). What [transmit_as] converts is of one size
 * (MIDL2087) and has a definition (MIDL2011).
 */
export function conversionIsPossible(declaration: TypeDeclaration, reporter: Reporter): void {
  const own = attributesOf(declaration);
  const { name: type } = declaration;
  const transmit = own.get("transmit_as");
  const wire = own.get("wire_marshal");
  const sent = transmit?.type ?? wire?.type;
  const use = transmit ?? wire;
  if (use !== undefined && sent !== undefined) judgeSent(sent, use, type, reporter);
  const user = own.get("user_marshal");
  if (user !== undefined) judgeWire(declaration.type, user, type, reporter);
  const presented = transmit ?? own.get("represent_as");
  if (presented !== undefined && isUnsized(declaration.type))
    reporter.report("transmit-as-conformant", presented.span, { type });
  const represent = own.get("represent_as");
  if (represent !== undefined && use === undefined && behindNames(declaration.type).kind === "pointer")
    reporter.report("transmit-as-pointer", represent.span, { type });
  const local = user ?? represent;
  if (local !== undefined && isPlainUnion(declaration.type))
    reporter.report("transmit-as-untransmissible", local.span, { type });
  if (use !== undefined) judgePresented(declaration.type, use, type, reporter);
}

/** The stub allocates what the application has, if that is storage: it has a definition. MIDL2011. */
function judgePresented(presented: Type, use: AttributeUse, place: string, reporter: Reporter): void {
  let known = behindNames(presented);
  while (known.kind === "array") known = behindNames(known.element);
  if ((known.kind === "struct" || known.kind === "union") && known.incomplete)
    reporter.report("incomplete-type", use.span, { type: known.name, place });
}

/** A union, or array of unions, that has no discriminant of its own: nothing tells the routines which arm it is. */
function isPlainUnion(type: Type): boolean {
  let known = transmittedType(type);
  while (known.kind === "array") known = transmittedType(known.element);
  return known.kind === "union" && known.encapsulated === undefined;
}

function judgeSent(sent: Type, use: AttributeUse, type: string, reporter: Reporter): void {
  const { kind } = ultimateType(sent);
  const direct = behindNames(sent);
  if (direct.kind === "void") reporter.report("transmit-as-void", use.span, { type });
  else if (["void", "binding-handle", "context-handle", "function", "pipe"].includes(kind) || isPlainUnion(sent))
    reporter.report("transmit-as-untransmissible", use.span, { type });
  else if (direct.kind === "base" && direct.base === "error_status_t")
    reporter.report("transmit-as-status", use.span, { type });
  else if (use.name === "transmit_as") {
    if (direct.kind === "pointer") reporter.report("transmit-as-pointer", use.span, { type });
  } else judgeWire(sent, use, type, reporter);
}

function judgeWire(wire: Type, use: AttributeUse, type: string, reporter: Reporter): void {
  if (varies(behindNames(wire))) reporter.report("wire-marshal-size", use.span, { type });
  else if (hasFullPointer(wire)) reporter.report("wire-marshal-full-pointer", use.span, { type });
}

/**
 * A type that routines of the user write whole, pointers and what they lead to, is part of no other: what pointers lead to would stand amid
 * what holds it (RPC "Marshaling Rules for user_marshal and wire_marshal"). MIDL9126.
 */
export function wireTypeStandsAlone(member: Member, reporter: Reporter): void {
  let isPart = member.kind !== "parameter";
  for (let type = member.type; type !== undefined;) {
    if (type.kind === "alias") {
      const wire = wireOf(type);
      if (wire === undefined) type = type.target;
      else {
        if (isPart && behindNames(wire).kind !== "pointer" && hasPointer(wire))
          reporter.report("wire-marshal-not-flat", member.span, { name: memberName(member), type: type.name });
        return;
      }
    } else if (type.kind === "pointer") {
      isPart = false;
      type = type.pointee;
    } else if (type.kind === "array") {
      isPart = true;
      type = type.element;
    } else return;
  }
}

/** What routines of the user write in place of a type; undefined when it has none. */
function wireOf(type: AliasType): Type | undefined {
  if (type.attributes.has("user_marshal")) return type.target;
  return type.attributes.get("wire_marshal")?.type;
}

/** Whether a type holds a pointer. */
function hasPointer(type: Type, outer: readonly Type[] = []): boolean {
  const known = transmittedType(type);
  if (known.kind === "array") return hasPointer(known.element, outer);
  if (known.kind !== "struct" && known.kind !== "union") return known.kind === "pointer";
  if (outer.includes(known)) return false;
  return membersOf(known).some((member) => member.type !== undefined && hasPointer(member.type, [...outer, known]));
}

/** Whether a type holds an array or a string of which the size, or the part that is sent, varies. */
function varies(type: Type, outer: readonly Type[] = []): boolean {
  const known = transmittedType(type);
  if (known.kind === "array")
    return (
      known.string || known.size.kind === "conformant" || known.varying !== undefined || varies(known.element, outer)
    );
  if ((known.kind !== "struct" && known.kind !== "union") || outer.includes(known)) return false;
  return membersOf(known).some((member) => member.type !== undefined && varies(member.type, [...outer, known]));
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
