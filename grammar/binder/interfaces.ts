/** Interfaces: header attributes, and what stands between the braces. */
import type { AttributeNode, DeclarationNode, DefinitionNode, InterfaceNode } from "../ast.ts";
import type { Attributes, Interface, InterfaceBinding, Operation, PointerKind, Type } from "../model.ts";
import { bindAttributes } from "./attributes.ts";
import { bindingHandle, predefinedTypes } from "./base-types.ts";
import { defaultPointer, reportUndefined, type BindingContext } from "./context.ts";
import { bindDefinition, registerPending } from "./definitions.ts";
import { readUuid, readVersion } from "./interface-attributes.ts";
import { findName } from "./names.ts";
import { bindOperation, operationDeclarator } from "./operations.ts";
import { bindTypeName } from "./types.ts";
import type { Mutable } from "./scope.ts";

/** Binds an interface, or notes a forward declaration. */
export function bindInterface(outer: BindingContext, node: InterfaceNode): void {
  const { name, span } = node;
  const { file, scope } = outer;
  const known = scope.name(name.text);
  const symbol =
    known?.kind === "interface"
      ? known
      : { kind: "interface" as const, name: name.text, interface: undefined, file, span: name.span };
  if (known === undefined || known !== symbol) scope.declareName(symbol);
  if (node.definitions === undefined) return;
  if (symbol.interface !== undefined && symbol.file === file) {
    outer.reporter.report("redefinition", name.span, { name: name.text });
    return;
  }
  const acf = outer.acf.interface(name.text);
  const attributes = bindAttributes(outer, node.attributes, { place: "interface", acf: acf.attributes });
  const base = baseOf(outer, node);
  const context: BindingContext = {
    ...outer,
    interface: {
      pointerDefault: pointerDefaultOf(attributes),
      msUnion: attributes.has("ms_union"),
      local: attributes.has("local"),
      object: attributes.has("object") || attributes.has("odl") || derivesFromObject(node, base),
      acf,
    },
  };
  const bound: Mutable<Interface> = {
    kind: "interface",
    name: name.text,
    uuid: readUuid(outer, node.attributes),
    version: readVersion(outer, node.attributes),
    endpoints: endpointsOf(outer, node.attributes),
    pointerDefault: defaultPointer(context),
    object: context.interface?.object === true,
    local: attributes.has("local"),
    base,
    baseName: node.base?.text,
    operations: [],
    binding: { kind: "auto" },
    attributes,
    documentation: node.documentation,
    file,
    span: name.span,
  };
  if (!bound.object) {
    for (const { text, span: label } of node.labels)
      outer.reporter.report("syntax-error", label, { found: `${text}:`, expected: ", which is for interfaces of COM" });
  }
  symbol.interface = bound;
  registerPending(context, node.definitions);
  bound.operations = bindBody(context, node.definitions, bound);
  bound.binding = bindingOf(outer, attributes, node.attributes.concat(acf.attributes));
  outer.file.interfaces.push(bound);
  if (span.file !== name.span.file) throw new Error("an interface and its name stand in one file");
}

function bindBody(context: BindingContext, definitions: readonly DefinitionNode[], bound: Interface): Operation[] {
  const operations: Operation[] = [];
  const opnums = new OpnumCounter(context, bound, definitions);
  for (const definition of definitions) {
    if (definition.kind !== "declaration" || operationDeclarator(definition) === undefined) {
      bindDefinition(context, definition);
      continue;
    }
    const operation = bindOperation(context, definition, opnums.next(definition));
    if (operation === undefined) continue;
    if (operations.some((other) => other.name === operation.name && !context.interface?.object)) {
      context.reporter.report("redefinition", operation.span, { name: operation.name });
    }
    operations.push(operation);
  }
  return operations;
}

/** Counts operation numbers: in order, from where the base interface ends; callbacks count by themselves (C706 chapter 4, MIDL "callback"). */
class OpnumCounter {
  readonly #local: boolean;
  readonly #object: boolean;
  readonly #replaced: ReadonlySet<string>;
  #next: number;
  #nextCallback = 0;

