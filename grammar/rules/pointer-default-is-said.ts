import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, StructType, Type, UnionType } from "../model.ts";
import { behindNames, membersOf } from "./member.ts";

/** An interface whose types have pointers without attributes says [pointer_default]. MIDL2038. */
export function pointerDefaultIsSaid(each: Interface, reporter: Reporter): void {
  if (each.pointerDefault !== "unique" || each.local || each.object || each.attributes.has("pointer_default")) return;
  const types = each.file.declarations.flatMap(({ type }) =>
    type.kind === "struct" || type.kind === "union" ? type : [],
  );
  if (types.some(hasBarePointer)) reporter.report("pointer-default-assumed", each.span, { interface: each.name });
}

function hasBarePointer(type: StructType | UnionType): boolean {
  return membersOf(type).some((member) => member.type !== undefined && isBare(member.type) && !has(member.attributes));
}

function isBare(type: Type): boolean {
  if (type.kind === "alias") return !has(type.attributes) && isBare(type.target);
  return behindNames(type).kind === "pointer";
}

function has(attributes: StructType["attributes"]): boolean {
  return ["ref", "unique", "ptr"].some((name) => attributes.has(name));
}
