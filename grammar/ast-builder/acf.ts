/** Application configuration files: CST to AST. */
import type { CstNode } from "chevrotain";
import type { AcfDefinitionNode, AcfFileNode } from "../ast.ts";
import { nameOf, node, nodes, requiredToken, spanOf, token, tokens, type BuildContext } from "./cst.ts";
import { fileNames } from "./definitions.ts";
import { buildAttributes } from "./expressions.ts";

/** `acfFile` */
export function buildAcfFile(context: BuildContext, file: CstNode): AcfFileNode {
  return { definitions: buildAcfDefinitions(context, file) };
}

function buildAcfDefinitions(context: BuildContext, parent: CstNode): AcfDefinitionNode[] {
  return nodes(parent, "acfDefinition").flatMap((definition) => buildAcfDefinition(context, definition) ?? []);
}

function buildAcfDefinition(context: BuildContext, definition: CstNode): AcfDefinitionNode | undefined {
  const attributes = nodes(definition, "attributeLists").flatMap((list) => buildAttributes(context, list));
  const operation = node(definition, "acfOperation");
  if (operation !== undefined) {
    const parameters = nodes(operation, "acfParameter").map((parameter) => ({
      name: nameOf(requiredToken(parameter, "Identifier")),
      attributes: buildAttributes(context, node(parameter, "attributeLists")),
    }));
    return { kind: "acf-operation", name: nameOf(requiredToken(operation, "Identifier")), attributes, parameters };
  }
  const names = tokens(definition, "Identifier").map(nameOf);
  if (token(definition, "Keyword_typedef") !== undefined) return { kind: "acf-typedef", attributes, names };
  const files = fileNames(tokens(definition, "StringLiteral"));
  if (files.length > 0) return { kind: "acf-include", files };
  const [name] = names;
  if (name === undefined) return undefined;
  const body = node(definition, "acfBody");
  const definitions = body === undefined ? [] : buildAcfDefinitions(context, body);
  return { kind: "acf-interface", name, attributes, definitions, span: spanOf(context, definition) };
}
