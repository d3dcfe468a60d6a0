/**
 * The abstract syntax tree of an .idl or .acf file: what was written, without judgement. Names are unresolved, attributes are generic,
 * numbers are text. It imports only source positions.
 */
import type { SourceSpan } from "./source.ts";

/** A name and where it stands. */
export interface NameNode {
  readonly text: string;
  readonly span: SourceSpan;
}

// ---------------------------------------------------------------------------------------------------------------- expressions

export type ExpressionNode =
  | NumberNode
  | CharacterNode
  | StringNode
  | NameExpressionNode
  | UnaryNode
  | BinaryNode
  | ConditionalNode
  | CastNode
  | SizeofNode
  | MemberNode
  | IndexNode;

export interface NumberNode {
  readonly kind: "number";
  readonly image: string;
  readonly span: SourceSpan;
}

export interface CharacterNode {
  readonly kind: "character";
  readonly image: string;
  readonly span: SourceSpan;
}

export interface StringNode {
  readonly kind: "string";
  readonly value: string;
  readonly wide: boolean;
  readonly span: SourceSpan;
}

export interface NameExpressionNode {
  readonly kind: "name";
  readonly name: string;
  /** `(T)` before an operand may turn out to be a cast. */
  readonly parenthesized: boolean;
  readonly span: SourceSpan;
}

export interface UnaryNode {
  readonly kind: "unary";
  readonly operator: string;
  readonly operand: ExpressionNode;
  readonly span: SourceSpan;
}

export interface BinaryNode {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: SourceSpan;
}

export interface ConditionalNode {
  readonly kind: "conditional";
  readonly condition: ExpressionNode;
  readonly whenTrue: ExpressionNode;
  readonly whenFalse: ExpressionNode;
  readonly span: SourceSpan;
}

export interface CastNode {
  readonly kind: "cast";
  readonly type: TypeNameNode;
  readonly operand: ExpressionNode;
  readonly span: SourceSpan;
}

export interface SizeofNode {
  readonly kind: "sizeof";
  readonly operand: TypeNameNode | ExpressionNode;
  readonly span: SourceSpan;
}

export interface MemberNode {
  readonly kind: "member";
  readonly object: ExpressionNode;
  readonly member: NameNode;
  readonly span: SourceSpan;
}

export interface IndexNode {
  readonly kind: "index";
  readonly object: ExpressionNode;
  readonly index: ExpressionNode;
  readonly span: SourceSpan;
}

// ----------------------------------------------------------------------------------------------------------------- attributes

/** What stands between the parentheses of an attribute, or in one slot of it. */
export type ArgumentNode = ExpressionNode | TypeNameNode | UuidNode;

/** The text between the parentheses of `uuid(...)`. */
export interface UuidNode {
  readonly kind: "uuid";
  readonly text: string;
  readonly span: SourceSpan;
}

export interface AttributeNode {
  readonly name: string;
  /** Empty slots are undefined. */
  readonly arguments: readonly (ArgumentNode | undefined)[];
  readonly span: SourceSpan;
}

// --------------------------------------------------------------------------------------------------------------- declarations

export interface SpecifiersNode {
  readonly type: TypeSpecifierNode;
  readonly qualifiers: readonly string[];
  readonly span: SourceSpan;
}

export type TypeSpecifierNode =
  BaseTypeNode | StructNode | UnionNode | EnumNode | PipeNode | SafeArrayNode | TypeReferenceNode;

export interface BaseTypeNode {
  readonly kind: "base";
  readonly words: readonly string[];
  readonly span: SourceSpan;
}

export interface StructNode {
  readonly kind: "struct";
  readonly tag: NameNode | undefined;
  /** Undefined without a body. */
  readonly members: readonly MemberDeclarationNode[] | undefined;
  readonly packing: number;
  readonly span: SourceSpan;
}

export interface UnionNode {
  readonly kind: "union";
  readonly tag: NameNode | undefined;
  readonly encapsulated: EncapsulationNode | undefined;
  readonly members: readonly MemberDeclarationNode[] | undefined;
  readonly packing: number;
  readonly span: SourceSpan;
}

/** `switch (short level) u` */
export interface EncapsulationNode {
  readonly specifiers: SpecifiersNode;
  readonly switchName: NameNode;
  readonly unionName: NameNode | undefined;
}

/** A line of a struct or union; an arm without a type has neither specifiers nor declarators. */
export interface MemberDeclarationNode {
  /** `case 1: case 2:` of an encapsulated union. */
  readonly cases: readonly ExpressionNode[];
  /** `default:` of an encapsulated union. */
  readonly isDefault: boolean;
  readonly attributes: readonly AttributeNode[];
  readonly specifiers: SpecifiersNode | undefined;
  readonly declarators: readonly DeclaratorNode[];
  readonly documentation: string | undefined;
  readonly span: SourceSpan;
}

export interface EnumNode {
  readonly kind: "enum";
  readonly tag: NameNode | undefined;
  readonly attributes: readonly AttributeNode[];
  readonly members: readonly EnumeratorNode[] | undefined;
  readonly span: SourceSpan;
}

export interface EnumeratorNode {
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly value: ExpressionNode | undefined;
  readonly documentation: string | undefined;
}

export interface PipeNode {
  readonly kind: "pipe";
  readonly element: TypeSpecifierNode;
  readonly span: SourceSpan;
}

export interface SafeArrayNode {
  readonly kind: "safearray";
  readonly element: TypeNameNode;
  readonly span: SourceSpan;
}

