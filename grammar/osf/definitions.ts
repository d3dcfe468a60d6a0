/** /osf on files, interfaces and declarations: which Microsoft extensions the main file uses (MIDL "/osf"). */
import type {
  AttributeNode,
  DeclarationNode,
  DefinitionNode,
  FunctionNode,
  IdlFileNode,
  InterfaceNode,
  TypedefNode,
} from "../ast.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import { refuseInAttributes, refuseInDeclarator, refuseInExpression, refuseInSpecifiers } from "./types.ts";

/** DCE compilers append `_v1_0_c_epv` and the like to the name, and identifiers have 31 characters. */
const interfaceNameLimit = 17;

/** Reports each extension that DCE IDL does not have. */
export function refuseExtensions(file: IdlFileNode, reporter: Reporter): void {
  let interfaces = 0;
  for (const definition of file.definitions) {
    switch (definition.kind) {
      case "import":
        break;
      case "interface":
        if (definition.definitions === undefined) break;
        if (interfaces++ > 0) reporter.report("osf-interfaces", definition.name.span, { name: definition.name.text });
        refuseInInterface(definition, reporter);
        break;
      default:
        refuseOutside(definition, reporter);
    }
  }
}

function refuseOutside(definition: DefinitionNode, reporter: Reporter): void {
  switch (definition.kind) {
    case "quotation":
      if (definition.directive === "cpp_quote") reporter.report("osf-cpp-quote", definition.span);
      else reporter.report("osf-construct", definition.span, { construct: definition.directive });
      return;
    case "library":
      reporter.report("osf-construct", definition.name.span, { construct: definition.directive });
      return;
    case "coclass":
    case "dispinterface":
      reporter.report("osf-construct", definition.name.span, { construct: definition.kind });
      return;
    case "typedef":
    case "declaration":
      reporter.report("osf-outside-interface", definition.specifiers.span);
      return;
    case "import":
    case "interface":
      return;
    default:
      definition satisfies never;
  }
}

function refuseInInterface(node: InterfaceNode, reporter: Reporter): void {
  const { text: name, span } = node.name;
  if (name.length > interfaceNameLimit) reporter.report("osf-interface-name", span, { name });
  const uuid = node.attributes.find((attribute) => attribute.name.toLowerCase() === "uuid")?.arguments[0];
  if (uuid?.span.file.text[uuid.span.start] === '"') reporter.report("osf-quoted-uuid", uuid.span);
  if (node.base !== undefined) reporter.report("osf-construct", node.base.span, { construct: "interface inheritance" });
  for (const definition of node.definitions ?? []) {
    if (definition.kind === "typedef") refuseInTypedef(definition, reporter);
    else if (definition.kind === "declaration") refuseInDeclaration(definition, reporter);
    else if (definition.kind === "interface")
      reporter.report("osf-interfaces", definition.name.span, { name: definition.name.text });
    else if (definition.kind !== "import") refuseOutside(definition, reporter);
  }
}

function refuseInTypedef(node: TypedefNode, reporter: Reporter): void {
  refuseInAttributes(node.attributes, reporter);
  refuseInSpecifiers(node.specifiers, reporter);
  for (const declarator of node.declarators) refuseInDeclarator(declarator, reporter);
}

function refuseInDeclaration(node: DeclarationNode, reporter: Reporter): void {
  const [declarator] = node.declarators;
  const [first] = declarator?.derivations ?? [];
  const { qualifiers } = node.specifiers;
  if (declarator !== undefined && first?.kind === "function") {
    const operation = declarator.name?.text ?? "";
    refuseInAttributes(node.attributes, reporter);
    refuseInSpecifiers(node.specifiers, reporter);
    refuseInDeclarator(declarator, reporter);
    refuseInOperation(node.attributes, { operation, span: declarator.span, parameters: first }, reporter);
    return;
  }
  if (declarator !== undefined && qualifiers.some((each) => each === "extern" || each === "static")) {
    reporter.report("osf-declaration", declarator.span, { name: declarator.name?.text ?? "" });
    return;
  }
  const constant = declarator?.initializer !== undefined;
  const rest = constant ? qualifiers.filter((each) => each !== "const") : qualifiers;
  refuseInSpecifiers({ ...node.specifiers, qualifiers: rest }, reporter);
  for (const each of node.declarators) {
    refuseInDeclarator(each, reporter);
    if (each.initializer !== undefined) refuseInExpression(each.initializer, reporter);
  }
}

interface OperationParts {
  readonly operation: string;
  readonly span: DeclarationNode["span"];
  readonly parameters: FunctionNode;
}

function refuseInOperation(attributes: readonly AttributeNode[], parts: OperationParts, reporter: Reporter): void {
  const { operation, span, parameters } = parts;
  if (has(attributes, "local")) reporter.report("osf-local-operation", span, { operation });
  if (parameters.variadic) reporter.report("osf-construct", span, { construct: "..." });
  const alone = parameters.parameters.length === 1;
  for (const [index, parameter] of parameters.parameters.entries()) {
    const { type } = parameter.specifiers;
    const unnamed = parameter.declarator.name === undefined;
    if (alone && unnamed && type.kind === "base" && type.words.join() === "void") continue;
    refuseInAttributes(parameter.attributes, reporter);
    refuseInSpecifiers(parameter.specifiers, reporter);
    refuseInDeclarator(parameter.declarator, reporter);
    const name = parameter.declarator.name?.text ?? `parameter ${(index + 1).toString()}`;
    if (unnamed) reporter.report("osf-abstract-declarator", parameter.span, { position: index + 1, operation });
    if (!has(parameter.attributes, "in") && !has(parameter.attributes, "out"))
      reporter.report("osf-direction", parameter.declarator.span, { parameter: name, operation });
  }
}

function has(attributes: readonly AttributeNode[], name: string): boolean {
  return attributes.some((attribute) => attribute.name.toLowerCase() === name);
}
