/** Writes the components of a header, each after what it needs. */
import type {
  ConstantDeclaration,
  Environment,
  IdlFile,
  Interface,
  Operation,
  StructType,
  TypeDeclaration,
  UnionType,
} from "../../grammar/index.ts";
import { constantDefinition } from "./c-constants.ts";
import { documentationLines } from "./c-documentation.ts";
import { globalName, type TaggedType, type TypeNames } from "./c-names.ts";
import { typesOf, type ModelNames } from "./model-names.ts";
import { cParameters, implicitHandle, operationPrototypes, typeRoutines } from "./c-operations.ts";
import {
  aliasDefinition,
  enumDefinition,
  pipeDefinition,
  structDefinition,
  unionDefinition,
  type DefinitionContext,
} from "./c-types.ts";
import type { HeaderItem } from "./header-items.ts";
import { namelessType, needsOf, needsOfMembers, needsOfPrototype, type Needs } from "./needed-declarations.ts";

/** The lines of one header, in the making. */
export class HeaderWriter {
  readonly #lines: string[] = [];
  readonly #environment: Environment;
  readonly #file: IdlFile;
  readonly #model: ModelNames;
  readonly #declarations: ReadonlyMap<TypeDeclaration["type"], TypeDeclaration>;
  readonly #aliases: ReadonlyMap<string, TypeDeclaration>;
  /** Written as members of another type. */
  readonly #nameless: ReadonlySet<StructType | UnionType>;
  readonly #begun = new Set<TypeDeclaration>();
  /** Types whose typedef stands. */
  readonly #named = new Set<TaggedType>();
  readonly #tags = new Set<StructType | UnionType>();
  readonly #interfaces = new Set<string>();
  /** The comment before the last declaration. */
  #told: string | undefined;
  /** Whether the last line was quoted: quotations stay together. */
  #quoting = false;
  readonly #names: TypeNames = {
    of: (type) => this.#nameOf(type),
    typedef: (type) => this.#model.ofTypedef(type),
  };

  constructor(file: IdlFile, model: ModelNames, environment: Environment) {
    this.#file = file;
    this.#model = model;
    this.#environment = environment;
    const own = typesOf(file);
    this.#declarations = new Map(own.map((each) => [each.type, each]));
    this.#aliases = new Map(
      own.filter(({ type }) => type.kind === "alias" || type.kind === "pipe").map((each) => [each.name, each]),
    );
    const structs = own.flatMap(({ type }) => (type.kind === "struct" ? [type] : []));
    const inner = structs.flatMap(({ fields }) => fields.flatMap((field) => namelessType(field) ?? []));
    this.#nameless = new Set(inner.filter(({ tag, name }) => tag === undefined && !this.#aliases.has(name)));
  }

  /** What was written so far, without line ends. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Writes a component. */
  write(item: HeaderItem): void {
    switch (item.kind) {
      case "quotation":
        if (!this.#quoting) this.#lines.push("");
        this.#lines.push(...item.text.split(/\r\n?|\n/));
        this.#quoting = true;
        return;
      case "declaration":
        if (item.declaration.kind === "constant") this.#constant(item.declaration);
        else this.#type(item.declaration);
        return;
      case "interface":
        this.#interface(item.interface);
        return;
      case "operation":
        this.#operation(item.owner, item.operation);
        return;
      default:
        item satisfies never;
    }
  }

  #constant(declaration: ConstantDeclaration): void {
    this.#before(needsOf(declaration.type, false));
    this.#block([constantDefinition(declaration, this.#names)], declaration.documentation);
  }

  #type(declaration: TypeDeclaration): void {
    const { type } = declaration;
    if (this.#begun.has(declaration)) return;
    if ((type.kind === "struct" || type.kind === "union") && this.#nameless.has(type)) return;
    this.#begun.add(declaration);
    this.#before(needsOfDeclaration(type));
    const lines = this.#definition(type);
    if (type.kind !== "alias" && type.kind !== "pipe") this.#named.add(type);
    this.#block([...lines, ...typeRoutines(declaration, this.#names)], declaration.documentation);
  }

  #definition(type: TypeDeclaration["type"]): readonly string[] {
    const context: DefinitionContext = {
      environment: this.#environment,
      names: this.#names,
      model: this.#model,
    };
    switch (type.kind) {
      case "alias":
        return aliasDefinition(type, context);
      case "enum":
        return enumDefinition(type, context);
      case "struct":
        return structDefinition(type, context);
      case "union":
        return unionDefinition(type, context);
      case "pipe":
        return pipeDefinition(type, context);
      default:
        return type satisfies never;
    }
  }

  #interface(owner: Interface): void {
    const { name, version, uuid, binding, local } = owner;
    if (binding.kind === "implicit") this.#before(needsOf(binding.type, false));
    const identity = local ? "" : `, version ${version.major}.${version.minor}, ${uuid}`;
    this.#block([`/* interface ${name}${identity} */`, ...implicitHandle(owner, this.#names)]);
  }

  #operation(owner: Interface, operation: Operation): void {
    this.#before(needsOfPrototype(operation.returnType, cParameters(owner, operation)));
    this.#block(operationPrototypes(owner, operation, this.#names), operation.documentation);
  }

  /** Writes what must stand before. */
  #before(needs: Needs): void {
    for (const name of needs.interfaces) this.#forwardInterface(name);
    for (const each of needs.declared) {
      const declaration = typeof each === "string" ? this.#aliases.get(each) : this.#declarations.get(each);
      if (declaration !== undefined) this.#type(declaration);
    }
    for (const type of needs.tags) this.#forwardTag(type);
  }

  #forwardInterface(name: string): void {
    if (this.#interfaces.has(name)) return;
    this.#interfaces.add(name);
    this.#block([`typedef struct ${name} ${globalName(name)};`]);
  }

  #forwardTag(type: StructType | UnionType): void {
    if (this.#tags.has(type) || this.#stands(type)) return;
    this.#tags.add(type);
    this.#block([`${this.#model.tag(type)};`]);
  }

  #nameOf(type: TaggedType): string {
    return (this.#stands(type) ? this.#model.ofTagged(type) : undefined) ?? this.#model.tag(type);
  }

  /** Whether the typedef of a type stands: here, or in a header that is included. */
  #stands(type: TaggedType): boolean {
    const home = this.#model.homeOf(type);
    return this.#named.has(type) || (home !== undefined && home !== this.#file);
  }

  /** One comment may stand before several declarators of one declaration: it is told once. */
  #block(lines: readonly string[], documentation?: string): void {
    const told = documentation !== undefined && documentation === this.#told;
    this.#lines.push("", ...(told ? [] : documentationLines(documentation)), ...lines);
    this.#told = documentation;
    this.#quoting = false;
  }
}

const nothing: Needs = needsOf({ kind: "void" }, false);

function needsOfDeclaration(type: TypeDeclaration["type"]): Needs {
  switch (type.kind) {
    case "alias":
      return needsOf(type.target, false);
    case "pipe":
      return needsOfPrototype(type.element, [{ type: type.element }]);
    case "enum":
      return nothing;
    case "struct":
    case "union":
      return needsOfMembers(type);
    default:
      return type satisfies never;
  }
}
