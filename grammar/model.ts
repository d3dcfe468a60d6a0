/**
 * The checked model of a compilation: what every later phase reads. Names are bound, attributes are resolved to what they mean at
 * the place where they stand, array attributes have become array types, and constant expressions have become numbers.
 *
 * The model is data: readonly interfaces told apart by `kind`. It imports only source positions.
 */
import type { SourceSpan } from "./source.ts";

/** Everything that one run of the front end read, with the file named on the command line last in `files`. */
export interface Model {
  /** Every .idl file, each after the files that it imports. */
  readonly files: readonly IdlFile[];
  /** The file named on the command line. */
  readonly main: IdlFile;
  /** What the include statements of the ACF name, in order: C headers of the stubs that MIDL generates. */
  readonly includes: readonly AcfInclude[];
}

/** `include "NAME";` of an ACF (MIDL "include attribute"). */
export interface AcfInclude {
  /** The name as written, without quotation marks. */
  readonly name: string;
  readonly span: SourceSpan;
}

/** One .idl file. Its declarations are generated into a module of its own. */
export interface IdlFile {
  /** Path as given or as found along the include path. */
  readonly path: string;
  /** File name without folder and extension: the name of the generated modules. */
  readonly baseName: string;
  readonly imports: readonly IdlFile[];
  /** Declarations in the order of the source, those inside interfaces included. */
  readonly declarations: readonly Declaration[];
  readonly interfaces: readonly Interface[];
  /** Lines for a generated C header, in order: cpp_quote, declare_guid, #pragma midl_echo, pragmas of the C compiler. */
  readonly quotations: readonly Quotation[];
}

/** One line, or several with LF between them: the text of `cpp_quote("...")` or `#pragma midl_echo("...")`, or what stands for the others. */
export interface Quotation {
  readonly text: string;
  readonly span: SourceSpan;
}

/** `/** ... *\/`, `/* ... *\/` or `//` text that stands directly before a declaration, without its comment signs. */
export type Documentation = string | undefined;

export type Declaration = ConstantDeclaration | TypeDeclaration;

/** `const long MAXIMUM = 10;` */
export interface ConstantDeclaration {
  readonly kind: "constant";
  readonly name: string;
  readonly type: Type;
  readonly value: ConstantValue;
  readonly documentation: Documentation;
  readonly span: SourceSpan;
}

/** A named type: a typedef, or a struct, union or enum with a tag, or a pipe. */
export interface TypeDeclaration {
  readonly kind: "type";
  /** The name that generated code uses. */
  readonly name: string;
  readonly type: AliasType | StructType | UnionType | EnumType | PipeType;
  readonly documentation: Documentation;
  readonly span: SourceSpan;
}

/** The value of a constant expression: integers of at most 32 bits are numbers, wider ones bigint. `null` is a NULL pointer constant. */
export type ConstantValue = number | bigint | string | boolean | null;

// ---------------------------------------------------------------------------------------------------------------------- types

export type Type =
  | BaseType
  | VoidType
  | EnumType
  | StructType
  | UnionType
  | AliasType
  | PointerType
  | ArrayType
  | ContextHandleType
  | BindingHandleType
  | PipeType
  | InterfaceReferenceType
  | FunctionType;

/**
 * A base type (C706 chapter 4, MIDL "Base Types"). `byte` is opaque octets, `char` an unsigned 8-bit character, `small` an 8-bit
 * integer, `int3264` an integer of pointer size (4 octets in NDR, 8 in NDR64).
 */
export interface BaseType {
  readonly kind: "base";
  readonly base: BaseTypeName;
}

export type BaseTypeName =
  | "boolean"
  | "byte"
  | "char"
  | "wchar_t"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "int3264"
  | "uint3264"
  | "float"
  | "double"
  | "error_status_t";

export interface VoidType {
  readonly kind: "void";
}

