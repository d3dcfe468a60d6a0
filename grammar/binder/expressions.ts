/** Expressions: names bound, C types worked out, constants folded. */
import type { BinaryNode, ExpressionNode, MemberNode, TypeNameNode, UnaryNode } from "../ast.ts";
import { parseCharacterLiteral, parseFloatLiteral, parseIntegerLiteral } from "../lexer/literals.ts";
import type {
  BinaryOperator,
  ConstantExpression,
  ConstantValue,
  Expression,
  ExpressionType,
  Type,
  UnaryExpression,
} from "../model.ts";
import type { SourceSpan } from "../source.ts";
import { baseType } from "./base-types.ts";
import { reportUndefined, type BindingContext } from "./context.ts";
import { arithmetic, int32, integerTypeOf, integerValue, promote, stripAlias, wrap } from "./fold.ts";
import type { MemberScope } from "./members.ts";
import { findName } from "./names.ts";
import { bindSizeof } from "./sizeof.ts";
import { bindTypeName } from "./types.ts";

/** An expression whose value has a type: all but plain names. */
type TypedExpression = Exclude<Expression, { readonly kind: "name" }>;

/** Binds an expression; undefined after a mistake, which has been reported. */
export function bindExpression(
  context: BindingContext,
  node: ExpressionNode,
  members: MemberScope | undefined,
): TypedExpression | undefined {
  const { span } = node;
  switch (node.kind) {
    case "number":
      return bindNumber(context, node.image, span);
    case "character": {
      const value = parseCharacterLiteral(node.image);
      if (value === undefined) context.reporter.report("bad-character-constant", span, { text: node.image });
      const wide = node.image.startsWith("L");
      return value === undefined ? undefined : constant(value, baseType(wide ? "wchar_t" : "char"), span);
    }
    case "string": {
      const element = baseType(node.wide ? "wchar_t" : "char");
      const type: Type = { kind: "pointer", pointer: "ptr", pointee: element, attributes: new Map() };
      return constant(node.value, type, span);
    }
    case "name":
      return bindName(context, node.name, members, span);
    case "unary":
      return bindUnary(context, node, members);
    case "binary":
      return bindBinary(context, node, members);
    case "conditional": {
      const condition = bindExpression(context, node.condition, members);
      const whenTrue = bindExpression(context, node.whenTrue, members);
      const whenFalse = bindExpression(context, node.whenFalse, members);
      if (condition === undefined || whenTrue === undefined || whenFalse === undefined) return undefined;
      if (condition.kind === "constant") return truth(condition.value) ? whenTrue : whenFalse;
      const type = conditionalType(whenTrue.type, whenFalse.type);
      return { kind: "conditional", condition, whenTrue, whenFalse, type, span };
    }
    case "cast":
      return bindCast(context, node.type, bindExpression(context, node.operand, members), span);
    case "sizeof":
      return bindSizeof(context, node, members);
    case "member":
      return bindMember(context, node, members);
    case "index": {
      const object = bindExpression(context, node.object, members);
      const index = bindExpression(context, node.index, members);
      if (object === undefined || index === undefined) return undefined;
      const isFirst = index.kind === "constant" && integerValue(index.value) === 0n;
      const operand = isFirst ? object : arithmetic("+", object, index, span);
      const element = elementOf(object.type);
      if (element === undefined) {
        context.reporter.report("index-of-non-array", node.object.span);
        return undefined;
      }
      const type = integerTypeOf(element, context.settings.environment) ?? element;
      return { kind: "unary", operator: "*", operand, type, span };
    }
    default:
      return node satisfies never;
  }
}

/** Binds an expression that must be an integer constant; undefined after a mistake, which has been reported. */
export function bindIntegerConstant(context: BindingContext, node: ExpressionNode): bigint | undefined {
  const expression = bindExpression(context, node, undefined);
  if (expression === undefined) return undefined;
  const value = expression.kind === "constant" ? integerValue(expression.value) : undefined;
  if (value === undefined) context.reporter.report("constant-expected", node.span);
  return value;
}

function constant(value: ConstantValue, type: ExpressionType, span: SourceSpan): ConstantExpression {
  return { kind: "constant", value, type, span };
}

function truth(value: ConstantValue): boolean {
  return value !== null && value !== false && value !== 0 && value !== 0n;
}

function bindNumber(context: BindingContext, image: string, span: SourceSpan): TypedExpression | undefined {
  const literal = parseIntegerLiteral(image);
  if (literal !== undefined) {
    const type = { kind: "integer" as const, bits: literal.bits, signed: literal.signed };
    return constant(wrap(literal.value, type), type, span);
  }
  const float = parseFloatLiteral(image);
  if (float !== undefined) return constant(float, baseType("double"), span);
  context.reporter.report(/^(0x[0-9a-f]+|\d+)$/i.test(image) ? "constant-too-big" : "malformed-number", span, {
    text: image,
  });
  return undefined;
}

