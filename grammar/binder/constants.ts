/** Constants: their types, their values, and what C makes of a value that does not fit. */
import type { DeclarationNode, DeclaratorNode } from "../ast.ts";
import type { AliasType, ConstantValue, ExpressionType, Type } from "../model.ts";
import type { BindingContext } from "./context.ts";
import { bindExpression } from "./expressions.ts";
import { integerTypeOf, integerValue, stripAliases, wrap } from "./fold.ts";
import type { RawType } from "./raw-type.ts";
import { bindDeclarator, place } from "./types.ts";

/** Binds `const long X = 10;`, one declarator of it. */
export function bindConstant(
  context: BindingContext,
  node: DeclarationNode,
  declarator: DeclaratorNode,
  base: RawType,
): void {
  const { name, initializer } = declarator;
  if (name === undefined || initializer === undefined) return;
  if (!node.specifiers.qualifiers.includes("const"))
    context.reporter.report("const-missing", node.specifiers.span, { name: name.text });
  const type = place(context, pointerFor(bindDeclarator(context, base, declarator, node.specifiers)));
  if (!mayBeConstant(type)) {
    context.reporter.report("constant-type", node.specifiers.span, { name: name.text });
    return;
  }
  const expression = bindExpression(context, initializer, undefined);
  if (expression === undefined) {
    const { file } = context;
    context.scope.declareName({ kind: "constant", name: name.text, value: 0, type, file, span: name.span });
    return;
  }
  if (expression.kind !== "constant") {
    context.reporter.report("initializer-not-constant", initializer.span, { name: name.text });
    return;
  }
  if (!fits(expression.value, type)) context.reporter.report("illegal-constant", initializer.span, { name: name.text });
  const value = convert(expression.value, type, context.settings.environment);
  if (value === undefined) {
    context.reporter.report("initializer-mismatch", initializer.span, { name: name.text });
    return;
  }
  const known = context.scope.name(name.text);
  const { file } = context;
  if (known?.file === file) {
    if (known.kind !== "constant") context.reporter.report("redefinition", name.span, { name: name.text });
    else if (known.value !== value) context.reporter.report("constant-again", name.span, { name: name.text });
    return;
  }
  const expressionType: ExpressionType = integerTypeOf(type, context.settings.environment) ?? type;
  context.scope.declareName({ kind: "constant", name: name.text, value, type: expressionType, file, span: name.span });
  file.declarations.push({
    kind: "constant",
    name: name.text,
    type,
    value,
    documentation: node.documentation,
    span: name.span,
  });
}

/** `const WCHAR NAME[] = L"..."` is a pointer to its text, as `const WCHAR *NAME` is. */
function pointerFor(raw: RawType): RawType {
  return raw.kind === "array" ? { kind: "pointer", pointee: raw.element } : raw;
}

/** Numbers, characters, Booleans, members of enums, strings and NULL. */
function mayBeConstant(type: Type): boolean {
  const target = stripAliases(type);
  if (target.kind === "pointer") return true;
  return target.kind === "enum" || target.kind === "base";
}

/** Whether a whole number has as many bits as its type; `const long X = 0x80000000` is meant as bits. */
function fits(value: ConstantValue, type: Type): boolean {
  const integer = integerTypeOf(type);
  const whole = integerValue(value);
  if (integer === undefined || whole === undefined || value === null) return true;
  return whole >= -(1n << BigInt(integer.bits - 1)) && whole < 1n << BigInt(integer.bits);
}

/** A constant brought into the range of the declared type; undefined when it is of another kind. */
function convert(value: ConstantValue, type: Type, environment: "win32" | "win64"): ConstantValue | undefined {
  const stripped: Exclude<Type, AliasType> = stripAliases(type);
  const integer = integerTypeOf(stripped);
  if (environment === "win32" && stripped.kind === "base" && stripped.base.endsWith("int3264")) {
    const whole = value === null ? undefined : integerValue(value);
    if (whole === undefined) return undefined;
    return stripped.base === "int3264" ? BigInt.asIntN(32, whole) : BigInt.asUintN(32, whole);
  }
  if (integer !== undefined) {
    const whole = integerValue(value);
    if (whole === undefined || value === null) return undefined;
    if (stripped.kind === "base" && stripped.base === "boolean") return whole !== 0n;
    return wrap(whole, integer);
  }
  if (stripped.kind === "base")
    return typeof value === "number"
      ? value
      : integerValue(value) === undefined
        ? undefined
        : Number(integerValue(value));
  if (stripped.kind === "pointer")
    return typeof value === "string" || value === null || integerValue(value) !== undefined ? value : undefined;
  return undefined;
}
