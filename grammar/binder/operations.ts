/** Operations of an interface. */
import type { DeclarationNode, DeclaratorNode, FunctionNode, TypeSpecifierNode } from "../ast.ts";
import type { Operation, Parameter, StatusParameter } from "../model.ts";
import { judgeAttribute } from "./attribute-placement.ts";
import { bindAttributes } from "./attributes.ts";
import { defaultPointer, type BindingContext } from "./context.ts";
import { instantiate } from "./instantiate.ts";
import { bindFunctionParameters, bindParameters } from "./parameters.ts";
import { shapeOf } from "./shape.ts";
import { bindDeclarator, bindSpecifier } from "./types.ts";

/** The declarator of a declaration that declares an operation: a name with parameters. */
export function operationDeclarator(
  node: DeclarationNode,
): { readonly declarator: DeclaratorNode; readonly parameters: FunctionNode } | undefined {
  const [declarator] = node.declarators;
  const [first] = declarator?.derivations ?? [];
  if (declarator === undefined || first?.kind !== "function") return undefined;
  return { declarator, parameters: first };
}

/** Binds an operation; `opnum` is undefined for those that have none. */
export function bindOperation(
  context: BindingContext,
  node: DeclarationNode,
  opnum: number | undefined,
): Operation | undefined {
  const found = operationDeclarator(node);
  if (found === undefined) return undefined;
  const { declarator, parameters } = found;
  const { name, specifier } = nameAndType(node, declarator);
  const attributes = bindAttributes(context, node.attributes, {
    place: "operation",
    acf: context.interface?.acf.operation(name.text) ?? [],
  });
  const base = bindSpecifier(context, specifier, {
    attributes,
    name: `${name.text}_result`,
    typedefName: undefined,
    documentation: undefined,
  });
  const returnType = instantiate(bindDeclarator(context, base, declarator, node.specifiers, 1), {
    shape: shapeOf(attributes),
    attributes,
    topLevel: false,
    pointerDefault: defaultPointer(context),
    parameters: (functionType) => bindFunctionParameters(context, functionType.node),
  });
  const conventions = node.specifiers.qualifiers.filter((word) => callingConvention.test(word));
  if (conventions.length > 1) context.reporter.report("calling-conventions", name.span, { name: name.text });
  if (node.specifiers.qualifiers.includes("const") && declarator.derivations.length === 1)
    context.reporter.report("return-const", node.specifiers.span, { operation: name.text });
  if (parameters.variadic && context.interface?.local !== true && !attributes.has("local")) {
    context.reporter.report("variable-arguments", name.span, { operation: name.text });
  }
  const bound = bindParameters(context, parameters, name.text);
  const added = addedStatusParameters(context, name.text, bound);
  return {
    kind: "operation",
    ...(added.length > 0 ? { statusParameters: added } : {}),
    name: name.text,
    opnum,
    callback: attributes.has("callback"),
    returnType,
    parameters: bound,
    attributes,
    signature: node.signature,
    documentation: node.documentation,
    span: name.span,
  };
}

/** Parameters that only the ACF has, for a status; the attributes of the others are judged where they are bound. */
function addedStatusParameters(
  context: BindingContext,
  operation: string,
  bound: readonly Parameter[],
): readonly StatusParameter[] {
  const acf = context.interface?.acf;
  const added = acf?.statusParameters(operation).filter(({ name }) => !bound.some((own) => own.name === name)) ?? [];
  for (const { name } of added) {
    for (const attribute of acf?.parameter(operation, name) ?? [])
      judgeAttribute(context, attribute, { place: "parameter", acf: true });
  }
  return added;
}

const callingConvention = /^_{0,2}(?:stdcall|cdecl|pascal|fastcall)$/;

/** `Foo([in] long x);` has no return type: its name stands where a type would, and it returns `int`. */
function nameAndType(
  node: DeclarationNode,
  declarator: DeclaratorNode,
): {
  readonly name: { readonly text: string; readonly span: DeclarationNode["span"] };
  readonly specifier: TypeSpecifierNode;
} {
  const { type } = node.specifiers;
  if (declarator.name !== undefined) return { name: declarator.name, specifier: type };
  const text = type.kind === "reference" ? type.name : "unnamed";
  return { name: { text, span: type.span }, specifier: { kind: "base", words: ["int"], span: type.span } };
}
