/** Unions and their arms. */
import type { AttributeNode, MemberDeclarationNode, UnionNode } from "../ast.ts";
import type { Arm, ArmCase, Attributes, Expression, Type, UnionType } from "../model.ts";
import { bindAttributes } from "./attributes.ts";
import { defaultPointer, type BindingContext } from "./context.ts";
import { declareType, redefines } from "./declare.ts";
import { bindExpression } from "./expressions.ts";
import { integerTypeOf, integerValue, promote, stripAliases } from "./fold.ts";
import { instantiate } from "./instantiate.ts";
import { bindFunctionParameters } from "./parameters.ts";
import type { Mutable } from "./scope.ts";
import { rangeThrough, shapeOf } from "./shape.ts";
import { bindDeclarator, bindSpecifier, bindTypeName, place, type Surroundings } from "./types.ts";
import type { ArgumentNode, ExpressionNode } from "../ast.ts";

/** The union that a specifier defines or refers to. */
export function bindUnion(context: BindingContext, node: UnionNode, surroundings: Surroundings): UnionType {
  const type = unionFor(context, node, surroundings);
  if (node.members === undefined) return type;
  const { attributes } = surroundings;
  type.incomplete = false;
  type.packing = node.packing;
  type.attributes = attributes;
  type.span = node.tag?.span ?? node.span;
  if (surroundings.typedefName !== undefined) type.name = surroundings.typedefName;
  const { encapsulated } = node;
  if (encapsulated === undefined) {
    type.msUnion = attributes.has("ms_union") || context.interface?.msUnion === true || context.settings.msUnion;
    type.switchType = switchTypeOf(context, attributes);
    if (type.switchType === undefined) context.openUnions.set(type, type);
  } else {
    const switchBase = bindSpecifier(context, encapsulated.specifiers.type, {
      ...surroundings,
      name: `${type.name}_switch`,
    });
    type.switchType = place(context, switchBase);
    const unionName = encapsulated.unionName?.text ?? "tagged_union";
    type.encapsulated = { switchName: encapsulated.switchName.text, unionName };
  }
  type.arms = bindArms(context, node.members, type);
  declareType(context, type, surroundings.documentation);
  return type;
}

/** A union without [switch_type] takes the type of the first [switch_is] (MIDL2213). */
export function decideSwitchType(context: BindingContext, type: Type, switchIs: Expression): void {
  let current = stripAliases(type);
  while (current.kind === "pointer" || current.kind === "array") {
    current = stripAliases(current.kind === "pointer" ? current.pointee : current.element);
  }
  if (current.kind !== "union" || current.incomplete) return;
  const union = context.openUnions.get(current);
  if (switchIs.kind === "name") return;
  if (union === undefined) {
    if (current.encapsulated === undefined && !isSwitch(switchIs, current.switchType, context.settings.mode))
      context.reporter.report("switch-mismatch", switchIs.span, { name: current.name });
    return;
  }
  context.openUnions.delete(current);
  context.reporter.report("switch-type-assumed", union.span, { name: union.name });
  if (switchIs.kind === "reference") union.switchType = switchIs.target.type;
  else if (switchIs.type.kind !== "integer") union.switchType = switchIs.type;
  else {
    const { bits, signed } = promote(switchIs.type);
    if (bits === 64) union.switchType = { kind: "base", base: signed ? "int64" : "uint64" };
    else union.switchType = { kind: "base", base: signed ? "int32" : "uint32" };
  }
}

/**
 * Whether a discriminant converts to the union's switch type without loss, as the `USHORT vt` of a VARIANT does to its `ULONG` (MS-OAUT
 * 2.2.29.1); under /osf its width is the same (C706 chapter 4). Constants, enums and computed values convert.
 */
function isSwitch(
  switchIs: Expression,
  switchType: Type | undefined,
  mode: BindingContext["settings"]["mode"],
): boolean {
  if (switchIs.kind !== "reference" || switchType === undefined) return true;
  const actual = stripAliases(switchIs.target.type);
  const declared = stripAliases(switchType);
  if (actual.kind === "enum" || declared.kind === "enum") return true;
  const [left, right] = [integerTypeOf(actual), integerTypeOf(declared)];
  if (left === undefined || right === undefined) return true;
  return mode === "osf" ? left.bits === right.bits : left.bits <= right.bits;
}

function unionFor(context: BindingContext, node: UnionNode, surroundings: Surroundings): Mutable<UnionType> {
  const known = node.tag === undefined ? undefined : context.scope.tag(node.tag.text);
  if (node.tag !== undefined && known !== undefined) {
    const hasBody = node.members !== undefined;
    redefines(context, known, "union", node.tag, hasBody);
    if (known.kind === "union" && (!hasBody || known.incomplete)) return known;
  }
  const type: Mutable<UnionType> = {
    kind: "union",
    name: surroundings.typedefName ?? node.tag?.text ?? surroundings.name,
    tag: node.tag?.text,
    encapsulated: undefined,
    switchType: undefined,
    arms: [],
    incomplete: true,
    msUnion: false,
    packing: node.packing,
    attributes: surroundings.attributes,
    file: context.file,
    span: node.tag?.span ?? node.span,
  };
  if (node.tag !== undefined) context.scope.declareTag(node.tag.text, type);
  else if (surroundings.typedefName === undefined) context.nameless.push(type);
  return type;
}

