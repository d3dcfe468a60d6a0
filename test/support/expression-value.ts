/** What size, length and switch expressions come to for given values: C's integer arithmetic, worked out apart from the generator. */
import { memberName } from "../../generator/emit/names.ts";
import type { Expression, ExpressionType, Field, Parameter, Type } from "../../grammar/index.ts";
import { property } from "./property.ts";

/** A field or a parameter. */
export type Member = Field | Parameter;

/** Values of the fields of a struct, or of the parameters of an operation. */
export type Scope = ReadonlyMap<Member, unknown>;

/**
 * The value of an integer expression.
 *
 * @throws Error when it reads a value that is not there
 */
export function expressionValue(expression: Expression, scope: Scope): number {
  return Number(evaluate(expression, scope));
}

/** Fields and parameters that an expression reads: those it names, and members of them. */
export function membersRead(expression: Expression | undefined): readonly Member[] {
  switch (expression?.kind) {
    case "reference":
      return [expression.target];
    case "member":
      return [...membersRead(expression.object), expression.member];
    case "unary":
    case "cast":
      return membersRead(expression.operand);
    case "binary":
      return [...membersRead(expression.left), ...membersRead(expression.right)];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse].flatMap(membersRead);
    case "constant":
    case "name":
    case undefined:
      return [];
  }
}

function evaluate(expression: Expression, scope: Scope): bigint {
  switch (expression.kind) {
    case "constant":
      return integer(expression.value);
    case "reference":
    case "member":
      return integer(stored(expression, scope));
    case "unary":
      return wrapped(unary(expression, scope), expression.type);
    case "binary":
      return wrapped(binary(expression, scope), expression.type);
    case "conditional":
      return evaluate(isTrue(expression.condition, scope) ? expression.whenTrue : expression.whenFalse, scope);
    case "cast":
      return wrapped(evaluate(expression.operand, scope), expression.type);
    case "name":
      throw new Error(`${expression.name} is no value`);
  }
}

/** The value that a name, a member or `*` of one stands for. */
function stored(expression: Expression, scope: Scope): unknown {
  if (expression.kind === "reference") {
    if (!scope.has(expression.target)) throw new Error(`no value of ${expression.target.name}`);
    return scope.get(expression.target);
  }
  if (expression.kind === "member") {
    const owner = stored(expression.object, scope);
    const name = memberName(expression.member.name);
    if (typeof owner !== "object" || owner === null || !(name in owner)) throw new Error(`no member ${name}`);
    return property(owner, name);
  }
  if (expression.kind === "unary" && expression.operator === "*") {
    const value = stored(expression.operand, scope);
    return typeof value === "object" && value !== null && "value" in value ? value.value : value;
  }
  throw new Error(`a ${expression.kind} is not stored`);
}

function unary(expression: Extract<Expression, { kind: "unary" }>, scope: Scope): bigint {
  const { operator, operand } = expression;
  switch (operator) {
    case "*":
      return integer(stored(expression, scope));
    case "+":
      return evaluate(operand, scope);
    case "-":
      return -evaluate(operand, scope);
    case "~":
      return ~evaluate(operand, scope);
    case "!":
      return isTrue(operand, scope) ? 0n : 1n;
    case "&":
      throw new Error("an address is no number");
  }
}

function binary({ operator, left, right }: Extract<Expression, { kind: "binary" }>, scope: Scope): bigint {
  if (operator === "&&") return isTrue(left, scope) && isTrue(right, scope) ? 1n : 0n;
  if (operator === "||") return isTrue(left, scope) || isTrue(right, scope) ? 1n : 0n;
  const [first, second] = [evaluate(left, scope), evaluate(right, scope)];
  switch (operator) {
    case "*":
      return first * second;
    case "/":
      return first / second;
    case "%":
      return first % second;
    case "+":
      return first + second;
    case "-":
      return first - second;
    case "<<":
      return first << second;
    case ">>":
      return first >> second;
    case "&":
      return first & second;
    case "^":
      return first ^ second;
    case "|":
      return first | second;
    default:
      return holds(operator, first, second) ? 1n : 0n;
  }
}

function holds(operator: "<" | ">" | "<=" | ">=" | "==" | "!=", first: bigint, second: bigint): boolean {
  switch (operator) {
    case "<":
      return first < second;
    case ">":
      return first > second;
    case "<=":
      return first <= second;
    case ">=":
      return first >= second;
    case "==":
      return first === second;
    case "!=":
      return first !== second;
  }
}

function isTrue(expression: Expression, scope: Scope): boolean {
  const isStored = expression.kind === "reference" || expression.kind === "member";
  if (isStored && isPointer(expression.type)) return stored(expression, scope) !== null;
  return evaluate(expression, scope) !== 0n;
}

function isPointer(type: ExpressionType): boolean {
  return type.kind === "alias" ? isPointer(type.target) : type.kind === "pointer";
}

function wrapped(value: bigint, type: ExpressionType): bigint {
  if (type.kind !== "integer") return value;
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}

function integer(value: unknown): bigint {
  if (value === null) return 0n;
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return BigInt(value);
  throw new Error(`${typeof value} where a number is wanted`);
}

/** The type that a typedef stands for in the end. */
export function resolved(type: Type): Exclude<Type, { kind: "alias" }> {
  return type.kind === "alias" ? resolved(type.target) : type;
}
