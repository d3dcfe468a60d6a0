/** Specifiers, declarators, structures and parameters: CST to AST. */
import type { CstNode } from "chevrotain";
import type { IdlToken } from "../lexer/idl-token.ts";
import type {
  ArrayNode,
  DeclaratorNode,
  DerivationNode,
  EnumNode,
  FunctionNode,
  MemberDeclarationNode,
  ParameterNode,
  SpecifiersNode,
  StructNode,
  TypeSpecifierNode,
  UnionNode,
} from "../ast.ts";
import {
  firstToken,
  nameOf,
  node,
  nodes,
  required,
  requiredToken,
  spanOf,
  token,
  tokens,
  type BuildContext,
} from "./cst.ts";
import { buildAttributes, buildExpression, buildTypeName } from "./expressions.ts";

/** `specifiers` */
export function buildSpecifiers(context: BuildContext, specifiers: CstNode): SpecifiersNode {
  return {
    type: buildTypeSpecifier(context, required(specifiers, "typeSpecifier")),
    qualifiers: [
      ...nodes(specifiers, "qualifier").flatMap((qualifier) => tokens(qualifier, "Qualifier")),
      ...tokens(specifiers, "qualifierName"),
    ].map((word) => word.image),
    span: spanOf(context, specifiers),
  };
}

function buildTypeSpecifier(context: BuildContext, specifier: CstNode): TypeSpecifierNode {
  const span = spanOf(context, specifier);
  const base = node(specifier, "baseType");
  if (base !== undefined) return { kind: "base", words: tokens(base, "BaseTypeWord").map((word) => word.image), span };
  const structOrUnion = node(specifier, "structOrUnion");
  if (structOrUnion !== undefined) return buildStructOrUnion(context, structOrUnion);
  const enumeration = node(specifier, "enumeration");
  if (enumeration !== undefined) return buildEnumeration(context, enumeration);
  const element = node(specifier, "typeSpecifier");
  if (element !== undefined) return { kind: "pipe", element: buildTypeSpecifier(context, element), span };
  const typeName = node(specifier, "typeName");
  if (typeName !== undefined) return { kind: "safearray", element: buildTypeName(context, typeName), span };
  const name = token(specifier, "member") ?? requiredToken(specifier, "Identifier");
  return { kind: "reference", name: name.image, span: name.span };
}

function buildStructOrUnion(context: BuildContext, specifier: CstNode): StructNode | UnionNode {
  const tag = token(specifier, "tag");
  const members = node(specifier, "members");
  const common = {
    tag: tag === undefined ? undefined : nameOf(tag),
    members: members === undefined ? undefined : nodes(members, "member").map((member) => buildMember(context, member)),
    packing: firstToken(context, specifier)?.packing ?? 8,
    span: spanOf(context, specifier),
  };
  if (token(specifier, "Keyword_struct") !== undefined) return { kind: "struct", ...common };
  const switchName = token(specifier, "switchName");
  const switchType = node(specifier, "specifiers");
  if (switchName === undefined || switchType === undefined)
    return { kind: "union", encapsulated: undefined, ...common };
  const unionName = token(specifier, "unionName");
  const encapsulated = {
    specifiers: buildSpecifiers(context, switchType),
    switchName: nameOf(switchName),
    unionName: unionName === undefined ? undefined : nameOf(unionName),
  };
  return { kind: "union", encapsulated, ...common };
}

function buildMember(context: BuildContext, member: CstNode): MemberDeclarationNode {
  const labels = nodes(member, "caseLabel");
  const specifiers = node(member, "specifiers");
  const declarators = node(member, "declarators");
  return {
    cases: labels.flatMap((label) => nodes(label, "expression").map((value) => buildExpression(context, value))),
    isDefault: labels.some((label) => token(label, "Keyword_default") !== undefined),
    attributes: buildAttributes(context, node(member, "attributeLists")),
    specifiers: specifiers === undefined ? undefined : buildSpecifiers(context, specifiers),
    declarators: declarators === undefined ? [] : buildDeclarators(context, declarators),
    documentation: firstToken(context, member)?.documentation,
    span: spanOf(context, member),
  };
}

function buildEnumeration(context: BuildContext, enumeration: CstNode): EnumNode {
  const tag = token(enumeration, "Identifier");
  const hasBody = token(enumeration, "LeftBrace") !== undefined;
  const members = nodes(enumeration, "enumerator").map((enumerator) => {
    const value = node(enumerator, "expression");
    return {
      name: nameOf(requiredToken(enumerator, "Identifier")),
      attributes: buildAttributes(context, node(enumerator, "attributeLists")),
      value: value === undefined ? undefined : buildExpression(context, value),
      documentation: firstToken(context, enumerator)?.documentation,
    };
  });
  return {
    kind: "enum",
    tag: tag === undefined ? undefined : nameOf(tag),
    attributes: buildAttributes(context, node(enumeration, "attributeLists")),
    members: hasBody ? members : undefined,
    span: spanOf(context, enumeration),
  };
}

