/** Specifiers and declarators to types. */
import type { ArrayNode, DeclaratorNode, SpecifiersNode, StructNode, TypeNameNode, TypeSpecifierNode } from "../ast.ts";
import type { Attributes, Type } from "../model.ts";
import { vocabulary } from "../vocabulary/vocabulary.ts";
import { bindAttributes } from "./attributes.ts";
import { baseTypeOf, predefinedTypes, unresolvedType } from "./base-types.ts";
import { isConverted } from "./conversions.ts";
import { defaultPointer, reportUndefined, type BindingContext } from "./context.ts";
import { bindEnum } from "./enums.ts";
import { bindIntegerConstant } from "./expressions.ts";
import { instantiate, type Declared } from "./instantiate.ts";
import { findName, findTagAsName } from "./names.ts";
import { bindFunctionParameters } from "./parameters.ts";
import type { Bounds, RawType } from "./raw-type.ts";
import type { TaggedType } from "./scope.ts";
import { shapeOf } from "./shape.ts";
import { bindStruct } from "./structs.ts";
import { bindUnion } from "./unions.ts";

/** What the declaration around a specifier contributes to a type that is defined in it. */
export interface Surroundings {
  /** Attributes of the declaration: [switch_type], [v1_enum], [ms_union] belong to the type. */
  readonly attributes: Attributes;
  /** The name for a type without a tag. */
  readonly name: string;
  /** The typedef name that directly names the type. */
  readonly typedefName: string | undefined;
  readonly documentation: string | undefined;
}

/** The type that specifiers name or define. */
export function bindSpecifier(context: BindingContext, node: TypeSpecifierNode, surroundings: Surroundings): RawType {
  switch (node.kind) {
    case "base": {
      const type = baseTypeOf(node.words);
      if (type === undefined) context.reporter.report("bad-base-type", node.span, { words: node.words.join(" ") });
      return { kind: "done", type: type ?? unresolvedType };
    }
    case "struct":
      return { kind: "done", type: encapsulatedUnion(context, node) ?? bindStruct(context, node, surroundings) };
    case "union":
      return { kind: "done", type: bindUnion(context, node, surroundings) };
    case "enum":
      return { kind: "done", type: bindEnum(context, node, surroundings) };
    case "pipe": {
      const inner = { ...surroundings, name: `${surroundings.name}_element`, typedefName: undefined };
      const element = place(context, bindSpecifier(context, node.element, inner));
      const { file } = context;
      return { kind: "done", type: { kind: "pipe", name: surroundings.name, element, file, span: node.span } };
    }
    case "safearray":
      bindTypeName(context, node.element);
      if (context.inLibrary !== true) {
        const { start, end, file } = node.element.span;
        context.reporter.report("safearray-outside", node.span, { element: file.text.slice(start, end) });
        return { kind: "done", type: unresolvedType };
      }
      return { kind: "pointer", pointee: { kind: "done", type: { kind: "void" } } };
    case "reference":
      return bindReference(context, node.name, node.span);
    default:
      return node satisfies never;
  }
}

/** `struct TAG` of an encapsulated union: to C it is a structure of its discriminant and its arms (MIDL "Encapsulated Unions"). */
function encapsulatedUnion({ scope }: BindingContext, { tag, members }: StructNode): TaggedType | undefined {
  const known = tag === undefined || members !== undefined ? undefined : scope.tag(tag.text);
  return known?.kind === "union" && known.encapsulated !== undefined ? known : undefined;
}

function bindReference(context: BindingContext, name: string, span: SpecifiersNode["span"]): RawType {
  if (vocabulary.types.get(name)?.effect === "refused" && findName(context, name, span) === undefined) {
    if (name === "SAFEARRAY") context.reporter.report("safearray-name", span);
    else context.reporter.report("type-not-implemented", span, { name });
    return { kind: "done", type: unresolvedType };
  }
  const predefined = predefinedTypes.get(name);
  if (predefined !== undefined) return { kind: "done", type: predefined };
  const symbol = findName(context, name, span);
  if (symbol?.kind === "typedef")
    return symbol.raw.kind === "done" && namesItself(symbol.raw.type, name) && !isConverted(symbol.attributes)
      ? symbol.raw
      : { kind: "named", symbol };
  if (symbol?.kind === "interface" && symbol.coclass === true) {
    context.reporter.report("parameter-coclass", span, { name });
    return { kind: "done", type: unresolvedType };
  }
  if (symbol?.kind === "interface") return { kind: "done", type: { kind: "interface", name, iidIs: undefined } };
  if (symbol?.kind === "constant") {
    context.reporter.report("value-as-type", span, { name });
    return { kind: "done", type: unresolvedType };
  }
  const tagged = findTagAsName(context, name, span);
  if (tagged !== undefined) return { kind: "done", type: tagged };
  reportUndefined(context, "undefined-type", name, span);
  return { kind: "done", type: unresolvedType };
}

