/** Enumerations. */
import type { EnumNode, ExpressionNode } from "../ast.ts";
import type { EnumMember, EnumType } from "../model.ts";
import { judgeAttributes } from "./attribute-placement.ts";
import { bindAttributes } from "./attributes.ts";
import type { BindingContext } from "./context.ts";
import { declareType, redefines } from "./declare.ts";
import { bindExpression } from "./expressions.ts";
import { int32, integerValue, uint32 } from "./fold.ts";
import type { Mutable } from "./scope.ts";
import type { Surroundings } from "./types.ts";

/** The enum that a specifier defines or refers to. */
export function bindEnum(context: BindingContext, node: EnumNode, surroundings: Surroundings): EnumType {
  const known = node.tag === undefined ? undefined : context.scope.tag(node.tag.text);
  if (node.members === undefined && known?.kind === "enum") return known;
  if (node.tag !== undefined && known !== undefined)
    redefines(context, known, "enum", node.tag, node.members !== undefined);
  const own = bindAttributes(context, node.attributes, { place: "type" });
  const type: Mutable<EnumType> = {
    kind: "enum",
    name: surroundings.typedefName ?? node.tag?.text ?? surroundings.name,
    tag: node.tag?.text,
    v1: surroundings.attributes.has("v1_enum") || own.has("v1_enum"),
    members: [],
    file: context.file,
    span: node.tag?.span ?? node.span,
  };
  if (node.tag !== undefined) context.scope.declareTag(node.tag.text, type);
  else if (surroundings.typedefName === undefined) context.nameless.push(type);
  if (node.members === undefined) return type;
  type.members = bindEnumerators(context, node.members);
  declareType(context, type, surroundings.documentation);
  return type;
}

function valueOf(context: BindingContext, node: ExpressionNode, name: string): bigint | undefined {
  const expression = bindExpression(context, node, undefined);
  if (expression === undefined) return undefined;
  const value = expression.kind === "constant" ? integerValue(expression.value) : undefined;
  if (value === undefined) context.reporter.report("enum-not-integral", node.span, { name });
  return value;
}

function bindEnumerators(context: BindingContext, nodes: NonNullable<EnumNode["members"]>): EnumMember[] {
  const members: EnumMember[] = [];
  let next = 0n;
  for (const { name, attributes, value, documentation } of nodes) {
    judgeAttributes(context, attributes, "enumerator");
    if (value !== undefined) next = valueOf(context, value, name.text) ?? next;
    if (next < -(1n << 31n) || next >= 1n << 32n) {
      context.reporter.report("enum-value-out-of-range", value?.span ?? name.span, { name: name.text });
      next = 0n;
    }
    const number = Number(next);
    const { file } = context;
    const type = number > 0x7fffffff ? uint32 : int32;
    const known = context.scope.name(name.text);
    if (known?.file === file) context.reporter.report("redefinition", name.span, { name: name.text });
    context.scope.declareName({ kind: "constant", name: name.text, value: number, type, file, span: name.span });
    members.push({ name: name.text, value: number, documentation, span: name.span });
    next += 1n;
  }
  return members;
}
