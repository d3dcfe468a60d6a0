import type { Reporter } from "../diagnostics/reporter.ts";
import type { AttributeUse, Operation, Type, TypeDeclaration } from "../model.ts";
import { argumentNames, attributesOf, behindNames, membersOf, ultimateType } from "./member.ts";

const modes: ReadonlySet<string> = new Set(["single_node", "all_nodes", "free", "dont_free", "on_null", "always"]);
const opposites = [
  ["single_node", "all_nodes"],
  ["free", "dont_free"],
  ["on_null", "always"],
] as const;
const conversions = ["transmit_as", "represent_as", "wire_marshal", "user_marshal"];

/**
 * [allocate] has modes that it knows (MIDL2074) and that agree (MIDL2211), and stands on a pointer to data (MIDL2158), no handle
 * (MIDL2227) and no type with routines of the user, nor one that leads to a
 * type which they marshal (MIDL2223).
 */
export function allocateIsSensible(declaration: TypeDeclaration, reporter: Reporter): void {
  const attributes = attributesOf(declaration);
  const use = attributes.get("allocate");
  if (use === undefined) return;
  const names = argumentNames(use);
  for (const mode of names) if (!modes.has(mode)) reporter.report("allocate-mode", use.span, { mode });
  if (names.length === 0) reporter.report("allocate-mode", use.span, { mode: "none" });
  for (const [first, second] of opposites) {
    if (names.includes(first) && names.includes(second))
      reporter.report("allocate-conflict", use.span, { first, second });
  }
  judgeType(declaration, use, reporter);
  const converted = conversions.some((name) => attributes.has(name))
    ? declaration.name
    : userMarshaledIn(declaration.type);
  if (converted !== undefined) reporter.report("allocate-conversion", use.span, { type: converted });
}

/**
 * The first type with [wire_marshal] or [user_marshal] that a type leads to: [allocate] is not for it, directly or indirectly (MIDL
 * "wire_marshal").
 */
function userMarshaledIn(root: Type): string | undefined {
  const seen = new Set<Type>();
  const pending = [root];
  for (const type of pending) {
    if (seen.has(type)) continue;
    seen.add(type);
    if (type.kind === "alias") {
      const { attributes, target, name } = type;
      if (attributes.has("wire_marshal") || attributes.has("user_marshal")) return name;
      pending.push(attributes.get("transmit_as")?.type ?? target);
    } else if (type.kind === "pointer") pending.push(type.pointee);
    else if (type.kind === "array") pending.push(type.element);
    else if (type.kind === "struct" || type.kind === "union")
      pending.push(...membersOf(type).flatMap((member) => member.type ?? []));
  }
  return undefined;
}

function judgeType({ name, type }: TypeDeclaration, use: AttributeUse, reporter: Reporter): void {
  const target = behindNames(type);
  const { kind } = ultimateType(type);
  if (kind === "context-handle" || kind === "binding-handle" || derivesFromHandle(type))
    reporter.report("allocate-handle", use.span, { type: name });
  else if (target.kind !== "pointer" || kind === "void")
    reporter.report("allocate-not-pointer", use.span, { type: name });
}

function derivesFromHandle(type: Type): boolean {
  for (let current = type; ;) {
    if (current.kind === "alias") {
      if (current.attributes.has("handle")) return true;
      current = current.target;
    } else if (current.kind === "pointer") current = current.pointee;
    else return current.kind === "struct" && current.attributes.has("handle");
  }
}

/** [allocate(all_nodes)] on what comes back in place of what was sent leaves the old memory behind. MIDL2248. */
export function allNodesMayOrphan(operation: Operation, reporter: Reporter): void {
  for (const parameter of operation.parameters) {
    if (!parameter.in || !parameter.out || !allocatesAllNodes(parameter.type)) continue;
    reporter.report("allocate-orphans", parameter.span, { parameter: parameter.name, operation: operation.name });
  }
}

function allocatesAllNodes(type: Type): boolean {
  for (let current = type; ;) {
    if (current.kind === "alias") {
      const use = current.attributes.get("allocate");
      if (use !== undefined && argumentNames(use).includes("all_nodes")) return true;
      current = current.target;
    } else if (current.kind === "pointer") current = current.pointee;
    else return false;
  }
}