/** A typedef name, or the name of an interface. */
export interface TypeReferenceNode {
  readonly kind: "reference";
  readonly name: string;
  readonly span: SourceSpan;
}

/** A declarator turned inside out: the derivations from the name outwards, so `int *a[2]` is array, pointer. */
export interface DeclaratorNode {
  /** Undefined in a type name, or for a parameter without a name. */
  readonly name: NameNode | undefined;
  /** The first of the qualifiers that stand between the type and the name: `far`, `* const`. */
  readonly qualifier?: NameNode | undefined;
  readonly derivations: readonly DerivationNode[];
  readonly bits: ExpressionNode | undefined;
  readonly initializer: ExpressionNode | undefined;
  /** `= { ... }`, which has been refused. */
  readonly compound?: boolean;
  readonly span: SourceSpan;
}

export type DerivationNode = PointerNode | ArrayNode | FunctionNode;

export interface PointerNode {
  readonly kind: "pointer";
}

/** `[]`, `[*]`, `[n]`, `[m..n]`, `[0..*]`, `[*..n]`. */
export interface ArrayNode {
  readonly kind: "array";
  /** `*` is undefined, and `range` true. */
  readonly lower: ExpressionNode | undefined;
  /** `*` and nothing are both conformant. */
  readonly upper: ExpressionNode | undefined;
  /** Two bounds were written. */
  readonly range: boolean;
  readonly span: SourceSpan;
}

export interface FunctionNode {
  readonly kind: "function";
  readonly parameters: readonly ParameterNode[];
  readonly variadic: boolean;
}

export interface ParameterNode {
  readonly attributes: readonly AttributeNode[];
  readonly specifiers: SpecifiersNode;
  readonly declarator: DeclaratorNode;
  readonly span: SourceSpan;
}

/** A type as an operand or an argument; `implicit_handle(handle_t h)` gives it a name. */
export interface TypeNameNode {
  readonly kind: "type-name";
  readonly attributes: readonly AttributeNode[];
  readonly specifiers: SpecifiersNode;
  readonly declarator: DeclaratorNode;
  readonly span: SourceSpan;
}

// ---------------------------------------------------------------------------------------------------------------- definitions

export type DefinitionNode =
  | ImportNode
  | QuotationNode
  | InterfaceNode
  | LibraryNode
  | CoclassNode
  | DispinterfaceNode
  | TypedefNode
  | DeclarationNode;

export interface ImportNode {
  readonly kind: "import";
  readonly files: readonly NameNode[];
}

/** `cpp_quote("...")`, `importlib("...")`, `midl_pragma warning(...)`, `declare_guid(name, guid)`. */
export interface QuotationNode {
  readonly kind: "quotation";
  readonly directive: "cpp_quote" | "importlib" | "midl_pragma" | "declare_guid";
  readonly text: string;
  readonly span: SourceSpan;
}

export interface InterfaceNode {
  readonly kind: "interface";
  readonly name: NameNode;
  readonly base: NameNode | undefined;
  readonly attributes: readonly AttributeNode[];
  /** Undefined in a forward declaration. */
  readonly definitions: readonly DefinitionNode[] | undefined;
  /** `properties:` and `methods:` */
  readonly labels: readonly NameNode[];
  readonly documentation: string | undefined;
  readonly span: SourceSpan;
}

export interface LibraryNode {
  readonly kind: "library";
  readonly directive: "library" | "module";
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly definitions: readonly DefinitionNode[];
  readonly span: SourceSpan;
}

export interface CoclassNode {
  readonly kind: "coclass";
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly members: readonly CoclassMemberNode[];
  readonly span: SourceSpan;
}

/** `[default, source] dispinterface Events;` */
export interface CoclassMemberNode {
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
}

export interface DispinterfaceNode {
  readonly kind: "dispinterface";
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly definitions: readonly DefinitionNode[];
  readonly span: SourceSpan;
}

export interface TypedefNode {
  readonly kind: "typedef";
  readonly attributes: readonly AttributeNode[];
  readonly specifiers: SpecifiersNode;
  readonly declarators: readonly DeclaratorNode[];
  readonly documentation: string | undefined;
  readonly span: SourceSpan;
}

/** A constant, a tagged type, or an operation. */
export interface DeclarationNode {
  readonly kind: "declaration";
  readonly attributes: readonly AttributeNode[];
  readonly specifiers: SpecifiersNode;
  readonly declarators: readonly DeclaratorNode[];
  /** The text on one line. */
  readonly signature: string;
  readonly documentation: string | undefined;
  readonly span: SourceSpan;
}

/** An .idl file. */
export interface IdlFileNode {
  readonly definitions: readonly DefinitionNode[];
}

// ------------------------------------------------------------------------------------------------------------------------ ACF

export type AcfDefinitionNode = AcfInterfaceNode | AcfIncludeNode | AcfTypedefNode | AcfOperationNode;

export interface AcfInterfaceNode {
  readonly kind: "acf-interface";
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly definitions: readonly AcfDefinitionNode[];
  readonly span: SourceSpan;
}

export interface AcfIncludeNode {
  readonly kind: "acf-include";
  readonly files: readonly NameNode[];
}

export interface AcfTypedefNode {
  readonly kind: "acf-typedef";
  readonly attributes: readonly AttributeNode[];
  readonly names: readonly NameNode[];
}

export interface AcfOperationNode {
  readonly kind: "acf-operation";
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly parameters: readonly AcfParameterNode[];
}

export interface AcfParameterNode {
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
}

/** An .acf file. */
export interface AcfFileNode {
  readonly definitions: readonly AcfDefinitionNode[];
}