function bindName(
  context: BindingContext,
  name: string,
  members: MemberScope | undefined,
  span: SourceSpan,
): TypedExpression | undefined {
  const target = members?.find(name);
  if (target !== undefined) {
    const type = integerTypeOf(target.type, context.settings.environment) ?? target.type;
    return { kind: "reference", target, type, span };
  }
  const symbol = findName(context, name, span);
  if (symbol?.kind === "constant") {
    const { type, value } = symbol;
    const narrow = type.kind === "integer" && typeof value === "bigint";
    return constant(narrow ? wrap(value, type) : value, type, span);
  }
  if (name === "NULL") return constant(null, int32, span);
  if (name === "TRUE" || name === "FALSE") return constant(name === "TRUE" ? 1 : 0, int32, span);
  if (symbol !== undefined) context.reporter.report("type-as-value", span, { name });
  else reportUndefined(context, members === undefined ? "undefined-symbol" : "attribute-unresolved", name, span);
  return undefined;
}

function bindUnary(
  context: BindingContext,
  node: UnaryNode,
  members: MemberScope | undefined,
): TypedExpression | undefined {
  const operand = bindExpression(context, node.operand, members);
  if (operand === undefined) return undefined;
  const { span } = node;
  switch (node.operator) {
    case "*": {
      if (isAddress(operand)) return operand.operand;
      const element = elementOf(operand.type);
      const type = integerTypeOf(element, context.settings.environment) ?? element;
      if (type !== undefined) return { kind: "unary", operator: "*", operand, type, span };
      context.reporter.report("dereference-of-non-pointer", span);
      return undefined;
    }
    case "&": {
      const pointee: Type = operand.type.kind === "integer" ? baseType("int32") : operand.type;
      const type: Type = { kind: "pointer", pointer: "ref", pointee, attributes: new Map() };
      return { kind: "unary", operator: "&", operand, type, span };
    }
    case "!":
      return operand.kind === "constant"
        ? constant(truth(operand.value) ? 0 : 1, int32, span)
        : unary("!", operand, int32, span);
    case "+":
    case "-":
    case "~":
      return bindArithmeticUnary(context, node.operator, operand, span);
    default:
      throw new Error(`unknown operator ${node.operator}`);
  }
}

function bindArithmeticUnary(
  context: BindingContext,
  operator: "+" | "-" | "~",
  operand: TypedExpression,
  span: SourceSpan,
): TypedExpression | undefined {
  if (operand.kind === "constant" && typeof operand.value === "number" && stripAlias(operand.type).kind === "base") {
    const { value, type } = operand;
    const float = type.kind === "base" && (type.base === "double" || type.base === "float");
    if (float && operator !== "~") return constant(operator === "-" ? -value : value, type, span);
  }
  const operandType = integerTypeOf(operand.type);
  if (operandType === undefined) {
    context.reporter.report("incompatible-types", span, { operator });
    return undefined;
  }
  const type = promote(operandType);
  const value = operand.kind === "constant" ? integerValue(operand.value) : undefined;
  if (value === undefined) return unary(operator, operand, type, span);
  const result = operator === "-" ? -value : operator === "~" ? ~value : value;
  return constant(wrap(result, type), type, span);
}

function unary(
  operator: UnaryExpression["operator"],
  operand: Expression,
  type: ExpressionType,
  span: SourceSpan,
): UnaryExpression {
  return { kind: "unary", operator, operand, type, span };
}

function bindBinary(
  context: BindingContext,
  node: BinaryNode,
  members: MemberScope | undefined,
): TypedExpression | undefined {
  const cast = castInDisguise(context, node, members);
  if (cast !== undefined) {
    const operand = bindUnary(
      context,
      { kind: "unary", operator: node.operator, operand: node.right, span: node.span },
      members,
    );
    return bindCast(context, cast, operand, node.span);
  }
  const left = bindExpression(context, node.left, members);
  const right = bindExpression(context, node.right, members);
  if (left === undefined || right === undefined) return undefined;
  const operator = binaryOperators.get(node.operator);
  if (operator === undefined) throw new Error(`unknown operator ${node.operator}`);
  const divides = operator === "/" || operator === "%";
  if (divides && right.kind === "constant" && !truth(right.value)) {
    context.reporter.report("division-by-zero", node.right.span);
    return undefined;
  }
  const result = foldFloats(operator, left, right, node.span) ?? arithmetic(operator, left, right, node.span);
  if (result.kind === "name") throw new Error("arithmetic gives a value");
  return result;
}

