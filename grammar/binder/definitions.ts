/** Definitions of a file or of an interface body: typedefs, constants, tagged types. */
import type { DeclarationNode, DeclaratorNode, DefinitionNode, TypeSpecifierNode, TypedefNode } from "../ast.ts";
import type { Attributes, Type } from "../model.ts";
import type { SourceSpan } from "../source.ts";
import type { Place } from "../vocabulary/entry.ts";
import { judgeAttributes } from "./attribute-placement.ts";
import { bindAttributes } from "./attributes.ts";
import { predefinedTypes } from "./base-types.ts";
import type { BindingContext } from "./context.ts";
import { bindConstant } from "./constants.ts";
import { keepTagApart } from "./declare.ts";
import { operationDeclarator } from "./operations.ts";
import { judgeCoclass, judgeDispinterface, judgeLibrary } from "./libraries.ts";
import { bindInterface } from "./interfaces.ts";
import { strip, type RawType } from "./raw-type.ts";
import type { TypedefSymbol } from "./scope.ts";
import { shapeOf } from "./shape.ts";
import { isConverted, withoutConversions } from "./conversions.ts";
import { bindDeclarator, bindSpecifier, namesItself, place } from "./types.ts";

/** Notes what the definitions declare, so that a name may be used before its declaration. */
export function registerPending(context: BindingContext, definitions: readonly DefinitionNode[]): void {
  for (const definition of definitions) {
    const bind = (): void => {
      bindEarly(context, definition);
    };
    for (const name of declaredNames(definition))
      if (context.scope.name(name) === undefined) context.pending.set(name, bind);
    for (const tag of declaredTags(definition)) {
      context.pendingTags.set(tag, bind);
    }
  }
}

function declaredNames(definition: DefinitionNode): string[] {
  if (definition.kind !== "typedef" && definition.kind !== "declaration") return [];
  const { type } = definition.specifiers;
  const members = type.kind === "enum" ? (type.members ?? []).map((member) => member.name.text) : [];
  return [...members, ...declaratorNames(definition)];
}

function declaratorNames(definition: TypedefNode | DeclarationNode): string[] {
  switch (definition.kind) {
    case "typedef":
      return definition.declarators.flatMap((declarator) => declarator.name?.text ?? []);
    case "declaration":
      return definition.declarators.flatMap((declarator) =>
        declarator.initializer === undefined ? [] : (declarator.name?.text ?? []),
      );
    default:
      return definition satisfies never;
  }
}

function declaredTags(definition: DefinitionNode): string[] {
  if (definition.kind !== "typedef" && definition.kind !== "declaration") return [];
  const { type } = definition.specifiers;
  const defines =
    (type.kind === "struct" || type.kind === "union" || type.kind === "enum") && type.members !== undefined;
  return defines && type.tag !== undefined ? [type.tag.text] : [];
}

/**
 * Binds a definition before its turn. Of a struct or union with a tag only the names are declared: its fields may refer to the very
 * declaration that asked for it.
 */
function bindEarly(context: BindingContext, definition: DefinitionNode): void {
  if (definition.kind === "typedef" || definition.kind === "declaration") {
    const { type } = definition.specifiers;
    if ((type.kind === "struct" || type.kind === "union") && type.tag !== undefined) {
      const specifiers = { ...definition.specifiers, type: { ...type, members: undefined } };
      if (definition.kind === "typedef") bindTypedef(context, { ...definition, specifiers });
      else bindDeclaration(context, { ...definition, specifiers, declarators: [] });
      return;
    }
  }
  bindDefinition(context, definition);
  context.boundEarly.add(definition);
}

