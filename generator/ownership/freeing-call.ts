/** How an application frees what it got: a call that it can copy. */
import type { Type } from "../../grammar/index.ts";
import { memberName, safeName } from "../emit/names.ts";
import { withoutAlias } from "../emit/typescript-types.ts";
import type { ParameterMemory, PointerMemory } from "./facts.ts";

/** `freeReferents(PHONE_ENTRY, matches, memory)`, or `midl_user_free` where there is one node only. */
export function freeingCall(parameter: ParameterMemory): string {
  const name = parameter.direction === "return" ? "returnValue" : memberName(parameter.name);
  const nodes = parameter.pointers.filter(({ referent }) => referent.kind === "node" || referent.kind === "again");
  const [root] = nodes;
  if (root === undefined || !isParameterItself(root, parameter)) return "`midl_user_free`, node by node";
  if (nodes.length === 1) return `\`memory.midl_user_free(${name})\``;
  const type = root.referent.kind === "node" ? nodeTypeName(root.referent.pointee) : undefined;
  return type === undefined ? "`midl_user_free`, node by node" : `\`freeReferents(${type}, ${name}, memory)\``;
}

/** Whether the value of the property is the node: the parameter points to it, or points to [ref] pointers that do. */
function isParameterItself({ path }: PointerMemory, { name }: ParameterMemory): boolean {
  return path === name;
}

/** The node type as generated code exports it; undefined for one that it keeps to itself. */
function nodeTypeName(pointee: Type): string | undefined {
  const type = withoutAlias(pointee);
  if (type.kind === "struct" || type.kind === "union") return safeName(type.name);
  if (type.kind === "pointer") return type.pointer === "ref" ? nodeTypeName(type.pointee) : undefined;
  if (type.kind !== "array") return undefined;
  const element = withoutAlias(type.element);
  return element.kind === "struct" || element.kind === "union" ? `${safeName(element.name)}Array` : undefined;
}
