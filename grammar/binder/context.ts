/** What every part of the binder is handed. */
import type { AttributeNode, DefinitionNode } from "../ast.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type {
  AcfInclude,
  Declaration,
  EnumType,
  IdlFile,
  Interface,
  PointerKind,
  Quotation,
  StatusParameter,
  StructType,
  UnionType,
} from "../model.ts";
import type { SourceSpan } from "../source.ts";
import type { Mutable, Scope } from "./scope.ts";

/** Settings that decide what names and types mean. */
export interface BindingSettings {
  readonly environment: "win32" | "win64";
  readonly mode: "ms_ext" | "c_ext" | "osf";
  /** /app_config. */
  readonly applicationConfiguration: boolean;
  /** /ms_union. */
  readonly msUnion: boolean;
}

/** The interface around a declaration. */
export interface InterfaceContext {
  readonly pointerDefault: PointerKind | undefined;
  readonly msUnion: boolean;
  readonly local: boolean;
  readonly object: boolean;
  readonly acf: AcfInterfaceLookup;
}

/** An ACF, before it is known what it is about. */
export interface AcfSource {
  /** What it adds to a file with these interfaces. */
  forFile(interfaces: ReadonlySet<string>): AcfLookup;
  /** What its include statements name. */
  readonly includes: readonly AcfInclude[];
}

/** Attributes that the ACF adds to a file, looked up by what it names. */
export interface AcfLookup {
  type(name: string): readonly AttributeNode[];
  interface(name: string): AcfInterfaceLookup;
}

/** Attributes that the ACF adds to an interface. */
export interface AcfInterfaceLookup {
  readonly attributes: readonly AttributeNode[];
  operation(name: string): readonly AttributeNode[];
  parameter(operation: string, name: string): readonly AttributeNode[];
  /** The parameters with [comm_status] or [fault_status]. */
  statusParameters(operation: string): readonly StatusParameter[];
}

/** An .idl file while its declarations are being bound. */
export interface FileUnderWay extends IdlFile {
  readonly imports: IdlFile[];
  readonly declarations: Declaration[];
  readonly interfaces: Interface[];
  readonly quotations: Quotation[];
}

/** The state of binding one file. */
export interface BindingContext {
  readonly settings: BindingSettings;
  readonly reporter: Reporter;
  readonly scope: Scope;
  readonly file: FileUnderWay;
  readonly acf: AcfLookup;
  /** Names inside text that the parser skipped. */
  readonly skippedNames: ReadonlySet<string>;
  /** Names that were reported as undefined: once is enough. */
  readonly undefinedNames: Set<string>;
  /** Declarations further on in the file that a name may refer to; calling one binds it. */
  readonly pending: Map<string, () => void>;
  /** Tags that are defined further on in the file. */
  readonly pendingTags: Map<string, () => void>;
  /** Definitions bound before their turn. */
  readonly boundEarly: Set<DefinitionNode>;
  readonly interface: InterfaceContext | undefined;
  /** Files that have a library block. */
  readonly libraries: Set<IdlFile>;
  /** Files that name a type library in importlib, which may declare what they do not. */
  readonly importsLibrary: Set<IdlFile>;
  /** Inside a library block. */
  readonly inLibrary?: boolean;
  /** Unions whose definition names no switch type: the first use decides. */
  readonly openUnions: Map<UnionType, Mutable<UnionType>>;
  /** Types that the source gives no name. */
  readonly nameless: Mutable<StructType | UnionType | EnumType>[];
}

/** The kind of pointers without attributes: [pointer_default], else what the mode says (MIDL "pointer_default"). */
export function defaultPointer(context: BindingContext): PointerKind {
  return context.interface?.pointerDefault ?? (context.settings.mode === "osf" ? "ptr" : "unique");
}

/** Reports a name that is nowhere declared, once, and not when it may have stood in text that could not be parsed. */
export function reportUndefined(
  context: BindingContext,
  code: "undefined-symbol" | "undefined-type" | "attribute-unresolved",
  name: string,
  span: SourceSpan,
): void {
  if (context.skippedNames.has(name) || context.undefinedNames.has(name)) return;
  context.undefinedNames.add(name);
  context.reporter.report(code, span, { name });
}
