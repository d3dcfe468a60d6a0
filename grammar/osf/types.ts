/** /osf on specifiers, declarators and expressions (MIDL "/osf"). */
import type {
  AttributeNode,
  DeclaratorNode,
  ExpressionNode,
  MemberDeclarationNode,
  SpecifiersNode,
  TypeSpecifierNode,
} from "../ast.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import { vocabulary } from "../vocabulary/vocabulary.ts";

/** Refuses qualifiers, types and what a type's definition uses. */
export function refuseInSpecifiers(node: SpecifiersNode, reporter: Reporter): void {
  const [qualifier] = node.qualifiers;
  if (qualifier !== undefined) reporter.report("osf-qualifier", node.span, { qualifier });
  refuseInType(node.type, reporter);
}

function refuseInType(node: TypeSpecifierNode, reporter: Reporter): void {
  switch (node.kind) {
    case "base":
      refuseWords(node.words, node.span, reporter);
      return;
    case "reference":
      if (node.name === "wchar_t") reporter.report("osf-wide-character-type", node.span);
      return;
    case "enum": {
      const valued = node.members?.find((member) => member.value !== undefined);
      if (valued !== undefined) reporter.report("osf-sparse-enum", valued.name.span, { name: valued.name.text });
      return;
    }
    case "struct":
    case "union":
      for (const member of node.members ?? []) refuseInMember(member, reporter);
      return;
    case "pipe":
      refuseInType(node.element, reporter);
      return;
    case "safearray":
      reporter.report("osf-construct", node.span, { construct: "SAFEARRAY" });
      return;
    default:
      node satisfies never;
  }
}

/** `int` beside a size is DCE's own. */
function refuseWords(words: readonly string[], span: SpecifiersNode["span"], reporter: Reporter): void {
  const sized = words.some((word) => ["small", "short", "long", "hyper"].includes(word));
  for (const word of words) {
    const number = vocabulary.types.get(word)?.osf;
    if (number === undefined) continue;
    if (word === "int") {
      if (!sized) reporter.report("osf-int", span);
    } else if (word === "signed") reporter.report("osf-signed", span);
    else if (word === "__int3264") reporter.report("osf-int3264", span);
    else reporter.report("osf-construct", span, { construct: word });
  }
}

function refuseInMember(member: MemberDeclarationNode, reporter: Reporter): void {
  refuseInAttributes(member.attributes, reporter);
  if (member.specifiers === undefined) return;
  if (member.declarators.every(({ name }) => name === undefined)) reporter.report("osf-unnamed-field", member.span);
  refuseInSpecifiers(member.specifiers, reporter);
  for (const declarator of member.declarators) {
    const name = declarator.name?.text ?? "";
    if (declarator.bits !== undefined) reporter.report("osf-bit-field", declarator.span, { name });
    refuseInDeclarator(declarator, reporter);
  }
}

/** Refuses qualifiers, and wide characters in array bounds. */
export function refuseInDeclarator(node: DeclaratorNode, reporter: Reporter): void {
  const { qualifier } = node;
  if (qualifier !== undefined) reporter.report("osf-qualifier", qualifier.span, { qualifier: qualifier.text });
  for (const derivation of node.derivations) {
    if (derivation.kind !== "array") continue;
    for (const bound of [derivation.lower, derivation.upper])
      if (bound !== undefined) refuseInExpression(bound, reporter);
  }
}

/** Refuses wide characters in the arguments of attributes. */
export function refuseInAttributes(nodes: readonly AttributeNode[], reporter: Reporter): void {
  for (const argument of nodes.flatMap((node) => node.arguments)) {
    if (argument === undefined || argument.kind === "uuid" || argument.kind === "type-name") continue;
    refuseInExpression(argument, reporter);
  }
}

/** Refuses wide characters and strings. */
export function refuseInExpression(node: ExpressionNode, reporter: Reporter): void {
  switch (node.kind) {
    case "character":
      if (node.image.startsWith("L")) reporter.report("osf-wide-character", node.span);
      return;
    case "string":
      if (node.wide) reporter.report("osf-wide-string", node.span);
      return;
    case "unary":
    case "cast":
      refuseInExpression(node.operand, reporter);
      return;
    case "binary":
      refuseInExpression(node.left, reporter);
      refuseInExpression(node.right, reporter);
      return;
    case "conditional":
      for (const part of [node.condition, node.whenTrue, node.whenFalse]) refuseInExpression(part, reporter);
      return;
    case "index":
      refuseInExpression(node.object, reporter);
      refuseInExpression(node.index, reporter);
      return;
    case "member":
      refuseInExpression(node.object, reporter);
      return;
    case "number":
    case "name":
    case "sizeof":
      return;
    default:
      node satisfies never;
  }
}
