/** The expressions of `#if` and `#elif` (C90 6.8.1): 64-bit integers, names that are no macros are 0. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import * as types from "../lexer/token-types.ts";
import { binaryPrecedence } from "../lexer/precedence.ts";
import { parseCharacterLiteral, parseIntegerLiteral } from "../lexer/literals.ts";
import type { SourceSpan } from "../source.ts";

/** How deep parentheses and prefix operators may nest. */
const nestingLimit = 200;

/** Whether the condition holds; a mistake in it is reported and counts as false. */
export function evaluateCondition(tokens: readonly IdlToken[], directive: SourceSpan, reporter: Reporter): boolean {
  const evaluator = new ConditionEvaluator(tokens);
  const value = evaluator.conditional(0);
  if (value !== undefined && evaluator.atEnd) return value !== 0n;
  reporter.report("condition-malformed", evaluator.current?.span ?? directive);
  return false;
}

class ConditionEvaluator {
  readonly #tokens: readonly IdlToken[];
  #index = 0;

  constructor(tokens: readonly IdlToken[]) {
    this.#tokens = tokens;
  }

  get current(): IdlToken | undefined {
    return this.#tokens[this.#index];
  }

  get atEnd(): boolean {
    return this.#index >= this.#tokens.length;
  }

  conditional(depth: number): bigint | undefined {
    const condition = this.#binary(0, depth);
    if (condition === undefined || !this.#accept("?")) return condition;
    const whenTrue = depth < nestingLimit ? this.conditional(depth + 1) : undefined;
    if (whenTrue === undefined || !this.#accept(":")) return undefined;
    const whenFalse = this.conditional(depth + 1);
    if (whenFalse === undefined) return undefined;
    return condition === 0n ? whenFalse : whenTrue;
  }

  #binary(minimum: number, depth: number): bigint | undefined {
    let left = this.#unary(depth);
    for (;;) {
      const operator = this.current?.image ?? "";
      const precedence = binaryPrecedence.get(operator) ?? -1;
      if (left === undefined || precedence < 0 || precedence < minimum) return left;
      this.#index++;
      const right = this.#binary(precedence + 1, depth);
      if (right === undefined) return undefined;
      left = apply(operator, left, right);
    }
  }

  #unary(depth: number): bigint | undefined {
    const token = this.current;
    if (token === undefined || depth > nestingLimit) return undefined;
    this.#index++;
    switch (token.tokenType) {
      case types.LeftParenthesis: {
        const value = this.conditional(depth + 1);
        return this.#accept(")") ? value : undefined;
      }
      case types.Exclamation:
        return mapped(this.#unary(depth + 1), (value) => (value === 0n ? 1n : 0n));
      case types.Minus:
        return mapped(this.#unary(depth + 1), (value) => BigInt.asIntN(64, -value));
      case types.Plus:
        return this.#unary(depth + 1);
      case types.Tilde:
        return mapped(this.#unary(depth + 1), (value) => ~value);
      case types.NumberLiteral:
        return parseIntegerLiteral(token.image)?.value;
      case types.CharacterLiteral:
        return mapped(parseCharacterLiteral(token.image), BigInt);
      case types.Identifier:
        return 0n;
      default:
        this.#index--;
        return undefined;
    }
  }

  #accept(image: string): boolean {
    if (this.current?.image !== image) return false;
    this.#index++;
    return true;
  }
}

function mapped<From>(value: From | undefined, map: (value: From) => bigint): bigint | undefined {
  return value === undefined ? undefined : map(value);
}

function apply(operator: string, left: bigint, right: bigint): bigint | undefined {
  const truth = (value: boolean): bigint => (value ? 1n : 0n);
  switch (operator) {
    case "||":
      return truth(left !== 0n || right !== 0n);
    case "&&":
      return truth(left !== 0n && right !== 0n);
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "&":
      return left & right;
    case "==":
      return truth(left === right);
    case "!=":
      return truth(left !== right);
    case "<":
      return truth(left < right);
    case ">":
      return truth(left > right);
    case "<=":
      return truth(left <= right);
    case ">=":
      return truth(left >= right);
    case "<<":
      return BigInt.asIntN(64, left << (right & 63n));
    case ">>":
      return left >> (right & 63n);
    case "+":
      return BigInt.asIntN(64, left + right);
    case "-":
      return BigInt.asIntN(64, left - right);
    case "*":
      return BigInt.asIntN(64, left * right);
    case "/":
      return right === 0n ? undefined : BigInt.asIntN(64, left / right);
    case "%":
      return right === 0n ? undefined : left % right;
    default:
      return undefined;
  }
}
