/** Files, interfaces and declarations: CST to AST. */
import type { CstNode } from "chevrotain";
import type { DefinitionNode, IdlFileNode, NameNode, QuotationNode } from "../ast.ts";
import { warningAction } from "../diagnostics/warning-pragmas.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import { parseStringLiteral } from "../lexer/literals.ts";
import {
  firstToken,
  nameOf,
  node,
  nodes,
  required,
  requiredToken,
  spanOf,
  textOf,
  token,
  tokens,
  type BuildContext,
} from "./cst.ts";
import { buildAttributes } from "./expressions.ts";
import { buildDeclarators, buildSpecifiers } from "./types.ts";

/** `idlFile` */
export function buildIdlFile(context: BuildContext, file: CstNode): IdlFileNode {
  return { definitions: buildDefinitions(context, file) };
}

function buildDefinitions(context: BuildContext, parent: CstNode): DefinitionNode[] {
  return nodes(parent, "definition").flatMap((definition) => buildDefinition(context, definition) ?? []);
}

/** The definitions of a body, without its labels. */
function buildMembers(context: BuildContext, parent: CstNode): DefinitionNode[] {
  return membersOf(parent).flatMap((member) => buildDefinitions(context, member));
}

/** The labels of a body: `properties:` and `methods:`. */
function buildLabels(parent: CstNode): NameNode[] {
  const labels = ["Keyword_properties", "Keyword_methods"];
  return membersOf(parent).flatMap((member) => labels.flatMap((label) => tokens(member, label).map(nameOf)));
}

function membersOf(parent: CstNode): readonly CstNode[] {
  return nodes(parent, "interfaceBody").flatMap((body) => nodes(body, "interfaceMember"));
}

function buildDefinition(context: BuildContext, definition: CstNode): DefinitionNode | undefined {
  const attributes = buildAttributes(context, node(definition, "attributeLists"));
  const documentation = firstToken(context, definition)?.documentation;
  const found = Object.entries(definition.children).find(
    ([key, [first]]) => key !== "attributeLists" && first !== undefined && "children" in first,
  );
  if (found === undefined) return undefined;
  const [name] = found;
  const child = required(definition, name);
  const span = spanOf(context, child);
  switch (name) {
    case "importDirective":
      return { kind: "import", files: fileNames(tokens(child, "StringLiteral")) };
    case "quotation":
      return buildQuotation(context, child);
    case "interfaceDefinition": {
      const [own, base] = tokens(child, "Identifier").map(nameOf);
      const body = node(child, "interfaceBody");
      const definitions = body === undefined ? undefined : buildMembers(context, child);
      const name = own ?? missingName(child);
      const labels = buildLabels(child);
      return { kind: "interface", name, base, attributes, definitions, labels, documentation, span };
    }
    case "libraryDefinition": {
      const directive = token(child, "Keyword_module") === undefined ? "library" : "module";
      const definitions = buildDefinitions(context, required(child, "body"));
      return {
        kind: "library",
        directive,
        name: nameOf(requiredToken(child, "Identifier")),
        attributes,
        definitions,
        span,
      };
    }
    case "coclassDefinition": {
      const lists = nodes(child, "attributeLists");
      const members = tokens(child, "Identifier")
        .slice(1)
        .map((member, index) => ({ name: nameOf(member), attributes: buildAttributes(context, lists[index]) }));
      return { kind: "coclass", name: nameOf(requiredToken(child, "Identifier")), attributes, members, span };
    }
    case "dispinterfaceDefinition": {
      const definitions = buildMembers(context, child);
      return { kind: "dispinterface", name: nameOf(requiredToken(child, "Identifier")), attributes, definitions, span };
    }
    case "typeDefinition":
    case "declaration": {
      const declarators = node(child, "declarators");
      const common = {
        specifiers: buildSpecifiers(context, required(child, "specifiers")),
        declarators: declarators === undefined ? [] : buildDeclarators(context, declarators),
        documentation,
        span,
      };
      const own = buildAttributes(context, node(child, "attributeLists"));
      if (name === "typeDefinition") return { kind: "typedef", attributes: [...attributes, ...own], ...common };
      return {
        kind: "declaration",
        attributes,
        signature: textOf(context, definition).replace(/\s*;$/, ""),
        ...common,
      };
    }
    default:
      throw new Error(`no AST for ${name}`);
  }
}

function buildQuotation(context: BuildContext, quotation: CstNode): QuotationNode {
  const text = tokens(quotation, "StringLiteral")
    .map((part) => parseStringLiteral(part.image))
    .join("");
  const span = spanOf(context, quotation);
  if (token(quotation, "Keyword_cpp_quote") !== undefined)
    return { kind: "quotation", directive: "cpp_quote", text, span };
  if (token(quotation, "Keyword_importlib") !== undefined)
    return { kind: "quotation", directive: "importlib", text, span };
  if (token(quotation, "Keyword_midl_pragma") === undefined)
    return { kind: "quotation", directive: "declare_guid", text: externGuid(quotation), span };
  obeyMidlPragma(context, quotation, span);
  return { kind: "quotation", directive: "midl_pragma", text, span };
}

/** `declare_guid(NAME, uuid)` is an invocation of EXTERN_GUID in the C header, for those who define that macro (MIDL "declare_guid"). */
function externGuid(quotation: CstNode): string {
  const name = token(quotation, "guidName")?.image ?? "";
  const digits = tokens(quotation, "UuidPart")
    .map((part) => part.image)
    .join("")
    .replaceAll("-", "")
    .toLowerCase();
  const parts = /^(.{8})(.{4})(.{4})(..)(..)(..)(..)(..)(..)(..)(..)$/.exec(digits)?.slice(1) ?? [];
  return `#ifdef EXTERN_GUID\nEXTERN_GUID(${[name, ...parts.map((part) => `0x${part}`)].join(", ")});\n#endif`;
}

/** `midl_pragma warning(disable : 2039 2040)` */
function obeyMidlPragma(context: BuildContext, quotation: CstNode, span: QuotationNode["span"]): void {
  const pragma = node(quotation, "warningPragma");
  const option = pragma === undefined ? undefined : token(pragma, "AttributeName");
  const action = warningAction(option?.image ?? "");
  const [name] = [...tokens(quotation, "Identifier"), ...tokens(quotation, "Keyword_default")];
  if (pragma === undefined || action === undefined || name?.image !== "warning") {
    context.reporter.report("midl-pragma-malformed", span);
    return;
  }
  const numbers = tokens(pragma, "NumberLiteral").map((number) => Number(number.image));
  context.reporter.warnings.set(span, action, numbers);
}

/** File names in quotation marks; a backslash in them is no escape. */
export function fileNames(strings: readonly IdlToken[]): NameNode[] {
  return strings.map((part) => ({
    text: part.image.replace(/^L?"|"$/g, "").replaceAll("\\\\", "\\"),
    span: part.span,
  }));
}

function missingName(parent: CstNode): never {
  throw new Error(`CST node ${parent.name} has no name`);
}
