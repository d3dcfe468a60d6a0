/** Parameters of operations and of function types. */
import type { FunctionNode, ParameterNode } from "../ast.ts";
import type { Parameter } from "../model.ts";
import { bindAttributes } from "./attributes.ts";
import { unresolvedType } from "./base-types.ts";
import { defaultPointer, type BindingContext } from "./context.ts";
import { instantiate } from "./instantiate.ts";
import { MemberBinding } from "./members.ts";
import type { Mutable } from "./scope.ts";
import { rangeThrough, shapeOf } from "./shape.ts";
import { bindDeclarator, bindSpecifier } from "./types.ts";
import { decideSwitchType } from "./unions.ts";

/** The parameters of a function type. */
export function bindFunctionParameters(context: BindingContext, node: FunctionNode): Parameter[] {
  return bindParameters(context, node, "");
}

/** The parameters of an operation; `(void)` and `()` have none. */
export function bindParameters(context: BindingContext, node: FunctionNode, operation: string): Parameter[] {
  if (node.parameters.length === 1 && node.parameters.every(isVoid)) return [];
  const members = new MemberBinding<Mutable<Parameter>>();
  for (const [index, parameterNode] of node.parameters.entries()) {
    const { name } = parameterNode.declarator;
    const parameter: Mutable<Parameter> = {
      kind: "parameter",
      name: name?.text ?? `parameter${(index + 1).toString()}`,
      type: unresolvedType,
      in: true,
      out: false,
      switchIs: undefined,
      range: undefined,
      attributes: new Map(),
      span: name?.span ?? parameterNode.span,
    };
    judgeParameter(context, parameterNode, parameter, operation);
    if (isVoid(parameterNode) && name === undefined) {
      context.reporter.report("void-not-alone", parameterNode.span, { operation });
      continue;
    }
    members.add(parameter, () => {
      bindParameter(context, parameterNode, parameter, members, operation);
    });
  }
  for (const parameter of members.duplicates) {
    context.reporter.report("redefinition", parameter.span, { name: parameter.name });
  }
  return members.complete();
}

function judgeParameter(context: BindingContext, node: ParameterNode, { name }: Parameter, operation: string): void {
  const { type } = node.specifiers;
  const defines = type.kind === "struct" || type.kind === "union" || type.kind === "enum";
  if (operation !== "" && defines && type.members !== undefined)
    context.reporter.report("type-in-parameter", type.span, { name });
  if (node.declarator.initializer !== undefined)
    context.reporter.report("parameter-initializer", node.declarator.initializer.span, { name });
  const single = node.declarator.derivations.length === 1 && node.declarator.derivations[0]?.kind === "pointer";
  const optional = node.attributes.find((attribute) => attribute.name.toLowerCase() === "optional");
  if (optional !== undefined && context.inLibrary !== true)
    context.reporter.report("optional-outside", optional.span, { parameter: name, operation });
  const attributes = node.attributes.map((attribute) => attribute.name.toLowerCase());
  if (operation !== "" && single && attributes.includes("out") && node.specifiers.qualifiers.includes("const"))
    context.reporter.report("out-const", node.specifiers.span, { parameter: name, operation });
}

function isVoid(node: ParameterNode): boolean {
  const { specifiers, declarator } = node;
  const bare = declarator.name === undefined && declarator.derivations.length === 0;
  if (specifiers.type.kind === "base") return bare && specifiers.type.words.join() === "void";
  return bare && specifiers.type.kind === "reference" && specifiers.type.name === "VOID";
}

function bindParameter(
  context: BindingContext,
  node: ParameterNode,
  parameter: Mutable<Parameter>,
  members: MemberBinding<Mutable<Parameter>>,
  operation: string,
): void {
  const acf = operation === "" ? [] : (context.interface?.acf.parameter(operation, parameter.name) ?? []);
  const attributes = bindAttributes(context, node.attributes, { place: "parameter", members, acf });
  const shape = shapeOf(attributes);
  const base = bindSpecifier(context, node.specifiers.type, {
    attributes,
    name: `${operation}_${parameter.name}`,
    typedefName: undefined,
    documentation: undefined,
  });
  parameter.attributes = attributes;
  parameter.out = attributes.has("out");
  parameter.in = attributes.has("in") || !parameter.out;
  parameter.type = instantiate(bindDeclarator(context, base, node.declarator, node.specifiers), {
    shape,
    attributes,
    topLevel: true,
    pointerDefault: defaultPointer(context),
    parameters: (functionType) => bindFunctionParameters(context, functionType.node),
  });
  parameter.switchIs = attributes.get("switch_is")?.arguments[0];
  parameter.range = shape.range ?? rangeThrough(parameter.type);
  if (parameter.switchIs !== undefined) decideSwitchType(context, parameter.type, parameter.switchIs);
}
