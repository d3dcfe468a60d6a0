import { integerTypeOf } from "../binder/fold.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { BinaryExpression, CastExpression, Expression, Type } from "../model.ts";
import { behindNames, memberName, sizeExpressions, type Member } from "./member.ts";

/**
 * Sizes, lengths and discriminants are conditional, logical, relational and arithmetic expressions (MIDL "size_is", "switch_is") over
 * integers: no string, structure, pointer or floating point number is calculated with (MIDL2059, in a discriminant MIDL2174). A pointer is
 * tested or dereferenced; addresses and elements of arrays are not implemented (MIDL2037).
 */
export function attributeExpressionIsArithmetic(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const { sizes, lengths } = sizeExpressions(member.type);
  const name = memberName(member);
  for (const expression of [...sizes, ...lengths]) report(expression, "attribute-not-integral");
  if (member.switchIs !== undefined) report(member.switchIs, "attribute-not-variable");

  /** An expression that is no integer as a whole has its message already. */
  function report(expression: Expression, notInteger: "attribute-not-integral" | "attribute-not-variable"): void {
    if (!isInteger(expression)) return;
    const fault = inNumber(expression);
    if (fault === undefined) return;
    reporter.report(fault.isValue ? notInteger : "expression-not-implemented", fault.expression.span, { name });
  }
}

/** Whether a size, length or discriminant is an integer that can be calculated. */
export function isCalculable(expression: Expression): boolean {
  return isInteger(expression) && inNumber(expression) === undefined;
}

/** What is wrong: a value that is no integer, or an expression that is not there to be evaluated. */
interface Fault {
  readonly expression: Expression;
  readonly isValue: boolean;
}

/** What is wrong with an expression of which the value is taken as an integer. */
function inNumber(expression: Expression): Fault | undefined {
  switch (expression.kind) {
    case "constant":
      return typeof expression.value === "string" || isFloat(expression) ? value(expression) : undefined;
    case "reference":
    case "member":
      return inPlace(expression) ?? (isInteger(expression) ? undefined : value(expression));
    case "unary":
      if (expression.operator === "!") return inTest(expression.operand);
      if (expression.operator === "*" || expression.operator === "&")
        return inPlace(expression) ?? (isInteger(expression) ? undefined : value(expression));
      return inNumber(expression.operand);
    case "binary":
      return inBinary(expression);
    case "conditional":
      return inTest(expression.condition) ?? inNumber(expression.whenTrue) ?? inNumber(expression.whenFalse);
    case "cast":
      return inCast(expression);
    case "name":
      return undefined;
    default:
      return expression satisfies never;
  }
}

function inBinary({ operator, left, right }: BinaryExpression): Fault | undefined {
  switch (operator) {
    case "&&":
    case "||":
      return inTest(left) ?? inTest(right);
    case "==":
    case "!=":
      if (isNull(right) && isPointer(left)) return inPlace(left);
      if (isNull(left) && isPointer(right)) return inPlace(right);
      return inComparison(left) ?? inComparison(right);
    case "<":
    case ">":
    case "<=":
    case ">=":
      return inComparison(left) ?? inComparison(right);
    default:
      return inNumber(left) ?? inNumber(right);
  }
}

/** Floating point numbers compare like integers. */
function inComparison(expression: Expression): Fault | undefined {
  if (isFloat(expression)) return expression.kind === "constant" ? undefined : inPlace(expression);
  return isPointer(expression) && !isText(expression) ? notImplemented(expression) : inNumber(expression);
}

/** What is compared with 0 may be a pointer. */
function inTest(expression: Expression): Fault | undefined {
  return isPointer(expression) && !isText(expression) ? inPlace(expression) : inComparison(expression);
}

/** C cuts a floating point number off. */
function inCast(expression: CastExpression): Fault | undefined {
  const { operand } = expression;
  const integer = integerTypeOf(expression.type);
  if (integer === undefined) return isPointer(expression) ? notImplemented(expression) : value(expression);
  if (isFloat(operand) && integer.bits < 64) return inPlace(operand);
  return isPointer(operand) && !isText(operand) ? notImplemented(operand) : inNumber(operand);
}

/** What is wrong with something that is in storage: a field, a parameter, a member of either or what a pointer there refers to. */
function inPlace(expression: Expression): Fault | undefined {
  switch (expression.kind) {
    case "reference":
      return undefined;
    case "member":
      return inPlace(expression.object);
    case "conditional":
      return inTest(expression.condition) ?? inPlace(expression.whenTrue) ?? inPlace(expression.whenFalse);
    case "unary":
      if (expression.operator !== "*") return notImplemented(expression);
      return inPlace(expression.operand) ?? (isElement(expression.operand) ? notImplemented(expression) : undefined);
    default:
      return isText(expression) ? value(expression) : notImplemented(expression);
  }
}

function value(expression: Expression): Fault {
  return { expression, isValue: true };
}

function notImplemented(expression: Expression): Fault {
  return { expression, isValue: false };
}

/** Whether what an expression refers to is the first of several. */
function isElement(expression: Expression): boolean {
  const type = typeOf(expression);
  return type?.kind !== "pointer" || behindNames(type.pointee).kind === "array";
}

function isInteger(expression: Expression): boolean {
  return expression.kind !== "name" && integerTypeOf(expression.type) !== undefined;
}

function isFloat(expression: Expression): boolean {
  const type = typeOf(expression);
  return type?.kind === "base" && (type.base === "float" || type.base === "double");
}

function isPointer(expression: Expression): boolean {
  const kind = typeOf(expression)?.kind;
  return kind === "pointer" || kind === "array";
}

function isText(expression: Expression): boolean {
  return expression.kind === "constant" && typeof expression.value === "string";
}

function isNull(expression: Expression): boolean {
  return expression.kind === "constant" && (expression.value === null || expression.value === 0);
}

/** The type behind names; undefined for integers. */
function typeOf(expression: Expression): Exclude<Type, { readonly kind: "alias" }> | undefined {
  if (expression.kind === "name" || expression.type.kind === "integer") return undefined;
  return behindNames(expression.type);
}