/** Binds one definition. */
export function bindDefinition(context: BindingContext, definition: DefinitionNode): void {
  if (context.boundEarly.has(definition)) return;
  for (const name of declaredNames(definition)) context.pending.delete(name);
  for (const tag of declaredTags(definition)) context.pendingTags.delete(tag);
  switch (definition.kind) {
    case "typedef":
      bindTypedef(context, definition);
      return;
    case "declaration":
      bindDeclaration(context, definition);
      return;
    case "interface":
      bindInterface(context, definition);
      return;
    case "library":
      judgeAttributes(context, definition.attributes, definition.directive);
      judgeLibrary(context, definition);
      for (const inner of definition.definitions) bindDefinition({ ...context, inLibrary: true }, inner);
      return;
    case "dispinterface":
    case "coclass": {
      const { name } = definition;
      judgeAttributes(context, definition.attributes, definition.kind);
      if (definition.kind === "dispinterface") judgeDispinterface(context, definition);
      else judgeCoclass(context, definition);
      if (context.scope.name(name.text) === undefined) {
        context.scope.declareName({
          kind: "interface",
          name: name.text,
          interface: undefined,
          coclass: definition.kind === "coclass",
          file: context.file,
          span: name.span,
        });
      }
      return;
    }
    case "quotation":
      if (definition.directive === "importlib" && context.inLibrary !== true)
        context.reporter.report("importlib-outside", definition.span);
      if (definition.directive === "importlib") context.importsLibrary.add(context.file);
      if (definition.directive === "cpp_quote" || definition.directive === "declare_guid")
        context.file.quotations.push({ text: definition.text, span: definition.span });
      return;
    case "import":
      return;
    default:
      definition satisfies never;
  }
}

function bindTypedef(context: BindingContext, node: TypedefNode): void {
  const { type: own } = node.specifiers;
  const itself = own.kind === "reference" && context.scope.name(own.name) === undefined ? own : undefined;
  if (itself !== undefined && node.declarators.some((declarator) => declarator.name?.text === itself.name)) {
    context.reporter.report("self-typedef", itself.span, { name: itself.name });
    return;
  }
  const direct = node.declarators.find((declarator) => declarator.derivations.length === 0)?.name?.text;
  const attributesOf = (name: string | undefined): Attributes =>
    bindAttributes(context, node.attributes, {
      place: "typedef",
      acf: name === undefined ? [] : context.acf.type(name),
    });
  const attributes = attributesOf(direct);
  const specifier = node.specifiers.type;
  const base = bindSpecifier(context, specifier, {
    attributes: withoutConversions(attributes),
    name: direct ?? `${node.declarators[0]?.name?.text ?? "unnamed"}_target`,
    typedefName: definesType(specifier) ? direct : undefined,
    documentation: node.documentation,
  });
  for (const declarator of node.declarators) {
    const name = declarator.name?.text;
    const same = name === direct || (noAcf(context, name) && noAcf(context, direct));
    declareTypedef(context, { node, declarator, base, attributes: same ? attributes : attributesOf(name) });
  }
}

function noAcf(context: BindingContext, name: string | undefined): boolean {
  return name === undefined || context.acf.type(name).length === 0;
}

function definesType(specifier: TypeSpecifierNode): boolean {
  if (specifier.kind === "pipe") return true;
  return (
    (specifier.kind === "struct" || specifier.kind === "union" || specifier.kind === "enum") &&
    specifier.members !== undefined
  );
}

interface TypedefBinding {
  readonly node: TypedefNode;
  readonly declarator: DeclaratorNode;
  readonly base: RawType;
  readonly attributes: TypedefSymbol["attributes"];
}

function declareTypedef(context: BindingContext, binding: TypedefBinding): void {
  const { node, declarator, base, attributes } = binding;
  if (declarator.name === undefined) return;
  const { text: name, span } = declarator.name;
  const raw = bindDeclarator(context, base, declarator, node.specifiers);
  if (redefinesPredefined(context, name, raw, span)) return;
  const type = raw.kind === "done" ? raw.type : undefined;
  const isNew = isConverted(attributes);
  const itself = type !== undefined && !isNew && (namesItself(type, name) || adoptName(context, name, type, node));
  const { file } = context;
  const symbol: TypedefSymbol = {
    kind: "typedef",
    name,
    raw,
    shape: shapeOf(attributes),
    attributes,
    pointerDefault: context.interface?.pointerDefault,
    file,
    span,
  };
  if (redeclares(context, symbol)) return;
  keepTagApart(context, symbol);
  context.scope.declareName(symbol);
  if (itself) {
    if (type.kind === "pipe")
      file.declarations.push({ kind: "type", name, type, documentation: node.documentation, span });
    return;
  }
  const alias = place(context, { kind: "named", symbol });
  if (alias.kind !== "alias") return;
  file.declarations.push({ kind: "type", name, type: alias, documentation: node.documentation, span });
}

