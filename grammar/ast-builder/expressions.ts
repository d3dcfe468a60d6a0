/** Attributes and expressions: CST to AST. */
import type { CstNode } from "chevrotain";
import type { ArgumentNode, AttributeNode, ExpressionNode, MemberNode, TypeNameNode } from "../ast.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import { parseStringLiteral } from "../lexer/literals.ts";
import { binaryPrecedence } from "../lexer/precedence.ts";
import {
  joinSpans,
  nameOf,
  node,
  nodes,
  required,
  requiredToken,
  spanOf,
  token,
  tokens,
  type BuildContext,
} from "./cst.ts";
import { buildDeclarator, buildSpecifiers } from "./types.ts";

/** How many operators one expression may have: the tree of `a+b+c+...` is as deep as it is long. */
const operatorLimit = 500;

/** The attributes of all lists in a row. */
export function buildAttributes(context: BuildContext, lists: CstNode | undefined): AttributeNode[] {
  if (lists === undefined) return [];
  return nodes(lists, "attribute").map((attribute) => buildAttribute(context, attribute));
}

function buildAttribute(context: BuildContext, attribute: CstNode): AttributeNode {
  const name = requiredToken(attribute, "AttributeName");
  const uuid = tokens(attribute, "UuidPart");
  const [first] = uuid;
  const last = uuid.at(-1);
  if (first !== undefined && last !== undefined) {
    const text = uuid.map((part) => part.image.replaceAll('"', "")).join("");
    const argument: ArgumentNode = { kind: "uuid", text, span: joinSpans(first.span, last.span) };
    return { name: name.image, arguments: [argument], span: spanOf(context, attribute) };
  }
  const slots = nodes(attribute, "argumentSlot").map((slot) => buildArgument(context, slot));
  const empty = slots.length === 1 && slots[0] === undefined;
  return { name: name.image, arguments: empty ? [] : slots, span: spanOf(context, attribute) };
}

function buildArgument(context: BuildContext, slot: CstNode): ArgumentNode | undefined {
  const type = node(slot, "typeName");
  if (type !== undefined) return buildTypeName(context, type);
  const expression = node(slot, "expression");
  return expression === undefined ? undefined : buildExpression(context, expression);
}

/** A type as an operand or an argument. */
export function buildTypeName(context: BuildContext, typeName: CstNode): TypeNameNode {
  return {
    kind: "type-name",
    attributes: buildAttributes(context, node(typeName, "attributeLists")),
    specifiers: buildSpecifiers(context, required(typeName, "specifiers")),
    declarator: buildDeclarator(context, required(typeName, "declarator")),
    span: spanOf(context, typeName),
  };
}

/** `expression` */
export function buildExpression(context: BuildContext, expression: CstNode): ExpressionNode {
  const condition = buildBinary(context, required(expression, "binary"));
  const whenTrue = node(expression, "whenTrue");
  if (whenTrue === undefined) return condition;
  return {
    kind: "conditional",
    condition,
    whenTrue: buildExpression(context, whenTrue),
    whenFalse: buildExpression(context, required(expression, "whenFalse")),
    span: spanOf(context, expression),
  };
}

function buildBinary(context: BuildContext, binary: CstNode): ExpressionNode {
  const operands = nodes(binary, "unary");
  const operators = tokens(binary, "BinaryOperatorToken");
  if (operators.length > operatorLimit) {
    context.reporter.report("expression-too-long", spanOf(context, binary), { limit: operatorLimit });
    operands.length = 1;
    operators.length = 0;
  }
  const values: ExpressionNode[] = [];
  const pending: IdlToken[] = [];
  const reduce = (): void => {
    const right = values.pop();
    const left = values.pop();
    const operator = pending.pop();
    if (left === undefined || right === undefined || operator === undefined)
      throw new Error("operators without operands");
    values.push({ kind: "binary", operator: operator.image, left, right, span: joinSpans(left.span, right.span) });
  };
  for (const [index, operand] of operands.entries()) {
    values.push(buildUnary(context, operand));
    const operator = operators[index];
    if (operator === undefined) break;
    while (pending.length > 0 && precedence(pending.at(-1)) >= precedence(operator)) reduce();
    pending.push(operator);
  }
  while (pending.length > 0) reduce();
  const [value] = values;
  if (value === undefined) throw new Error("expression without operand");
  return value;
}

function precedence(operator: IdlToken | undefined): number {
  return binaryPrecedence.get(operator?.image ?? "") ?? -1;
}

function buildUnary(context: BuildContext, unary: CstNode): ExpressionNode {
  let operand = buildOperand(context, unary);
  const prefixes = tokens(unary, "PrefixOperatorToken");
  if (prefixes.length > operatorLimit) {
    context.reporter.report("expression-too-long", spanOf(context, unary), { limit: operatorLimit });
    prefixes.length = 0;
  }
  for (const operator of prefixes.reverse()) {
    operand = { kind: "unary", operator: operator.image, operand, span: joinSpans(operator.span, operand.span) };
  }
  return operand;
}

function buildOperand(context: BuildContext, unary: CstNode): ExpressionNode {
  const cast = node(unary, "cast");
  if (cast !== undefined) {
    const type = buildTypeName(context, required(cast, "typeName"));
    return { kind: "cast", type, operand: buildUnary(context, required(cast, "unary")), span: spanOf(context, cast) };
  }
  const size = node(unary, "sizeofExpression");
  if (size !== undefined) {
    const type = node(size, "typeName");
    const operand = type === undefined ? buildUnary(context, required(size, "unary")) : buildTypeName(context, type);
    return { kind: "sizeof", operand, span: spanOf(context, size) };
  }
  return buildPostfix(context, required(unary, "postfix"));
}

function buildPostfix(context: BuildContext, postfix: CstNode): ExpressionNode {
  let object = buildPrimary(context, required(postfix, "primary"));
  const suffixes = nodes(postfix, "suffix");
  if (suffixes.length > operatorLimit) {
    context.reporter.report("expression-too-long", spanOf(context, postfix), { limit: operatorLimit });
    suffixes.length = 0;
  }
  for (const suffix of suffixes) object = buildSuffix(context, object, suffix);
  return object;
}

function buildSuffix(context: BuildContext, object: ExpressionNode, suffix: CstNode): ExpressionNode {
  const span = joinSpans(object.span, spanOf(context, suffix));
  const index = node(suffix, "expression");
  if (index !== undefined) return { kind: "index", object, index: buildExpression(context, index), span };
  const member: MemberNode = { kind: "member", object, member: nameOf(requiredToken(suffix, "Identifier")), span };
  return member;
}

function buildPrimary(context: BuildContext, primary: CstNode): ExpressionNode {
  const number = token(primary, "NumberLiteral");
  if (number !== undefined) return { kind: "number", image: number.image, span: number.span };
  const character = token(primary, "CharacterLiteral");
  if (character !== undefined) return { kind: "character", image: character.image, span: character.span };
  const name = token(primary, "Identifier");
  if (name !== undefined) return { kind: "name", name: name.image, parenthesized: false, span: name.span };
  const strings = tokens(primary, "StringLiteral");
  if (strings.length > 0) {
    const value = strings.map((part) => parseStringLiteral(part.image)).join("");
    return { kind: "string", value, wide: strings[0]?.image.startsWith("L") === true, span: spanOf(context, primary) };
  }
  const inner = buildExpression(context, required(primary, "expression"));
  return inner.kind === "name" ? { ...inner, parenthesized: true } : inner;
}
