import type { Expression, ExpressionType, Field, MemberExpression, Parameter, Type } from "../../grammar/index.ts";
import { memberName } from "./names.ts";
import { isWide, narrowedText, wideComparison, wideText } from "./wide-expressions.ts";

/** What a field or parameter is called where the expression is printed. */
export type Resolve = (target: Field | Parameter) => string;

/** A size, length or switch expression as a TypeScript expression of type number. */
export function numberText(expression: Expression, resolve: Resolve): string {
  switch (expression.kind) {
    case "constant":
      return constantText(expression.value);
    case "reference":
      return scalarText(resolve(expression.target), expression.target.type);
    case "member":
      return scalarText(memberText(expression, resolve), expression.member.type);
    case "unary":
      if (isWide(expression) && expression.operator !== "*") return `Number(${wideText(expression, resolve)})`;
      return unaryText(expression.operator, expression.operand, resolve);
    case "binary":
      if (isBoolean(expression)) return `Number(${conditionText(expression, resolve)})`;
      return isWide(expression) ? `Number(${wideText(expression, resolve)})` : arithmeticText(expression, resolve);
    case "conditional":
      return `(${conditionText(expression.condition, resolve)} ? ${numberText(expression.whenTrue, resolve)} : ${numberText(expression.whenFalse, resolve)})`;
    case "cast":
      if (isWide(expression)) return `Number(${wideText(expression, resolve)})`;
      if (isWide(expression.operand)) return narrowedText(expression, resolve);
      return castText(numberText(expression.operand, resolve), expression.type);
    case "name":
      throw new Error(`the name ${expression.name} is no value`);
    default:
      return assertNever(expression);
  }
}

/** An expression as a condition. */
export function conditionText(expression: Expression, resolve: Resolve): string {
  if (expression.kind === "binary" && isBoolean(expression)) {
    const { operator, left, right } = expression;
    if (operator === "&&" || operator === "||")
      return `(${conditionText(left, resolve)} ${operator} ${conditionText(right, resolve)})`;
    const symbol = operator === "==" ? "===" : operator === "!=" ? "!==" : operator;
    const tested = isNull(right) ? pointerText(left, resolve) : isNull(left) ? pointerText(right, resolve) : undefined;
    if (tested !== undefined) return `${tested} ${symbol} null`;
    if (isWide(left) || isWide(right)) return wideComparison(expression, symbol, resolve);
    return `${numberText(left, resolve)} ${symbol} ${numberText(right, resolve)}`;
  }
  if (expression.kind === "unary" && expression.operator === "!")
    return `!(${conditionText(expression.operand, resolve)})`;
  const pointer = pointerText(expression, resolve);
  if (pointer !== undefined) return `${pointer} !== null`;
  return `${numberText(expression, resolve)} !== 0`;
}

/** Fields and parameters that an expression reads. */
export function references(expression: Expression): readonly (Field | Parameter)[] {
  switch (expression.kind) {
    case "reference":
      return [expression.target];
    case "member":
      return references(expression.object);
    case "unary":
    case "cast":
      return references(expression.operand);
    case "binary":
      return [...references(expression.left), ...references(expression.right)];
    case "conditional":
      return [
        ...references(expression.condition),
        ...references(expression.whenTrue),
        ...references(expression.whenFalse),
      ];
    case "constant":
    case "name":
      return [];
    default:
      return assertNever(expression);
  }
}

/** Whether an expression reads a member of something, which may not be there. */
export function readsMembers(expression: Expression): boolean {
  switch (expression.kind) {
    case "member":
      return true;
    case "unary":
    case "cast":
      return readsMembers(expression.operand);
    case "binary":
      return readsMembers(expression.left) || readsMembers(expression.right);
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse].some(readsMembers);
    case "constant":
    case "name":
    case "reference":
      return false;
    default:
      return assertNever(expression);
  }
}

/** The field or parameter when the expression is nothing but it, or `*` of it. */
export function plainReference(expression: Expression | undefined): Field | Parameter | undefined {
  if (expression?.kind === "reference") return expression.target;
  if (expression?.kind === "unary" && expression.operator === "*") return plainReference(expression.operand);
  return undefined;
}