export interface EnumType {
  readonly kind: "enum";
  /** The typedef name if there is one, else the tag; never empty (a nameless enum gets a name from where it stands). */
  readonly name: string;
  readonly tag: string | undefined;
  /** [v1_enum]: 32 bits on the wire instead of 16 (in NDR; NDR64 always sends 32). */
  readonly v1: boolean;
  readonly members: readonly EnumMember[];
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

export interface EnumMember {
  readonly name: string;
  /** -2147483648 to 4294967295. */
  readonly value: number;
  readonly documentation: Documentation;
  readonly span: SourceSpan;
}

export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly tag: string | undefined;
  /** Filled in when the definition has been bound; a struct may refer to itself through pointers. */
  readonly fields: readonly Field[];
  /** Declared without a body anywhere: legal behind pointers of [local] operations only. */
  readonly incomplete: boolean;
  /** /Zp or #pragma pack in force at the definition: 1, 2, 4, 8 or 16. C layout only, never the wire. */
  readonly packing: number;
  readonly attributes: Attributes;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

/** A member of a struct. */
export interface Field {
  readonly kind: "field";
  /** Never empty: a nameless struct or union member gets a name from its position (`field3`), and `anonymous` is true unless it is of a named type. */
  readonly name: string;
  readonly anonymous: boolean;
  readonly type: Type;
  /** The switch of a non-encapsulated union, when `type` is one (also through an alias or behind pointers). */
  readonly switchIs: Expression | undefined;
  /** [range(low, high)] on an integer or on the conformance of an array; also what the type's own typedef says. */
  readonly range: Range | undefined;
  /** [ignore]: the pointer is not sent, or sent as null (MIDL "ignore"). */
  readonly ignore: boolean;
  /** Width of a bit-field: 0 to 64. Only in types that do not travel. */
  readonly bitWidth?: number;
  readonly attributes: Attributes;
  readonly documentation: Documentation;
  readonly span: SourceSpan;
}

export interface Range {
  readonly low: number | bigint;
  readonly high: number | bigint;
}

/**
 * A union. An encapsulated one (`union switch (...) ...`) carries its discriminant as a member (`encapsulated`), is generated as one
 * type with `discriminant`, and has no `switchIs` where it is used.
 */
export interface UnionType {
  readonly kind: "union";
  readonly name: string;
  readonly tag: string | undefined;
  /** Names of the discriminant and of the union in an encapsulated union (C layout only: on the TypeScript side it is `discriminant`). */
  readonly encapsulated: { readonly switchName: string; readonly unionName: string } | undefined;
  /** Type of the discriminant: integer, char, boolean or enum. Absent only for unions that cannot be sent (in [local] operations). */
  readonly switchType: Type | undefined;
  readonly arms: readonly Arm[];
  readonly incomplete: boolean;
  /** [ms_union] on the type or the interface, or /ms_union: discriminant and arm are aligned to the largest arm (NDR). Never set for encapsulated unions. */
  readonly msUnion: boolean;
  readonly packing: number;
  readonly attributes: Attributes;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

/** One arm of a union: `[case(1, 2)] long l;`, `[default] ;`. */
export interface Arm {
  readonly kind: "arm";
  /** Undefined for an empty arm. */
  readonly name: string | undefined;
  readonly type: Type | undefined;
  /** Values of the cases; empty for the default arm without any. */
  readonly cases: readonly ArmCase[];
  readonly isDefault: boolean;
  readonly switchIs: Expression | undefined;
  readonly range: Range | undefined;
  readonly attributes: Attributes;
  readonly documentation: Documentation;
  readonly span: SourceSpan;
}

export interface ArmCase {
  readonly value: number;
  /** The enum member or constant by which the source names the value. */
  readonly name: string | undefined;
}

/** A typedef name. What it stands for has pointer kinds resolved for the place of use, so that `target` may differ between uses. */
export interface AliasType {
  readonly kind: "alias";
  readonly name: string;
  readonly target: Type;
  readonly attributes: Attributes;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

export type PointerKind = "ref" | "unique" | "ptr";

/**
 * A pointer. Its kind is resolved by the rules of RPC "Default Pointer Types" and C706 chapter 4: an attribute on the declarator, else
 * one on the typedef, else [ref] for the outermost pointer of a parameter, else [pointer_default], else [unique] (/osf: [ptr]).
 * A pointer with a size, a length or [string] points to an `ArrayType`.
 */
export interface PointerType {
  readonly kind: "pointer";
  readonly pointer: PointerKind;
  readonly pointee: Type;
  /** `const T *`: said in C headers alone. */
  readonly constant?: true;
  /** Attributes of the typedef or declarator that concern this pointer: allocate, force_allocate and the like. */
  readonly attributes: Attributes;
}

/**
 * One dimension of an array; an array of several dimensions is an array of arrays. Also what a sized or [string] pointer points to.
 */
export interface ArrayType {
  readonly kind: "array";
  readonly element: Type;
  /** `const T a[]`: said in C headers alone. */
  readonly constant?: true;
  /** A constant number of elements, or "conformant". */
  readonly size: FixedSize | ConformantSize;
  /** The lower bound when it is not 0 (DCE, under /osf): the index that the source gives to the first element. It does not travel. */
  readonly lower?: Expression;
  /** first_is, last_is, length_is: the array is varying. [string] arrays are varying by nature and have none of the three. */
  readonly varying: Varying | undefined;
  /** [string]: elements up to and including a terminator are sent. `element` is char, byte or wchar_t. */
  readonly string: boolean;
  /** [range] that applies to the conformance. */
  readonly range: Range | undefined;
  readonly attributes: Attributes;
}

export interface FixedSize {
  readonly kind: "fixed";
  /** 1 or more. */
  readonly count: number;
}

/** Sent with its maximum count. Without an expression ([string] alone, or `[*]`) the value itself determines the count. */
export interface ConformantSize {
  readonly kind: "conformant";
  /** Number of elements: size_is, or the upper bound (max_is) plus one minus the lower one (min_is). Undefined for an unsized [string]. */
  readonly sizeIs: Expression | undefined;
}

export interface Varying {
  /** How far the first element sent is from the lower bound: first_is minus min_is; absent means 0. */
  readonly firstIs: Expression | undefined;
  /** Number of elements transmitted: length_is, or last_is plus one minus first_is (or minus the lower bound). */
  readonly lengthIs: Expression | undefined;
  /** [string] of structures of bytes: sent up to and including the first of which every byte is 0. */
  readonly terminated?: true;
}

export interface ContextHandleType {
  readonly kind: "context-handle";
  /** Name of the typedef, or "void" when the attribute stands on the parameter. */
  readonly name: string;
  /** What the handle is declared to point to, unless that is `void`. */
  readonly pointee?: Type;
  /** What it points to is const. */
  readonly constant?: true;
  /** [strict_context_handle], [type_strict_context_handle], [context_handle_serialize], [context_handle_noserialize]. */
  readonly attributes: Attributes;
}

/** `handle_t`: never on the wire. */
export interface BindingHandleType {
  readonly kind: "binding-handle";
}

export interface PipeType {
  readonly kind: "pipe";
  readonly name: string;
  readonly element: Type;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

/** An interface used as a type: `IUnknown *`, `[iid_is(riid)] void **`. Always behind a pointer; travels as an opaque OBJREF. */
export interface InterfaceReferenceType {
  readonly kind: "interface";
  readonly name: string;
  readonly iidIs: Expression | undefined;
}

/** Stands behind pointers in [local] declarations only. */
export interface FunctionType {
  readonly kind: "function";
  readonly returnType: Type;
  readonly parameters: readonly Parameter[];
}

// ---------------------------------------------------------------------------------------------------------------- interfaces

export interface Interface {
  readonly kind: "interface";
  readonly name: string;
  /** Lower case, 36 characters. The nil UUID when absent ([local] interfaces). */
  readonly uuid: string;
  readonly version: { readonly major: number; readonly minor: number };
  readonly endpoints: readonly { readonly protocolSequence: string; readonly endpoint: string }[];
  readonly pointerDefault: PointerKind;
  /** [object]: a DCOM interface; its calls (ORPC) are not generated. */
  readonly object: boolean;
  readonly local: boolean;
  readonly base: Interface | undefined;
  /** The name of the base as written; that of a well-known COM interface may be undeclared, and `base` undefined. */
  readonly baseName?: string | undefined;
  /** Every operation that has an opnum, and the [local] and [call_as] ones that have none. */
  readonly operations: readonly Operation[];
  readonly binding: InterfaceBinding;
  readonly attributes: Attributes;
  readonly documentation: Documentation;
  readonly file: IdlFile;
  readonly span: SourceSpan;
}

/** How operations without a binding parameter of their own are bound (ACF, or /app_config in the .idl). */
export type InterfaceBinding =
  | { readonly kind: "auto" }
  | { readonly kind: "explicit" }
  | { readonly kind: "implicit"; readonly name: string; readonly type: Type };

export interface Operation {
  readonly kind: "operation";
  readonly name: string;
  /** 0 to 65535; undefined for [local] operations, callbacks count by themselves. */
  readonly opnum: number | undefined;
  readonly callback: boolean;
  readonly returnType: Type;
  readonly parameters: readonly Parameter[];
  /**
   * Parameters that the ACF adds for a status: `[out] error_status_t *NAME`, after the others and never on the wire (MIDL
   * "fault_status attribute"). Absent when there are none.
   */
  readonly statusParameters?: readonly StatusParameter[];
  /** idempotent, broadcast, maybe, message, local, call_as, async, notify, enable_allocate, comm_status, fault_status, ... */
  readonly attributes: Attributes;
  /** The operation as the source has it, on one line and without its attributes' line breaks: for comments in generated code. */
  readonly signature: string;
  readonly documentation: Documentation;
  readonly span: SourceSpan;
}

/** A parameter that only the ACF has. */
export interface StatusParameter {
  readonly name: string;
  /** [comm_status] */
  readonly communication: boolean;
  /** [fault_status] */
  readonly fault: boolean;
  readonly span: SourceSpan;
}

export interface Parameter {
  readonly kind: "parameter";
  readonly name: string;
  readonly type: Type;
  readonly in: boolean;
  readonly out: boolean;
  readonly switchIs: Expression | undefined;
  readonly range: Range | undefined;
  readonly attributes: Attributes;
  readonly span: SourceSpan;
}

// ----------------------------------------------------------------------------------------------------------------- attributes

/**
 * Attributes as written in the .idl or merged in from the .acf, by their lower-case name. What the model has resolved into fields of
 * its own (size_is, in, ref, ...) is present here too, so that rules and documentation can name it.
 */
export type Attributes = ReadonlyMap<string, AttributeUse>;

export interface AttributeUse {
  readonly name: string;
  /** Arguments as bound expressions or as plain identifiers, in order; an empty slot (`size_is(,n)`) is undefined. */
  readonly arguments: readonly (Expression | undefined)[];
  /** The type that transmit_as, wire_marshal, represent_as or user_marshal names; undefined when it is not declared (a local type). */
  readonly type?: Type;
  /** From the ACF rather than from the .idl. */
  readonly acf: boolean;
  readonly span: SourceSpan;
}

// ---------------------------------------------------------------------------------------------------------------- expressions

/** An expression with its names bound. Without a `reference` in it, it is a `constant`: the binder folds. */
export type Expression =
  | ConstantExpression
  | ReferenceExpression
  | MemberExpression
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | CastExpression
  | NameExpression;

export interface ConstantExpression {
  readonly kind: "constant";
  readonly value: ConstantValue;
  /** C type of the value after the usual conversions; determines wrap-around. */
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

/** A field of the same struct or a parameter of the same operation. */
export interface ReferenceExpression {
  readonly kind: "reference";
  readonly target: Field | Parameter;
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

/** `object.member`, or `object->member` when `object` is a pointer. */
export interface MemberExpression {
  readonly kind: "member";
  readonly object: Expression;
  readonly member: Field;
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

export interface UnaryExpression {
  readonly kind: "unary";
  readonly operator: "+" | "-" | "~" | "!" | "*" | "&";
  readonly operand: Expression;
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

export type BinaryOperator =
  "*" | "/" | "%" | "+" | "-" | "<<" | ">>" | "<" | ">" | "<=" | ">=" | "==" | "!=" | "&" | "^" | "|" | "&&" | "||";

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

export interface CastExpression {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: ExpressionType;
  readonly span: SourceSpan;
}

/** A name that is not a value: the argument of `allocate(all_nodes)`, `byte_count(length)`, `call_as(f)` and their like. */
export interface NameExpression {
  readonly kind: "name";
  readonly name: string;
  readonly span: SourceSpan;
}

/** Type of an expression: an integer with C's width and sign, or any other type of the model. */
export type ExpressionType =
  { readonly kind: "integer"; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean } | Type;