/** Whether a type carries the typedef name itself, so that no alias is needed. */
export function namesItself(type: Type, name: string): boolean {
  return (
    (type.kind === "struct" || type.kind === "union" || type.kind === "enum" || type.kind === "pipe") &&
    type.name === name
  );
}

/** A declarator's derivations around the type of its specifiers, of which `const` tells what they refer to. */
export function bindDeclarator(
  context: BindingContext,
  base: RawType,
  declarator: DeclaratorNode,
  specifiers?: SpecifiersNode,
  skip = 0,
): RawType {
  let raw = base;
  const constant = specifiers?.qualifiers.includes("const") === true ? ({ constant: true } as const) : {};
  for (const derivation of declarator.derivations.slice(skip).reverse()) {
    const own = raw === base ? constant : {};
    switch (derivation.kind) {
      case "pointer":
        raw = { kind: "pointer", pointee: raw, ...own };
        break;
      case "array": {
        const bounds = bindBounds(context, derivation);
        raw = { kind: "array", element: raw, bounds, span: derivation.span, ...own };
        break;
      }
      case "function":
        raw = { kind: "function", returnType: raw, node: derivation };
        break;
      default:
        derivation satisfies never;
    }
  }
  return raw;
}

/** Lower bounds other than 0 are DCE's; they do not travel, and element 0 of the value is the one at the lower bound. */
function bindBounds(context: BindingContext, { lower, upper, range, span }: ArrayNode): Bounds {
  const first = lower === undefined ? (range ? undefined : 0n) : (bindIntegerConstant(context, lower) ?? 0n);
  const last = upper === undefined ? undefined : bindIntegerConstant(context, upper);
  const highest = last === undefined || range ? last : last - 1n;
  const bounds = { lower: first, upper: upper === undefined ? undefined : (highest ?? first ?? 0n) };
  if (first !== 0n && context.settings.mode !== "osf") {
    const reason = first === undefined ? "the lower bound is *" : "the lower bound is not 0";
    context.reporter.report("array-bounds", span, { reason });
    return first === undefined ? bounds : { lower: 0n, upper: bounds.upper === undefined ? undefined : 0n };
  }
  if (first === undefined || highest === undefined || upper === undefined) return bounds;
  const count = highest - first + 1n;
  if (count >= 1n && count < 1n << 31n) return bounds;
  context.reporter.report("illegal-array-bound", upper.span, { count: count.toString() });
  return { lower: first, upper: first };
}

/** The type of `sizeof(T)`, of a cast, or of `switch_type(T)`. */
export function bindTypeName(context: BindingContext, node: TypeNameNode): Type | undefined {
  const attributes = bindAttributes(context, node.attributes, { place: undefined });
  const surroundings = { attributes, name: "unnamed", typedefName: undefined, documentation: undefined };
  const base = bindSpecifier(context, node.specifiers.type, surroundings);
  return place(context, bindDeclarator(context, base, node.declarator, node.specifiers), { attributes });
}

/** A raw type at a place without attributes, or with those given. */
export function place(
  context: BindingContext,
  raw: RawType,
  options: Partial<Pick<Declared, "attributes" | "topLevel">> = {},
): Type {
  const attributes: Attributes = options.attributes ?? new Map();
  return instantiate(raw, {
    shape: shapeOf(attributes),
    attributes,
    topLevel: options.topLevel ?? false,
    pointerDefault: defaultPointer(context),
    parameters: (functionType) => bindFunctionParameters(context, functionType.node),
  });
}
