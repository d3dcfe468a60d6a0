/** Integer types and constant folding with C's conversions (C90 6.2.1 and 6.3; `long` has 32 bits). */
import type { BinaryOperator, ConstantValue, Expression, ExpressionType, Type } from "../model.ts";
import type { SourceSpan } from "../source.ts";

/** An integer type of C. */
export interface IntegerType {
  readonly kind: "integer";
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

/** `int` and `long`. */
export const int32: IntegerType = { kind: "integer", bits: 32, signed: true };
/** `unsigned long`, and the type of `sizeof`. */
export const uint32: IntegerType = { kind: "integer", bits: 32, signed: false };

/**
 * The C integer type that a type has in an expression; undefined when it is no integer. `__int3264` is as wide as a pointer of the
 * environment; bound expressions have their width already.
 */
export function integerTypeOf(
  type: ExpressionType | undefined,
  environment: "win32" | "win64" = "win64",
): IntegerType | undefined {
  if (type === undefined) return undefined;
  switch (type.kind) {
    case "integer":
      return type;
    case "alias":
      return integerTypeOf(type.target, environment);
    case "enum":
      return int32;
    case "base":
      return (environment === "win32" ? narrowIntegers : baseIntegers)[type.base];
    default:
      return undefined;
  }
}

const integer = (bits: IntegerType["bits"], signed: boolean): IntegerType => ({ kind: "integer", bits, signed });

const baseIntegers: Readonly<Record<string, IntegerType>> = {
  boolean: integer(8, false),
  byte: integer(8, false),
  char: integer(8, false),
  wchar_t: integer(16, false),
  int8: integer(8, true),
  uint8: integer(8, false),
  int16: integer(16, true),
  uint16: integer(16, false),
  int32,
  uint32,
  int64: integer(64, true),
  uint64: integer(64, false),
  int3264: integer(64, true),
  uint3264: integer(64, false),
  error_status_t: uint32,
};
const narrowIntegers: typeof baseIntegers = { ...baseIntegers, int3264: int32, uint3264: uint32 };

/** The type behind aliases. */
export function stripAlias(type: ExpressionType): Exclude<ExpressionType, { readonly kind: "alias" }> {
  let current = type;
  while (current.kind === "alias") current = current.target;
  return current;
}

/** The type behind aliases, of a type of the model. */
export function stripAliases(type: Type): Exclude<Type, { readonly kind: "alias" }> {
  let current = type;
  while (current.kind === "alias") current = current.target;
  return current;
}

/** Integral promotion (C90 6.2.1.1). */
export function promote(type: IntegerType): IntegerType {
  return type.bits < 32 ? int32 : type;
}

/** The usual arithmetic conversions (C90 6.2.1.5). */
export function commonType(left: IntegerType, right: IntegerType): IntegerType {
  const [a, b] = [promote(left), promote(right)];
  if (a.bits !== b.bits) return a.bits > b.bits ? a : b;
  return a.signed ? b : a;
}

/** A value brought into the range of a type: a number up to 32 bits, a bigint beyond. */
export function wrap(value: bigint, type: IntegerType): number | bigint {
  const wrapped = type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
  return type.bits <= 32 ? Number(wrapped) : wrapped;
}

/** An integer constant as bigint; undefined for other constants. */
export function integerValue(value: ConstantValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (value === null) return 0n;
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : undefined;
}

const comparisons: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  "<",
  ">",
  "<=",
  ">=",
  "==",
  "!=",
  "&&",
  "||",
]);

/** A binary expression over integers, folded when both sides are constant. Division by zero stays unfolded. */
export function arithmetic(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  span: SourceSpan,
): Expression {
  const leftType = left.kind === "name" ? int32 : (integerTypeOf(left.type) ?? int32);
  const rightType = right.kind === "name" ? int32 : (integerTypeOf(right.type) ?? int32);
  const shift = operator === "<<" || operator === ">>";
  const operandType = shift ? promote(leftType) : commonType(leftType, rightType);
  const type = comparisons.has(operator) ? int32 : operandType;
  if (left.kind === "constant" && right.kind === "constant") {
    const a = integerValue(left.value);
    const b = integerValue(right.value);
    if (a !== undefined && b !== undefined) {
      const [x, y] = [BigInt(wrap(a, operandType)), shift ? b : BigInt(wrap(b, operandType))];
      const value = compute(operator, x, y, operandType.bits);
      if (value !== undefined) return { kind: "constant", value: wrap(value, type), type, span };
    }
  }
  return { kind: "binary", operator, left, right, type, span };
}

function compute(operator: BinaryOperator, a: bigint, b: bigint, bits: number): bigint | undefined {
  const truth = (value: boolean): bigint => (value ? 1n : 0n);
  switch (operator) {
    case "*":
      return a * b;
    case "/":
      return b === 0n ? undefined : a / b;
    case "%":
      return b === 0n ? undefined : a % b;
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "<<":
      return a << (b & BigInt(bits - 1));
    case ">>":
      return a >> (b & BigInt(bits - 1));
    case "<":
      return truth(a < b);
    case ">":
      return truth(a > b);
    case "<=":
      return truth(a <= b);
    case ">=":
      return truth(a >= b);
    case "==":
      return truth(a === b);
    case "!=":
      return truth(a !== b);
    case "&":
      return a & b;
    case "^":
      return a ^ b;
    case "|":
      return a | b;
    case "&&":
      return truth(a !== 0n && b !== 0n);
    case "||":
      return truth(a !== 0n || b !== 0n);
    default:
      return operator satisfies never;
  }
}