/** `typedef struct A B;` after or before the struct's definition names it, when nothing named it yet. */
function adoptName(context: BindingContext, name: string, type: Type, node: TypedefNode): boolean {
  if (type.kind !== "struct" && type.kind !== "union" && type.kind !== "enum") return false;
  if (node.attributes.length > 0 || node.specifiers.type.kind === "reference") return false;
  if (type.tag === undefined || type.name !== type.tag || type.file !== context.file) return false;
  const tagged = context.scope.tag(type.tag);
  if (tagged !== type) return false;
  tagged.name = name;
  return true;
}

/** `typedef unsigned short wchar_t;` says what is known already; anything else under such a name is a mistake (MIDL2014, MIDL2205). */
function redefinesPredefined(context: BindingContext, name: string, raw: RawType, span: SourceSpan): boolean {
  const known = predefinedTypes.get(name);
  if (known === undefined) return false;
  const stripped = strip(raw);
  const base =
    stripped.kind === "done" && stripped.type.kind === "base"
      ? stripped.type.base
      : stripped.kind === "done"
        ? stripped.type.kind
        : "";
  const allowed: Readonly<Record<string, readonly string[]>> = {
    wchar_t: ["uint16", "wchar_t"],
    error_status_t: ["uint32", "error_status_t"],
    handle_t: ["binding-handle"],
  };
  const consistent = allowed[name]?.includes(base) ?? (known.kind === "base" && known.base === base);
  if (!consistent) {
    if (name === "wchar_t") context.reporter.report("wchar-redefined", span);
    else if (name === "error_status_t") context.reporter.report("error-status-redefined", span);
    else context.reporter.report("redefinition", span, { name });
  }
  return true;
}

/** A second declaration of a name: the same again is fine, another meaning in the same file is not, in a later file it replaces. */
function redeclares(context: BindingContext, symbol: TypedefSymbol): boolean {
  const known = context.scope.name(symbol.name);
  if (known?.file !== symbol.file) return false;
  if (known.kind === "typedef" && sameRaw(known.raw, symbol.raw)) return true;
  context.reporter.report("redefinition", symbol.span, { name: symbol.name });
  return true;
}

function sameRaw(left: RawType, right: RawType): boolean {
  let [a, b] = [strip(left), strip(right)];
  while (a.kind === "pointer" && b.kind === "pointer") [a, b] = [strip(a.pointee), strip(b.pointee)];
  if (a.kind !== "done" || b.kind !== "done") return false;
  if (a.type.kind === "base" && b.type.kind === "base") return a.type.base === b.type.base;
  return a.type === b.type || (a.type.kind === "void" && b.type.kind === "void");
}

function bindDeclaration(context: BindingContext, node: DeclarationNode): void {
  const attributes = bindAttributes(context, node.attributes, { place: declarationPlace(node) });
  const specifier = node.specifiers.type;
  const tag =
    specifier.kind === "struct" || specifier.kind === "union" || specifier.kind === "enum"
      ? specifier.tag?.text
      : undefined;
  const base = bindSpecifier(context, specifier, {
    attributes,
    name: tag ?? `${node.declarators[0]?.name?.text ?? "unnamed"}_type`,
    typedefName: undefined,
    documentation: node.documentation,
  });
  for (const declarator of node.declarators) {
    if (declarator.name === undefined || declarator.compound === true) continue;
    if (declarator.derivations[0]?.kind === "function") continue;
    if (declarator.initializer !== undefined) bindConstant(context, node, declarator, base);
    else bindVariable(context, node, declarator, base);
  }
}

/** The place of a constant, of a function of a module, or of a type by its tag. */
function declarationPlace(node: DeclarationNode): Place {
  if (node.declarators.length === 0) return "type";
  return operationDeclarator(node) === undefined ? "constant" : "operation";
}

/**
 * A variable does not travel: nothing is generated for it. Strict DCE has none but with extern or static (MIDL2001; MIDL "Type
 * Definitions, Construct Declarations, and Imports").
 */
function bindVariable(context: BindingContext, node: DeclarationNode, declarator: DeclaratorNode, base: RawType): void {
  const { qualifiers } = node.specifiers;
  const elsewhere = qualifiers.includes("extern") || qualifiers.includes("static");
  if (!elsewhere) {
    const code = context.settings.mode === "osf" ? "data-declaration" : "variable-ignored";
    context.reporter.report(code, declarator.span, { name: declarator.name?.text ?? "" });
  }
  bindDeclarator(context, base, declarator);
}
