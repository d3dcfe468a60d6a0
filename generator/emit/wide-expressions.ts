/** Expressions of 64 bits, which JavaScript computes as bigint: hyper, and __int3264 where pointers have 64 bits. */
import type { BinaryExpression, CastExpression, Expression, Type, UnaryExpression } from "../../grammar/index.ts";
import { conditionText, memberText, numberText, type Resolve } from "./expressions.ts";

/** Whether C computes an expression in 64 bits. */
export function isWide(expression: Expression): boolean {
  return integerOf(expression)?.bits === 64;
}

/** An expression as a TypeScript expression of type bigint, with the value that C gives it. */
export function wideText(expression: Expression, resolve: Resolve): string {
  if (expression.kind === "constant") return constantText(expression.value);
  if (!isWide(expression)) return `BigInt(${numberText(expression, resolve)})`;
  switch (expression.kind) {
    case "reference":
      return scalarText(resolve(expression.target), expression.target.type);
    case "member":
      return scalarText(memberText(expression, resolve), expression.member.type);
    case "unary":
      return unaryText(expression, resolve);
    case "binary":
      return binaryText(expression, resolve);
    case "conditional": {
      const [whenTrue, whenFalse] = [expression.whenTrue, expression.whenFalse].map((each) => wideText(each, resolve));
      return `(${conditionText(expression.condition, resolve)} ? ${whenTrue} : ${whenFalse})`;
    }
    case "cast":
      return wrapped(wideText(expression.operand, resolve), expression);
    case "name":
      throw new Error(`the name ${expression.name} is no value`);
    default:
      return expression satisfies never;
  }
}

/** A cast from 64 bits to fewer, of type number. */
export function narrowedText(expression: CastExpression, resolve: Resolve): string {
  return `Number(${wrapped(wideText(expression.operand, resolve), expression)})`;
}

/** A comparison in 64 bits. */
export function wideComparison({ left, right }: BinaryExpression, operator: string, resolve: Resolve): string {
  const signed = isSigned(left) && isSigned(right);
  return `${operandText(left, signed, resolve)} ${operator} ${operandText(right, signed, resolve)}`;
}

function unaryText(expression: UnaryExpression, resolve: Resolve): string {
  const { operator, operand } = expression;
  switch (operator) {
    case "*":
      return operand.kind === "reference"
        ? scalarText(resolve(operand.target), operand.target.type)
        : operand.kind === "member"
          ? scalarText(memberText(operand, resolve), operand.member.type)
          : wideText(operand, resolve);
    case "+":
      return wideText(operand, resolve);
    case "-":
    case "~":
      return wrapped(`${operator}${wideText(operand, resolve)}`, expression);
    case "!":
    case "&":
      throw new Error(`the operator ${operator} in 64 bits`);
    default:
      return operator satisfies never;
  }
}

function binaryText(expression: BinaryExpression, resolve: Resolve): string {
  const { operator, left, right } = expression;
  const signed = isSigned(expression);
  const first = operandText(left, signed, resolve);
  const second = operandText(right, signed, resolve);
  switch (operator) {
    case "/":
    case "%":
      return right.kind === "constant"
        ? `(${first} ${operator} ${second})`
        : `(${first} ${operator} (${second} || 1n))`;
    case "<<":
      return wrapped(`(${first} << (${second} & 63n))`, expression);
    case ">>":
      return `(${first} >> (${second} & 63n))`;
    case "&":
    case "|":
    case "^":
      return `(${first} ${operator} ${second})`;
    default:
      return wrapped(`(${first} ${operator} ${second})`, expression);
  }
}

/** An operand after the usual arithmetic conversions. */
function operandText(operand: Expression, signed: boolean, resolve: Resolve): string {
  const text = wideText(operand, resolve);
  return signed || !isSigned(operand) || operand.kind === "constant" ? text : `BigInt.asUintN(64, ${text})`;
}

function wrapped(text: string, expression: Expression): string {
  const integer = integerOf(expression);
  if (integer === undefined) return text;
  return `BigInt.${integer.signed ? "asIntN" : "asUintN"}(${integer.bits.toString()}, ${text})`;
}

function isSigned(expression: Expression): boolean {
  return integerOf(expression)?.signed !== false;
}

function integerOf(expression: Expression): { readonly bits: number; readonly signed: boolean } | undefined {
  return expression.kind !== "name" && expression.type.kind === "integer" ? expression.type : undefined;
}

function constantText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return `${value.toString()}n`;
  if (typeof value === "boolean") return value ? "1n" : "0n";
  if (value === null) return "0n";
  throw new Error("a string in a size expression");
}

function scalarText(text: string, type: Type): string {
  if (type.kind === "alias") return scalarText(text, type.target);
  return type.kind === "pointer" && type.pointer !== "ref" ? `(${text} ?? 0n)` : text;
}
