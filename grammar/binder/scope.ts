/** Names that are in force: typedef names, constants, interfaces, and the tags of structs, unions and enums. */
import type {
  Attributes,
  ConstantValue,
  EnumType,
  ExpressionType,
  IdlFile,
  Interface,
  PointerKind,
  StructType,
  UnionType,
} from "../model.ts";
import type { SourceSpan } from "../source.ts";
import type { DeclaredShape } from "./shape.ts";
import type { RawType } from "./raw-type.ts";

/** Something readonly while it is being made. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What an ordinary name stands for. */
export type NameSymbol = TypedefSymbol | ConstantSymbol | InterfaceSymbol;

/** A typedef name, kept unresolved: pointer kinds depend on the place of use. */
export interface TypedefSymbol {
  readonly kind: "typedef";
  readonly name: string;
  readonly raw: RawType;
  readonly shape: DeclaredShape;
  readonly attributes: Attributes;
  /** [pointer_default] of the interface around it; undefined outside and where there is none. */
  readonly pointerDefault: PointerKind | undefined;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

/** A constant, or a member of an enum. */
export interface ConstantSymbol {
  readonly kind: "constant";
  readonly name: string;
  readonly value: ConstantValue;
  readonly type: ExpressionType;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

export interface InterfaceSymbol {
  readonly kind: "interface";
  readonly name: string;
  /** Undefined while only a forward declaration was seen. */
  interface: Interface | undefined;
  readonly coclass?: boolean;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

/** What a tag stands for. */
export type TaggedType = Mutable<StructType> | Mutable<UnionType> | Mutable<EnumType>;

/**
 * The one name space of a compilation, as in C: what a file declares is known to all files bound after it. A later file may declare
 * a name again with another meaning, which then holds from there on.
 */
export class Scope {
  readonly #names = new Map<string, NameSymbol>();
  readonly #tags = new Map<string, TaggedType>();

  name(name: string): NameSymbol | undefined {
    return this.#names.get(name);
  }

  tag(name: string): TaggedType | undefined {
    return this.#tags.get(name);
  }

  declareName(symbol: NameSymbol): void {
    this.#names.set(symbol.name, symbol);
  }

  declareTag(name: string, type: TaggedType): void {
    this.#tags.set(name, type);
  }
}
