/**
 * What a server stub has the application free after a call (memory rule M40; RPC "The transmit_as Attribute", "The represent_as Attribute",
 * "The type_UserFree Function"): all that is converted in [out] and [in, out] parameters; of an [in] parameter the parameter itself, and
 * what inside it has a `_UserFree`.
 */
import type { StructType, Type, UnionType } from "../../grammar/index.ts";
import { conversionOf, isBoxed } from "../wire-plan/conversions.ts";
import type { Conversion } from "../wire-plan/conversions.ts";
import { pointeeNode, pointsToNode } from "./node-types.ts";
import type { OperationPlan, ParameterPlan } from "./operation-plan.ts";
import { hasStorage, outParameters } from "./operation-types.ts";
import { conversionBehind, conversionName, isStorage } from "./presented.ts";
import type { EmitContext } from "./routine-context.ts";
import { withoutAlias } from "./typescript-types.ts";

/** The field `converted` of an operation table's entry; nothing when the operation converts nothing that is to be freed. */
export function convertedFields(emit: EmitContext, plan: OperationPlan): readonly string[] {
  if (plan.conversions.length === 0) return [];
  const lines: string[] = [];
  const returned: string[] = [];
  const out = outParameters(plan);
  for (const parameter of plan.parameters) {
    if (parameter.contextHandle !== undefined) continue;
    if (!parameter.out) lines.push(...inStatements(emit, parameter));
    else {
      if (parameter.in || hasStorage(parameter)) lines.push(...requestStatements(emit, parameter));
      returned.push(...rootStatements(emit, parameter.type, `response.${parameter.name}`));
    }
  }
  if (plan.returns !== undefined)
    returned.push(...rootStatements(emit, plan.returns.type, out.length === 0 ? "response" : "response.returnValue"));
  if (returned.length > 0) lines.push("if (response !== undefined) {", ...returned, "}");
  if (lines.length === 0) return [];
  const used = lines.some((line) => line.includes("request."));
  const parameters = `walk, ${used ? "request" : "_request"}${lines.some((line) => /\bresponse\b/.test(line)) ? ", response" : ""}`;
  return [`converted: { conversions: kept, visit: (${parameters}) => {\n${lines.join("\n")}\n} }`];
}

/** What came in and stays: visited unless the response has the same value, which no set of objects would tell for a number. */
function requestStatements(emit: EmitContext, parameter: ParameterPlan): string[] {
  const text = `request.${parameter.name}`;
  const lines = rootStatements(emit, parameter.type, text);
  const conversion = valueOf(parameter.type);
  if (conversion === undefined || isStorage(conversion) || !parameter.in || lines.length === 0) return lines;
  return [`if (response?.${parameter.name} !== ${text}) {`, ...lines, "}"];
}

/** An [in] parameter that is converted, itself or what its pointers lead to; otherwise the components of it that have a `_UserFree`. */
function inStatements(emit: EmitContext, parameter: ParameterPlan): string[] {
  const text = `request.${parameter.name}`;
  const box = boxedIn(parameter.type);
  const conversion = box ?? valueOf(parameter.type);
  if (conversion === undefined) return rootStatements(emit, parameter.type, text, "component", isUser);
  return [`walk.object(${conversionName(emit, conversion)}, ${box === undefined ? text : `${text}?.value`});`];
}

/** The conversion that is in the box of a parameter. */
function boxedIn(type: Type): Conversion | undefined {
  let current = withoutAlias(type);
  while (current.kind === "pointer" && !isBoxed(current)) current = withoutAlias(current.pointee);
  return current.kind === "pointer" ? conversionBehind(current.pointee) : undefined;
}

/** The conversion that a parameter is, behind any pointers that are no boxes. */
function valueOf(type: Type): Conversion | undefined {
  let current = withoutAlias(type);
  while (current.kind === "pointer") {
    const pointee = withoutAlias(current.pointee);
    if (isBoxed(current)) return undefined;
    current = pointee;
  }
  return conversionBehind(current);
}

function isUser({ kind }: Conversion): boolean {
  return kind === "user";
}

/** Statements that visit a parameter or a return value, and what lies behind it. */
function rootStatements(
  emit: EmitContext,
  type: Type,
  text: string,
  visit: "node" | "component" = "node",
  counts: (conversion: Conversion) => boolean = () => true,
): string[] {
  if (!leadsToConverted(type, counts)) return [];
  const known = withoutAlias(type);
  const conversion = conversionBehind(known);
  const object = visit === "node" ? "object" : "componentObject";
  if (conversion !== undefined) return [`walk.${object}(${conversionName(emit, conversion)}, ${text});`];
  if (known.kind === "pointer" && !pointsToNode(known)) return rootStatements(emit, known.pointee, text, visit, counts);
  if (known.kind === "pointer" && known.pointer === "ref" && withoutAlias(known.pointee).kind === "pointer")
    return rootStatements(emit, known.pointee, text, visit, counts);
  const node = pointeeNode(emit, known);
  return node === undefined ? [] : [`walk.${visit}(${text}, ${node});`];
}

/** Whether a conversion is reached from a type, through pointers too. */
function leadsToConverted(root: Type, counts: (conversion: Conversion) => boolean): boolean {
  const seen = new Set<StructType | UnionType>();
  const pending: Type[] = [root];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    switch (type.kind) {
      case "alias": {
        const conversion = conversionOf(type);
        if (conversion === undefined) pending.push(type.target);
        else if (counts(conversion)) return true;
        break;
      }
      case "pointer":
        pending.push(type.pointee);
        break;
      case "array":
        pending.push(type.element);
        break;
      case "struct":
      case "union": {
        if (seen.has(type)) break;
        seen.add(type);
        const parts = type.kind === "struct" ? type.fields : type.arms;
        pending.push(...parts.flatMap((part) => part.type ?? []));
        break;
      }
      default:
    }
  }
  return false;
}
