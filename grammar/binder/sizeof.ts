/** `sizeof`: the size of a type in C layout, or of what a name or an expression is. */
import type { ExpressionNode, SizeofNode, TypeNameNode } from "../ast.ts";
import { layoutOf } from "../layout.ts";
import type { ConstantExpression, Type } from "../model.ts";
import { baseType } from "./base-types.ts";
import type { BindingContext } from "./context.ts";
import { bindExpression } from "./expressions.ts";
import { stripAlias, uint32 } from "./fold.ts";
import type { MemberScope } from "./members.ts";
import { findName } from "./names.ts";
import { bindTypeName } from "./types.ts";

/** Binds `sizeof`, which is a constant; undefined after a mistake, which has been reported. */
export function bindSizeof(
  context: BindingContext,
  node: SizeofNode,
  members: MemberScope | undefined,
): ConstantExpression | undefined {
  const { operand } = node;
  const type =
    operand.kind === "type-name" ? sizeofTypeName(context, operand, members) : sizeofOperand(context, operand, members);
  if (type === undefined) return undefined;
  if (hasNoSize(type)) {
    context.reporter.report("sizeof-operand", operand.span);
    return undefined;
  }
  const { size } = layoutOf(type, context.settings.environment);
  return { kind: "constant", value: size, type: uint32, span: node.span };
}

function hasNoSize(type: Type): boolean {
  const target = stripAlias(type);
  if (target.kind === "struct" || target.kind === "union") return target.incomplete;
  return target.kind === "void" || target.kind === "function" || target.kind === "pipe";
}

/** `sizeof(n)` parses as the size of a type; when n is a parameter, a field or a constant it is the size of that. */
function sizeofTypeName(
  context: BindingContext,
  node: TypeNameNode,
  members: MemberScope | undefined,
): Type | undefined {
  const { type, qualifiers } = node.specifiers;
  if (type.kind === "reference" && qualifiers.length === 0 && node.declarator.derivations.length === 0) {
    const { name, span } = type;
    const isValue = members?.find(name) !== undefined || context.scope.name(name)?.kind === "constant";
    if (isValue) return sizeofOperand(context, { kind: "name", name, parenthesized: true, span }, members);
  }
  return bindTypeName(context, node);
}

function sizeofOperand(
  context: BindingContext,
  node: ExpressionNode,
  members: MemberScope | undefined,
): Type | undefined {
  if (
    node.kind === "name" &&
    members?.find(node.name) === undefined &&
    findName(context, node.name, node.span)?.kind === "typedef"
  ) {
    const { name, span } = node;
    const specifiers = { type: { kind: "reference" as const, name, span }, qualifiers: [], span };
    const declarator = { name: undefined, derivations: [], bits: undefined, initializer: undefined, span };
    return bindTypeName(context, { kind: "type-name", attributes: [], specifiers, declarator, span });
  }
  const operand = bindExpression(context, node, members);
  if (operand === undefined) return undefined;
  if (operand.kind === "reference") return operand.target.type;
  if (operand.type.kind !== "integer") return operand.type;
  const bases = { 8: "int8", 16: "int16", 32: "int32", 64: "int64" } as const;
  return baseType(bases[operand.type.bits]);
}