function foldFloats(
  operator: BinaryOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: SourceSpan,
): ConstantExpression | undefined {
  if (left.kind !== "constant" || right.kind !== "constant") return undefined;
  if (integerTypeOf(left.type) !== undefined && integerTypeOf(right.type) !== undefined) return undefined;
  if (typeof left.value !== "number" || typeof right.value !== "number") return undefined;
  const type = baseType("double");
  switch (operator) {
    case "+":
      return constant(left.value + right.value, type, span);
    case "-":
      return constant(left.value - right.value, type, span);
    case "*":
      return constant(left.value * right.value, type, span);
    case "/":
      return constant(left.value / right.value, type, span);
    default:
      return undefined;
  }
}

const operatorList: readonly BinaryOperator[] = [
  "*",
  "/",
  "%",
  "+",
  "-",
  "<<",
  ">>",
  "<",
  ">",
  "<=",
  ">=",
  "==",
  "!=",
  "&",
  "^",
  "|",
  "&&",
  "||",
];
const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map(
  operatorList.map((operator) => [operator, operator]),
);

/** `(T) - 1` parses as a subtraction; when T is a type it is a cast of `-1`. */
function castInDisguise(
  context: BindingContext,
  node: BinaryNode,
  members: MemberScope | undefined,
): TypeNameNode | undefined {
  const { left } = node;
  if (left.kind !== "name" || !left.parenthesized || !"+-*&".includes(node.operator)) return undefined;
  if (members?.find(left.name) !== undefined || findName(context, left.name, left.span)?.kind !== "typedef")
    return undefined;
  const { name, span } = left;
  return {
    kind: "type-name",
    attributes: [],
    specifiers: { type: { kind: "reference", name, span }, qualifiers: [], span },
    declarator: { name: undefined, derivations: [], bits: undefined, initializer: undefined, span },
    span,
  };
}

function bindCast(
  context: BindingContext,
  typeName: TypeNameNode,
  operand: TypedExpression | undefined,
  span: SourceSpan,
): TypedExpression | undefined {
  const type = bindTypeName(context, typeName);
  if (operand === undefined || type === undefined) return undefined;
  const integer = integerTypeOf(type, context.settings.environment);
  if (operand.kind === "constant") {
    const value = typeof operand.value === "number" ? BigInt(Math.trunc(operand.value)) : integerValue(operand.value);
    if (integer !== undefined && value !== undefined) return constant(wrap(value, integer), integer, span);
    return constant(operand.value, type, span);
  }
  return { kind: "cast", operand, type: integer ?? type, span };
}

function bindMember(
  context: BindingContext,
  node: MemberNode,
  members: MemberScope | undefined,
): TypedExpression | undefined {
  const object = bindExpression(context, node.object, members);
  if (object === undefined) return undefined;
  const target = stripAlias(object.type);
  const struct = target.kind === "pointer" ? stripAlias(target.pointee) : target;
  if (struct.kind !== "struct") {
    context.reporter.report("member-of-non-struct", node.object.span);
    return undefined;
  }
  const member = struct.fields.find((field) => field.name === node.member.text);
  if (member === undefined) {
    reportUndefined(context, "undefined-symbol", node.member.text, node.member.span);
    return undefined;
  }
  const type = integerTypeOf(member.type, context.settings.environment) ?? member.type;
  return { kind: "member", object: isAddress(object) ? object.operand : object, member, type, span: node.span };
}

/** `&value`: to refer to what it points to is to refer to the value. */
function isAddress(expression: Expression): expression is UnaryExpression & { readonly operand: TypedExpression } {
  return expression.kind === "unary" && expression.operator === "&" && expression.operand.kind !== "name";
}

function elementOf(type: ExpressionType): Type | undefined {
  const stripped = stripAlias(type);
  if (stripped.kind === "array") return stripped.element;
  if (stripped.kind !== "pointer") return undefined;
  const pointee = stripAlias(stripped.pointee);
  return pointee.kind === "array" && pointee === stripped.pointee ? pointee.element : stripped.pointee;
}

function conditionalType(whenTrue: ExpressionType, whenFalse: ExpressionType): ExpressionType {
  const [left, right] = [integerTypeOf(whenTrue), integerTypeOf(whenFalse)];
  if (left === undefined) return whenTrue;
  if (right === undefined) return whenFalse;
  const [a, b] = [promote(left), promote(right)];
  return a.bits > b.bits || (a.bits === b.bits && !a.signed) ? a : b;
}
