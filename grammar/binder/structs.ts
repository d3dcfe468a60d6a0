/** Structs and their fields. */
import type { DeclaratorNode, ExpressionNode, MemberDeclarationNode, StructNode } from "../ast.ts";
import type { Field, StructType } from "../model.ts";
import { bindAttributes } from "./attributes.ts";
import { unresolvedType } from "./base-types.ts";
import { defaultPointer, type BindingContext } from "./context.ts";
import { declareType, redefines } from "./declare.ts";
import { bindIntegerConstant } from "./expressions.ts";
import { integerTypeOf, stripAliases } from "./fold.ts";
import { instantiate } from "./instantiate.ts";
import { MemberBinding } from "./members.ts";
import { bindFunctionParameters } from "./parameters.ts";
import type { RawType } from "./raw-type.ts";
import type { Mutable } from "./scope.ts";
import { rangeThrough, shapeOf } from "./shape.ts";
import { bindDeclarator, bindSpecifier, type Surroundings } from "./types.ts";
import { decideSwitchType } from "./unions.ts";

/** The struct that a specifier defines or refers to. */
export function bindStruct(context: BindingContext, node: StructNode, surroundings: Surroundings): StructType {
  const type = structFor(context, node, surroundings);
  if (node.members === undefined) return type;
  type.incomplete = false;
  type.packing = node.packing;
  type.attributes = surroundings.attributes;
  type.span = node.tag?.span ?? node.span;
  if (surroundings.typedefName !== undefined) type.name = surroundings.typedefName;
  type.fields = bindFields(context, node.members, type.name);
  declareType(context, type, surroundings.documentation);
  return type;
}

/** The struct of that tag, or a new one. */
function structFor(context: BindingContext, node: StructNode, surroundings: Surroundings): Mutable<StructType> {
  const known = node.tag === undefined ? undefined : context.scope.tag(node.tag.text);
  if (node.tag !== undefined && known !== undefined) {
    const hasBody = node.members !== undefined;
    redefines(context, known, "struct", node.tag, hasBody);
    if (known.kind === "struct" && (!hasBody || known.incomplete)) return known;
  }
  const type: Mutable<StructType> = {
    kind: "struct",
    name: surroundings.typedefName ?? node.tag?.text ?? surroundings.name,
    tag: node.tag?.text,
    fields: [],
    incomplete: true,
    packing: node.packing,
    attributes: surroundings.attributes,
    file: context.file,
    span: node.tag?.span ?? node.span,
  };
  if (node.tag !== undefined) context.scope.declareTag(node.tag.text, type);
  else if (surroundings.typedefName === undefined) context.nameless.push(type);
  return type;
}

function bindFields(context: BindingContext, nodes: readonly MemberDeclarationNode[], structName: string): Field[] {
  const members = new MemberBinding<Mutable<Field>>();
  let position = 0;
  for (const node of nodes) {
    let base: RawType | undefined;
    const declarators: (DeclaratorNode | undefined)[] =
      node.declarators.length > 0 ? [...node.declarators] : [undefined];
    for (const declarator of declarators) {
      position++;
      const name = declarator?.name?.text;
      const field: Mutable<Field> = {
        kind: "field",
        name: name ?? `field${position.toString()}`,
        anonymous: name === undefined && (declarator?.bits !== undefined || node.specifiers?.type.kind !== "reference"),
        type: unresolvedType,
        switchIs: undefined,
        range: undefined,
        ignore: false,
        attributes: new Map(),
        documentation: node.documentation,
        span: declarator?.name?.span ?? node.span,
      };
      members.add(field, () => {
        base = bindField(context, { node, declarator, field, members, base, structName });
      });
    }
  }
  for (const field of members.duplicates) context.reporter.report("redefinition", field.span, { name: field.name });
  return members.complete();
}

/** The width of a bit-field: no wider than its type. */
function bitWidthOf(context: BindingContext, bits: ExpressionNode, field: Field): number {
  const integer = integerTypeOf(field.type, context.settings.environment);
  const width = bindIntegerConstant(context, bits) ?? 1n;
  const values = { name: field.name };
  if (integer === undefined) context.reporter.report("bit-field-not-integral", bits.span, values);
  else if (width < 0n || width > BigInt(integer.bits)) context.reporter.report("illegal-constant", bits.span, values);
  else if (!isInt(field.type)) context.reporter.report("bit-field-not-int", bits.span, values);
  return integer === undefined || width < 0n || width > BigInt(integer.bits) ? 1 : Number(width);
}

function isInt(type: Field["type"]): boolean {
  const target = stripAliases(type);
  return target.kind === "base" && (target.base === "int32" || target.base === "uint32");
}

interface FieldBinding {
  readonly node: MemberDeclarationNode;
  readonly declarator: DeclaratorNode | undefined;
  readonly field: Mutable<Field>;
  readonly members: MemberBinding<Mutable<Field>>;
  /** The type of the specifiers, if an earlier declarator has bound it. */
  readonly base: RawType | undefined;
  readonly structName: string;
}

/** Completes a field; returns the type of its specifiers, which the next declarator shares. */
function bindField(context: BindingContext, binding: FieldBinding): RawType | undefined {
  const { node, declarator, field, members, structName } = binding;
  const attributes = bindAttributes(context, node.attributes, { place: "field", members });
  field.attributes = attributes;
  if (node.specifiers === undefined) return undefined;
  const base =
    binding.base ??
    bindSpecifier(context, node.specifiers.type, {
      attributes,
      name: `${structName}_${field.name}`,
      typedefName: undefined,
      documentation: undefined,
    });
  const raw = declarator === undefined ? base : bindDeclarator(context, base, declarator, node.specifiers);
  field.type = instantiate(raw, {
    shape: shapeOf(attributes),
    attributes,
    topLevel: false,
    pointerDefault: defaultPointer(context),
    parameters: (functionType) => bindFunctionParameters(context, functionType.node),
  });
  const unnamed = declarator?.name === undefined && declarator?.bits === undefined;
  if (unnamed && !["struct", "union"].includes(stripAliases(field.type).kind))
    context.reporter.report("unnamed-field-type", node.span, { type: structName });
  if (declarator?.bits !== undefined) field.bitWidth = bitWidthOf(context, declarator.bits, field);
  field.switchIs = attributes.get("switch_is")?.arguments[0];
  field.range = shapeOf(attributes).range ?? rangeThrough(field.type);
  field.ignore = attributes.has("ignore");
  if (field.switchIs !== undefined) decideSwitchType(context, field.type, field.switchIs);
  return base;
}
