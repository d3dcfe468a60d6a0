/** The names of a model's types in C, the same in every header: a file may declare anew what it imports, which C does not allow. */
import type {
  AliasType,
  Declaration,
  EnumType,
  IdlFile,
  Model,
  PipeType,
  Type,
  TypeDeclaration,
} from "../../grammar/index.ts";
import { globalName, memberName, type TaggedType } from "./c-names.ts";

/** Names of types by the file that declares them. */
export class ModelNames {
  readonly #homes: ReadonlyMap<TypeDeclaration["type"], IdlFile>;
  readonly #declaredAnew = new Map<IdlFile, ReadonlySet<string>>();
  readonly #ordinary = new Map<IdlFile, ReadonlySet<string>>();

  constructor(model: Model) {
    const declared = model.files.flatMap((file) => typesOf(file).map(({ type }) => [type, file] as const));
    this.#homes = new Map(declared);
  }

  /** The file whose header defines a type; undefined for one that is declared without a body. */
  homeOf(type: TaggedType): IdlFile | undefined {
    return this.#homes.get(type);
  }

  /** `FOO` of `typedef struct _FOO FOO`; undefined where that name is a constant or a function. */
  ofTagged(type: TaggedType): string | undefined {
    const { name } = type;
    const file = this.homeOf(type) ?? type.file;
    return name.endsWith("$") || this.#ordinaryNames(file).has(name) ? undefined : this.#global(name, file);
  }

  ofTypedef({ name, file }: AliasType | PipeType): string {
    return this.#global(name, file);
  }

  ofEnumerator(name: string, type: EnumType): string {
    return this.#global(name, this.homeOf(type) ?? type.file);
  }

  /** `struct _FOO`; an encapsulated union is a struct of its discriminant and the union (MIDL "Encapsulated Unions"). */
  tag(type: TaggedType): string {
    const keyword = type.kind === "union" && type.encapsulated !== undefined ? "struct" : type.kind;
    const tag = type.tag ?? type.name;
    const anew = this.#anew(this.homeOf(type) ?? type.file).has(tagKey(tag));
    return `${keyword} ${memberName(tag)}${anew ? "_" : ""}`;
  }

  #global(name: string, file: IdlFile): string {
    return this.#anew(file).has(name) ? `${name}_` : globalName(name);
  }

  /** Constants and functions of a file: C has one name space for them and for typedef names. */
  #ordinaryNames(file: IdlFile): ReadonlySet<string> {
    const known = this.#ordinary.get(file);
    if (known !== undefined) return known;
    const constants = file.declarations.flatMap((each) => (each.kind === "constant" ? [each.name] : []));
    const operations = file.interfaces.flatMap((each) => each.operations.map(({ name }) => name));
    const names = new Set([...constants, ...operations]);
    this.#ordinary.set(file, names);
    return names;
  }

  /** The names, and the tags, that a file declares although something else of that name is imported. */
  #anew(file: IdlFile): ReadonlySet<string> {
    const known = this.#declaredAnew.get(file);
    if (known !== undefined) return known;
    const imported = new Map([...importsOf(file)].flatMap((each) => namesIn(each)));
    const anew = new Set<string>();
    for (const [name, type] of namesIn(file)) {
      const other = imported.get(name);
      if (other !== undefined && !sameInC(type, other)) anew.add(name);
    }
    this.#declaredAnew.set(file, anew);
    return anew;
  }
}

/** The types that a file declares. */
export function typesOf(file: IdlFile): readonly TypeDeclaration[] {
  return file.declarations.filter((each) => each.kind === "type");
}

function importsOf(file: IdlFile, found = new Set<IdlFile>()): ReadonlySet<IdlFile> {
  for (const each of file.imports) {
    if (found.has(each)) continue;
    found.add(each);
    importsOf(each, found);
  }
  return found;
}

function tagKey(tag: string): string {
  return `tag ${tag}`;
}

/** The names that a file brings into C, with what they stand for. */
function namesIn(file: IdlFile): readonly (readonly [name: string, type: Type])[] {
  return file.declarations.flatMap((declaration) => namesOf(declaration));
}

function namesOf(declaration: Declaration): readonly (readonly [name: string, type: Type])[] {
  if (declaration.kind === "constant") return [];
  const { name, type } = declaration;
  if (type.kind === "alias" || type.kind === "pipe") return [[name, type]];
  const members = type.kind === "enum" ? type.members.map((member) => [member.name, type] as const) : [];
  return [[name, type], [tagKey(type.tag ?? type.name), type], ...members];
}

/** Whether C takes two typedefs of one name for the same. */
function sameInC(left: Type, right: Type): boolean {
  const [a, b] = [withoutAlias(left), withoutAlias(right)];
  if (a.kind === "base" && b.kind === "base") return a.base === b.base;
  if (a.kind === "pointer" && b.kind === "pointer") return a.constant === b.constant && sameInC(a.pointee, b.pointee);
  if (a.kind === "array" && b.kind === "array" && a.size.kind === "conformant" && b.size.kind === "conformant")
    return sameInC(a.element, b.element);
  return a === b || (a.kind === "void" && b.kind === "void");
}

function withoutAlias(type: Type): Type {
  return type.kind === "alias" ? withoutAlias(type.target) : type;
}