/** The type that [switch_type] names. */
function switchTypeOf(context: BindingContext, attributes: Attributes): Type | undefined {
  const use = attributes.get("switch_type");
  const [argument] = use?.arguments ?? [];
  if (use === undefined || argument?.kind !== "name") return undefined;
  const { span } = argument;
  const words = argument.name.split(" ");
  const [first = ""] = words;
  const base =
    /^(?:boolean|byte|char|float|double|hyper|int|long|short|small|signed|unsigned|void|__int\w+|_int64|__signed)$/.test(
      first,
    );
  const type = base ? { kind: "base" as const, words, span } : enumOrReference(argument.name, span);
  return bindTypeName(context, {
    kind: "type-name",
    attributes: [],
    specifiers: { type, qualifiers: [], span },
    declarator: { name: undefined, derivations: [], bits: undefined, initializer: undefined, span },
    span,
  });
}

function enumOrReference(name: string, span: UnionNode["span"]): Parameters<typeof bindSpecifier>[1] {
  const tag = /^enum (\w+)$/.exec(name)?.[1];
  if (tag === undefined) return { kind: "reference", name, span };
  return { kind: "enum", tag: { text: tag, span }, attributes: [], members: undefined, span };
}

function bindArms(context: BindingContext, nodes: readonly MemberDeclarationNode[], union: UnionType): Arm[] {
  const names = new Set<string>();
  const values = new Set<bigint>();
  return nodes.flatMap((node, index) => {
    const arm = bindArm(context, node, union, values, index + 1);
    if (arm.name !== undefined && names.has(arm.name)) {
      context.reporter.report("redefinition", arm.span, { name: arm.name });
      return [];
    }
    if (arm.name !== undefined) names.add(arm.name);
    return [arm];
  });
}

function bindArm(
  context: BindingContext,
  node: MemberDeclarationNode,
  union: UnionType,
  values: Set<bigint>,
  position: number,
): Arm {
  const attributes = bindAttributes(context, node.attributes, { place: "arm" });
  const [declarator] = node.declarators;
  const name = declarator?.name?.text ?? (node.specifiers === undefined ? undefined : `arm${position.toString()}`);
  const shape = shapeOf(attributes);
  let type: Type | undefined;
  if (node.specifiers !== undefined) {
    const base = bindSpecifier(context, node.specifiers.type, {
      attributes,
      name: `${union.name}_${name ?? "arm"}`,
      typedefName: undefined,
      documentation: undefined,
    });
    const raw = declarator === undefined ? base : bindDeclarator(context, base, declarator, node.specifiers);
    type = instantiate(raw, {
      shape,
      attributes,
      topLevel: false,
      pointerDefault: defaultPointer(context),
      parameters: (functionType) => bindFunctionParameters(context, functionType.node),
    });
  }
  const caseNodes = [...node.cases, ...caseArguments(node.attributes)];
  return {
    kind: "arm",
    name,
    type,
    cases: caseNodes.flatMap((value) => bindCase(context, value, values) ?? []),
    isDefault: node.isDefault || attributes.has("default"),
    switchIs: attributes.get("switch_is")?.arguments[0],
    range: shape.range ?? (type === undefined ? undefined : rangeThrough(type)),
    attributes,
    documentation: node.documentation,
    span: declarator?.name?.span ?? node.span,
  };
}

function caseArguments(nodes: readonly AttributeNode[]): ExpressionNode[] {
  const values = nodes.filter((node) => node.name.toLowerCase() === "case").flatMap((node) => node.arguments);
  return values.filter(isExpression);
}

function isExpression(argument: ArgumentNode | undefined): argument is ExpressionNode {
  return argument !== undefined && argument.kind !== "uuid" && argument.kind !== "type-name";
}

function bindCase(context: BindingContext, node: ExpressionNode, values: Set<bigint>): ArmCase | undefined {
  const expression = bindExpression(context, node, undefined);
  if (expression === undefined) return undefined;
  if (expression.kind !== "constant") {
    context.reporter.report("case-not-constant", node.span);
    return undefined;
  }
  const value = integerValue(expression.value);
  if (value === undefined || typeof expression.value === "string") {
    context.reporter.report("case-not-integer", node.span);
    return undefined;
  }
  if (values.has(value)) context.reporter.report("duplicate-case", node.span, { value: value.toString() });
  values.add(value);
  return { value: Number(value), name: node.kind === "name" ? node.name : undefined };
}