  constructor(context: BindingContext, bound: Interface, definitions: readonly DefinitionNode[]) {
    this.#local = bound.local;
    this.#object = bound.object;
    this.#next = operationCount(bound.base);
    this.#replaced = new Set(
      definitions.flatMap((definition) => (definition.kind === "declaration" ? callAsOf(context, definition) : [])),
    );
  }

  next(node: DeclarationNode): number | undefined {
    const has = (name: string): boolean => node.attributes.some((attribute) => attribute.name.toLowerCase() === name);
    if (has("callback")) return this.#nextCallback++;
    if (!this.#local && !has("local")) return this.#next++;
    const name = node.declarators[0]?.name?.text ?? "";
    if (this.#object && !this.#replaced.has(name)) this.#next++;
    return undefined;
  }
}

/** What an operation stands for, in the .idl or in the ACF (MIDL "call_as"). */
function callAsOf(context: BindingContext, { attributes, declarators }: DeclarationNode): string[] {
  const configured = context.interface?.acf.operation(declarators[0]?.name?.text ?? "") ?? [];
  const arguments_ = [...attributes, ...configured]
    .filter((attribute) => attribute.name.toLowerCase() === "call_as")
    .flatMap((use) => use.arguments);
  return arguments_.flatMap((argument) => (argument?.kind === "name" ? [argument.name] : []));
}

function operationCount(bound: Interface | undefined): number {
  let count = 0;
  for (let current = bound; current !== undefined; current = current.base) {
    const own = current.operations.filter((operation) => !operation.callback);
    count += current.object
      ? own.filter((operation) => !operation.attributes.has("call_as")).length
      : own.filter((operation) => operation.opnum !== undefined).length;
  }
  return count;
}

function baseOf(context: BindingContext, node: InterfaceNode): Interface | undefined {
  if (node.base === undefined) return undefined;
  if (node.base.text === node.name.text) {
    context.reporter.report("interface-cycle", node.base.span, { interface: node.name.text });
    return undefined;
  }
  const symbol = findName(context, node.base.text, node.base.span);
  if (symbol?.kind === "interface") {
    if (symbol.interface !== undefined) return symbol.interface;
    context.reporter.report("unsatisfied-forward-declaration", node.base.span, { name: node.base.text });
    return undefined;
  }
  if (wellKnownBases.has(node.base.text)) return undefined;
  reportUndefined(context, "undefined-symbol", node.base.text, node.base.span);
  return undefined;
}

/** An interface inherits the attributes of its base (MIDL "interface"): what derives from a COM interface is one, [object] or not. */
function derivesFromObject(node: InterfaceNode, base: Interface | undefined): boolean {
  return base === undefined ? wellKnownBases.has(node.base?.text ?? "") : base.object;
}

/** Base interfaces that may be named without importing them: object interfaces are not generated. */
const wellKnownBases: ReadonlySet<string> = new Set(["IUnknown", "IDispatch"]);

function pointerDefaultOf(attributes: Attributes): PointerKind | undefined {
  const [argument] = attributes.get("pointer_default")?.arguments ?? [];
  const name = argument?.kind === "name" ? argument.name : "";
  return name === "ref" || name === "unique" || name === "ptr" ? name : undefined;
}

/**
 * `endpoint("ncacn_np:[\\pipe\\x]", "ncacn_ip_tcp:server[1404]")` (MIDL "endpoint", "ncacn_np", "ncadg_mq"). A server listens on its own machine, so
 * the network address counts for nothing here; one that stands alone leaves the endpoint to the endpoint mapper.
 */
function endpointsOf(context: BindingContext, attributes: readonly AttributeNode[]): Interface["endpoints"] {
  const texts = attributes
    .filter((attribute) => attribute.name.toLowerCase() === "endpoint")
    .flatMap((use) => use.arguments);
  return texts.flatMap((argument) => {
    if (argument?.kind !== "string") return [];
    const match = /^([a-z][a-z0-9_]*)\s*:(?:[^[\]]*\[(.*)\]|[^[\]]+)$/i.exec(argument.value.trim());
    if (match === null) context.reporter.report("endpoint-syntax", argument.span, { text: argument.value });
    const [, protocolSequence = "", endpoint] = match ?? [];
    return endpoint === undefined ? [] : [{ protocolSequence, endpoint }];
  });
}

function bindingOf(context: BindingContext, attributes: Attributes, nodes: readonly AttributeNode[]): InterfaceBinding {
  const implicit = nodes.find((node) => node.name.toLowerCase() === "implicit_handle");
  if (implicit !== undefined) {
    const [argument] = implicit.arguments;
    if (argument?.kind !== "type-name") return { kind: "implicit", name: "ImplicitHandle", type: bindingHandle };
    const { type: specifier, span } = argument.specifiers;
    const unknown =
      specifier.kind === "reference" &&
      !predefinedTypes.has(specifier.name) &&
      !context.pending.has(specifier.name) &&
      context.scope.name(specifier.name) === undefined;
    if (unknown) context.reporter.report("implicit-undefined", span, { type: specifier.name });
    const type: Type = unknown ? bindingHandle : (bindTypeName(context, argument) ?? bindingHandle);
    return { kind: "implicit", name: argument.declarator.name?.text ?? "ImplicitHandle", type };
  }
  return { kind: attributes.has("explicit_handle") ? "explicit" : "auto" };
}