/** `declarators` */
export function buildDeclarators(context: BuildContext, declarators: CstNode): DeclaratorNode[] {
  return nodes(declarators, "initializedDeclarator").map((declarator) => buildInitialized(context, declarator));
}

function buildInitialized(context: BuildContext, initialized: CstNode): DeclaratorNode {
  const bits = node(initialized, "bits");
  const initializer = node(initialized, "initializer");
  const declarator = buildDeclarator(context, required(initialized, "declarator"));
  const compound = node(initialized, "compoundInitializer") !== undefined;
  if (compound) context.reporter.report("compound-initializer", declarator.span, { name: declarator.name?.text ?? "" });
  return {
    ...declarator,
    compound,
    bits: bits === undefined ? undefined : buildExpression(context, bits),
    initializer: initializer === undefined ? undefined : buildExpression(context, initializer),
  };
}

/** `declarator`, turned inside out. */
export function buildDeclarator(context: BuildContext, declarator: CstNode): DeclaratorNode {
  const inner = node(declarator, "declarator");
  const innerNode = inner === undefined ? undefined : buildDeclarator(context, inner);
  const identifier = token(declarator, "Identifier");
  const suffixes: { readonly at: number; readonly derivation: DerivationNode }[] = [];
  for (const bounds of nodes(declarator, "arrayBounds")) {
    suffixes.push({ at: bounds.location?.startOffset ?? 0, derivation: buildBounds(context, bounds) });
  }
  for (const parameters of nodes(declarator, "parameters")) {
    suffixes.push({ at: parameters.location?.startOffset ?? 0, derivation: buildParameters(context, parameters) });
  }
  suffixes.sort((left, right) => left.at - right.at);
  const pointers = nodes(declarator, "pointer").filter((pointer) => token(pointer, "Asterisk") !== undefined);
  const [qualifier] = nodes(declarator, "pointer").flatMap((pointer) => qualifierOf(pointer) ?? []);
  const derivations = [
    ...(innerNode?.derivations ?? []),
    ...suffixes.map((suffix) => suffix.derivation),
    ...pointers.map(() => ({ kind: "pointer" as const })),
  ];
  if (derivations.length > derivationLimit) {
    context.reporter.report("nesting-too-deep", spanOf(context, declarator), { limit: derivationLimit });
    derivations.length = 0;
  }
  const name = identifier === undefined ? innerNode?.name : nameOf(identifier);
  const empty = Number.isNaN(declarator.location?.startOffset ?? Number.NaN);
  const span = name?.span ?? (empty ? emptySpan(context) : spanOf(context, declarator));
  return {
    name,
    qualifier: qualifier === undefined ? innerNode?.qualifier : nameOf(qualifier),
    derivations,
    bits: undefined,
    initializer: undefined,
    span,
  };
}

/** The word of a `pointer` that is no asterisk; undefined for `__declspec`. */
function qualifierOf(pointer: CstNode): IdlToken | undefined {
  const qualifier = node(pointer, "qualifier");
  return qualifier === undefined ? token(pointer, "qualifierName") : token(qualifier, "Qualifier");
}

/** How many pointers, arrays and functions one declarator may pile up. */
const derivationLimit = 60;

function emptySpan(context: BuildContext): DeclaratorNode["span"] {
  const last = context.tokens.at(-1);
  if (last === undefined) throw new Error("no tokens");
  return last.span;
}

function buildBounds(context: BuildContext, bounds: CstNode): ArrayNode {
  const first = node(bounds, "first");
  const second = node(bounds, "second");
  const valueOf = (bound: CstNode | undefined): ArrayNode["lower"] => {
    const expression = bound === undefined ? undefined : node(bound, "expression");
    return expression === undefined ? undefined : buildExpression(context, expression);
  };
  const span = spanOf(context, bounds);
  if (second === undefined) return { kind: "array", lower: undefined, upper: valueOf(first), range: false, span };
  return { kind: "array", lower: valueOf(first), upper: valueOf(second), range: true, span };
}

function buildParameters(context: BuildContext, parameters: CstNode): FunctionNode {
  const all = nodes(parameters, "parameter");
  return {
    kind: "function",
    parameters: all.flatMap((parameter) => buildParameter(context, parameter) ?? []),
    variadic: all.some((parameter) => token(parameter, "Ellipsis") !== undefined),
  };
}

function buildParameter(context: BuildContext, parameter: CstNode): ParameterNode | undefined {
  const specifiers = node(parameter, "specifiers");
  if (specifiers === undefined) return undefined;
  return {
    attributes: buildAttributes(context, node(parameter, "attributeLists")),
    specifiers: buildSpecifiers(context, specifiers),
    declarator: buildInitialized(context, required(parameter, "initializedDeclarator")),
    span: spanOf(context, parameter),
  };
}
