/** Application configuration files: CST to AST. */
import type { CstNode } from "chevrotain";
import type { AcfDefinitionNode, AcfFileNode, AcfOperationNode, AttributeNode, NameNode } from "../ast.ts";
import { nameOf, node, nodes, requiredToken, spanOf, token, tokens, type BuildContext } from "./cst.ts";
import { fileNames } from "./definitions.ts";
import { buildAttributes } from "./expressions.ts";

/** `acfFile` */
export function buildAcfFile(context: BuildContext, file: CstNode): AcfFileNode {
  return { definitions: buildAcfDefinitions(context, file) };
}

function buildAcfDefinitions(context: BuildContext, parent: CstNode): AcfDefinitionNode[] {
  return nodes(parent, "acfDefinition").flatMap((definition) => buildAcfDefinition(context, definition));
}

function buildAcfDefinition(context: BuildContext, definition: CstNode): AcfDefinitionNode[] {
  const attributes = nodes(definition, "attributeLists").flatMap((list) => buildAttributes(context, list));
  const operations = nodes(definition, "acfOperation");
  if (operations.length > 0) return operations.map((operation) => buildAcfOperation(context, operation, attributes));
  const names = tokens(definition, "Identifier").map(nameOf);
  if (token(definition, "Keyword_typedef") !== undefined) return [{ kind: "acf-typedef", attributes, names }];
  const [name] = names;
  if (name !== undefined) {
    const body = node(definition, "acfBody");
    const definitions = body === undefined ? [] : buildAcfDefinitions(context, body);
    return [{ kind: "acf-interface", name, attributes, definitions, span: spanOf(context, definition) }];
  }
  const include = node(definition, "acfInclude");
  const place = include === undefined ? "an empty declaration" : "an include statement";
  for (const { name: attribute, span } of attributes)
    context.reporter.report("inapplicable-attribute", span, { attribute, place });
  return include === undefined ? [] : [{ kind: "acf-include", files: includedFiles(context, include) }];
}

function buildAcfOperation(
  context: BuildContext,
  operation: CstNode,
  attributes: readonly AttributeNode[],
): AcfOperationNode {
  const parameters = nodes(operation, "acfParameter").map((parameter) => ({
    name: nameOf(requiredToken(parameter, "Identifier")),
    attributes: buildAttributes(context, node(parameter, "attributeLists")),
  }));
  return { kind: "acf-operation", name: nameOf(requiredToken(operation, "Identifier")), attributes, parameters };
}

function includedFiles(context: BuildContext, include: CstNode): NameNode[] {
  return fileNames(tokens(include, "StringLiteral")).filter(({ text, span }) => {
    if (text.trim() !== "") return true;
    context.reporter.report("syntax-error", span, { found: '""', expected: ", expected the name of a file" });
    return false;
  });
}
