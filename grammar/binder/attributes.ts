/** Attributes: arguments bound as expressions, or kept as the names that they are. */
import type { ArgumentNode, AttributeNode, TypeSpecifierNode } from "../ast.ts";
import type { AttributeUse, Attributes, Expression, Type } from "../model.ts";
import type { Place } from "../vocabulary/entry.ts";
import { judgeAttribute, type Placement } from "./attribute-placement.ts";
import { predefinedTypes } from "./base-types.ts";
import type { BindingContext } from "./context.ts";
import { bindExpression } from "./expressions.ts";
import { int32 } from "./fold.ts";
import type { MemberScope } from "./members.ts";
import { bindTypeName } from "./types.ts";

/** Attributes whose arguments are expressions over the members around them. */
const expressionAttributes: ReadonlySet<string> = new Set([
  "size_is",
  "max_is",
  "min_is",
  "length_is",
  "last_is",
  "first_is",
  "switch_is",
  "case",
  "range",
  "iid_is",
  "byte_count",
  "defaultvalue",
  "id",
]);

/** Attributes that may stand several times; for the rest the same again is MIDL2209, another value MIDL2096. */
const repeatable: ReadonlySet<string> = new Set(["case", "endpoint", "custom", "annotation"]);

/** What stands around attributes. */
export interface AttributeSurroundings {
  /** Undefined where a type name stands by itself. */
  readonly place: Place | undefined;
  /** What names in expressions are looked up in first. */
  readonly members?: MemberScope | undefined;
  /** What the ACF adds. */
  readonly acf?: readonly AttributeNode[];
}

/** Binds the attributes of a declaration, those of the .idl and those that the ACF adds. */
export function bindAttributes(
  context: BindingContext,
  nodes: readonly AttributeNode[],
  { place, members, acf = [] }: AttributeSurroundings,
): Attributes {
  const attributes = new Map<string, AttributeUse>();
  for (const node of nodes) add(context, attributes, node, { place, members, acf: false });
  for (const node of acf) add(context, attributes, node, { place, members, acf: true });
  return attributes;
}

/** Attributes of an outer and an inner declaration together; the outer one wins. */
export function mergeAttributes(outer: Attributes, inner: Attributes): Attributes {
  if (inner.size === 0) return outer;
  return outer.size === 0 ? inner : new Map([...inner, ...outer]);
}

function add(
  context: BindingContext,
  attributes: Map<string, AttributeUse>,
  node: AttributeNode,
  { place, members, acf }: Placement & Pick<AttributeSurroundings, "members">,
): void {
  if (!judgeAttribute(context, node, { place, acf })) return;
  const name = node.name.toLowerCase();
  const values = node.arguments.map((argument) =>
    argument === undefined ? undefined : bindArgument(context, name, argument, members),
  );
  if (name === "range" && values.some((value) => value !== undefined && value.kind !== "constant"))
    context.reporter.report("attribute-not-constant", node.span, { attribute: name });
  const previous = attributes.get(name);
  if (previous !== undefined && !repeatable.has(name)) {
    const code = sameArguments(previous.arguments, values) ? "duplicate-attribute" : "contradictory-attribute";
    context.reporter.report(code, node.span, { name });
    return;
  }
  const all = previous === undefined ? values : [...previous.arguments, ...values];
  const use = { name, arguments: all, acf, span: previous?.span ?? node.span };
  const type = typeAttributes.has(name) ? typeArgument(context, name, node.arguments[0]) : undefined;
  attributes.set(name, type === undefined ? use : { ...use, type });
}

/** Attributes whose argument is a type. */
const typeAttributes: ReadonlySet<string> = new Set(["transmit_as", "wire_marshal", "represent_as", "user_marshal"]);

/** What [represent_as] and [user_marshal] name may be a type of the application that the .idl does not declare. */
function typeArgument(context: BindingContext, name: string, argument: ArgumentNode | undefined): Type | undefined {
  const local = name === "represent_as" || name === "user_marshal";
  if (argument?.kind === "type-name") {
    const { type } = argument.specifiers;
    const known = type.kind !== "reference" || isDeclared(context, type.name);
    return known || !local ? bindTypeName(context, argument) : undefined;
  }
  if (argument?.kind !== "name") return undefined;
  if (local && !isDeclared(context, argument.name)) return undefined;
  const { span } = argument;
  const specifiers = { type: { kind: "reference" as const, name: argument.name, span }, qualifiers: [], span };
  const declarator = { name: undefined, derivations: [], bits: undefined, initializer: undefined, span };
  return bindTypeName(context, { kind: "type-name", attributes: [], specifiers, declarator, span });
}

function isDeclared(context: BindingContext, name: string): boolean {
  return predefinedTypes.has(name) || context.scope.name(name) !== undefined || context.pending.has(name);
}

function sameArguments(left: AttributeUse["arguments"], right: AttributeUse["arguments"]): boolean {
  return left.length === right.length && left.every((argument, index) => spelling(argument) === spelling(right[index]));
}

function spelling(expression: Expression | undefined): string {
  return expression === undefined ? "" : expression.span.file.text.slice(expression.span.start, expression.span.end);
}

function bindArgument(
  context: BindingContext,
  attribute: string,
  argument: ArgumentNode,
  members: MemberScope | undefined,
): Expression | undefined {
  const { span } = argument;
  switch (argument.kind) {
    case "uuid":
      return { kind: "name", name: argument.text, span };
    case "type-name": {
      const { type } = argument.specifiers;
      const stars = "*".repeat(argument.declarator.derivations.length);
      const name = spellingOf(type);
      return { kind: "name", name: `${name}${stars === "" ? "" : ` ${stars}`}`, span };
    }
    case "number":
      if (!expressionAttributes.has(attribute)) {
        const value = Number(argument.image.replace(/[uUlL]+$/, ""));
        return Number.isNaN(value)
          ? { kind: "name", name: argument.image, span }
          : { kind: "constant", value, type: int32, span };
      }
      return bindExpression(context, argument, members);
    case "name":
      if (!expressionAttributes.has(attribute)) return { kind: "name", name: argument.name, span };
      return bindExpression(context, argument, members);
    default:
      if (expressionAttributes.has(attribute) || argument.kind === "string")
        return bindExpression(context, argument, members);
      return { kind: "name", name: span.file.text.slice(span.start, span.end), span };
  }
}

function spellingOf(type: TypeSpecifierNode): string {
  switch (type.kind) {
    case "base":
      return type.words.join(" ");
    case "reference":
      return type.name;
    case "struct":
    case "union":
    case "enum":
      return `${type.kind} ${type.tag?.text ?? ""}`.trim();
    default:
      return type.kind;
  }
}