type Binary = Extract<Expression, { kind: "binary" }>;

function isBoolean(expression: Binary): boolean {
  return ["<", ">", "<=", ">=", "==", "!=", "&&", "||"].includes(expression.operator);
}

function arithmeticText(expression: Binary, resolve: Resolve): string {
  const left = numberText(expression.left, resolve);
  const right = numberText(expression.right, resolve);
  switch (expression.operator) {
    case "/":
      return `Math.trunc(${left} / ${right})`;
    case ">>":
      return `(${left} ${isUnsigned(expression.left) ? ">>>" : ">>"} ${right})`;
    case "&":
    case "|":
    case "^":
    case "<<":
      return isUnsigned(expression)
        ? `((${left} ${expression.operator} ${right}) >>> 0)`
        : `(${left} ${expression.operator} ${right})`;
    default:
      return `(${left} ${expression.operator} ${right})`;
  }
}

function unaryText(operator: "+" | "-" | "~" | "!" | "*" | "&", operand: Expression, resolve: Resolve): string {
  switch (operator) {
    case "*":
      return numberText(operand, resolve);
    case "+":
      return numberText(operand, resolve);
    case "!":
      return `Number(!(${conditionText(operand, resolve)}))`;
    case "-":
    case "~":
      return `${operator}${numberText(operand, resolve)}`;
    case "&":
      throw new Error("an address in a size expression");
    default:
      return assertNever(operator);
  }
}

function castText(operand: string, type: ExpressionType): string {
  if (type.kind !== "integer") return operand;
  if (type.bits === 32) return type.signed ? `(${operand} | 0)` : `(${operand} >>> 0)`;
  return type.signed
    ? `((${operand} << ${32 - type.bits}) >> ${32 - type.bits})`
    : `(${operand} & ${2 ** type.bits - 1})`;
}

function constantText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value === null) return "0";
  throw new Error("a string in a size expression");
}

/** A value as a number: 64-bit values and booleans are converted, a null pointer counts as 0. */
function scalarText(text: string, type: Type): string {
  let current = type;
  let nullable = false;
  for (;;) {
    if (current.kind === "alias") current = current.target;
    else if (current.kind === "pointer") {
      nullable ||= current.pointer !== "ref";
      current = current.pointee;
    } else break;
  }
  const value = nullable ? `(${text} ?? 0)` : text;
  if (current.kind !== "base") return value;
  return ["boolean", "int64", "uint64", "int3264", "uint3264"].includes(current.base) ? `Number(${value})` : value;
}

/** `object.member` as TypeScript. */
export function memberText({ object, member }: MemberExpression, resolve: Resolve): string {
  return `${objectText(object, resolve)}.${memberName(member.name)}`;
}

function objectText(expression: Expression, resolve: Resolve): string {
  if (expression.kind === "reference") return resolve(expression.target);
  if (expression.kind === "member") return memberText(expression, resolve);
  if (expression.kind === "unary" && expression.operator === "*") return objectText(expression.operand, resolve);
  if (expression.kind === "conditional") {
    const { condition, whenTrue, whenFalse } = expression;
    return `(${conditionText(condition, resolve)} ? ${objectText(whenTrue, resolve)} : ${objectText(whenFalse, resolve)})`;
  }
  throw new Error("a member of something that is no field or parameter");
}

/** A pointer, to be tested; undefined for other expressions. */
function pointerText(expression: Expression, resolve: Resolve): string | undefined {
  const { kind } = expression;
  if (kind === "unary" && expression.operator === "*" && isPointer(expression.type))
    return pointerText(expression.operand, resolve);
  if (kind === "reference" && isPointer(expression.target.type)) return resolve(expression.target);
  return kind === "member" && isPointer(expression.member.type) ? memberText(expression, resolve) : undefined;
}

function isPointer(type: ExpressionType): boolean {
  return type.kind === "alias" ? isPointer(type.target) : type.kind === "pointer";
}

function isNull(expression: Expression): boolean {
  return expression.kind === "constant" && (expression.value === null || expression.value === 0);
}

function isUnsigned(expression: Expression): boolean {
  return expression.kind !== "name" && expression.type.kind === "integer" && !expression.type.signed;
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
