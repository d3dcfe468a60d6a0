/** Files to a model: imports first, then the declarations in order. */
import { basename, extname } from "node:path";
import type { IdlFileNode, ImportNode } from "../ast.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { IdlFile, Model, Quotation } from "../model.ts";
import type { Parsed } from "../parser/parse.ts";
import type { SourceFile, SourceSpan } from "../source.ts";
import type { AcfSource, BindingContext, BindingSettings, FileUnderWay } from "./context.ts";
import { bindDefinition, registerPending } from "./definitions.ts";
import { Scope } from "./scope.ts";

/** How the binder gets at other files. */
export interface FileLoader {
  /** The file that an import names, or undefined. */
  find(name: string, from: string): SourceFile | undefined;
  /** Its tree. */
  parse(file: SourceFile): Parsed<IdlFileNode>;
  /** What `#pragma midl_echo` said in it, once it is parsed. */
  echoes?(file: SourceFile): readonly Quotation[];
}

/** How deep imports may nest. */
const importLimit = 200;

/** Binds a file and all that it imports. The ACF concerns the main file alone. */
export function bindModel(
  main: SourceFile,
  loader: FileLoader,
  settings: BindingSettings,
  reporter: Reporter,
  acf: AcfSource,
): Model {
  const run = new BindingRun(loader, settings, reporter);
  const file = run.file(main, acf, 0);
  return { files: run.files, main: file, includes: acf.includes };
}

class BindingRun {
  readonly files: IdlFile[] = [];
  readonly #loader: FileLoader;
  readonly #settings: BindingSettings;
  readonly #reporter: Reporter;
  readonly #scope = new Scope();
  readonly #known = new Map<string, FileUnderWay>();
  readonly #importing: string[] = [];
  readonly #libraries = new Set<IdlFile>();
  readonly #undefinedNames = new Set<string>();
  readonly #skippedNames = new Set<string>();

  constructor(loader: FileLoader, settings: BindingSettings, reporter: Reporter) {
    this.#loader = loader;
    this.#settings = settings;
    this.#reporter = reporter;
  }

  file(source: SourceFile, acf: AcfSource, depth: number): IdlFile {
    const extension = extname(source.path);
    const file: FileUnderWay = {
      path: source.path,
      baseName: basename(source.path, extension),
      imports: [],
      declarations: [],
      interfaces: [],
      quotations: [],
    };
    this.#known.set(source.path, file);
    this.#importing.push(source.path);
    const { file: tree, skippedNames } = this.#loader.parse(source);
    file.quotations.push(...(this.#loader.echoes?.(source) ?? []));
    for (const name of skippedNames) this.#skippedNames.add(name);
    const context: BindingContext = {
      settings: this.#settings,
      reporter: this.#reporter,
      scope: this.#scope,
      file,
      acf: acf.forFile(interfaceNames(tree.definitions)),
      skippedNames: this.#skippedNames,
      undefinedNames: this.#undefinedNames,
      pending: new Map(),
      pendingTags: new Map(),
      boundEarly: new Set(),
      interface: undefined,
      libraries: this.#libraries,
      importsLibrary: new Set(),
      openUnions: new Map(),
      nameless: [],
    };
    for (const node of importsOf(tree.definitions)) this.#import(context, node, source, depth);
    registerPending(context, tree.definitions);
    for (const definition of tree.definitions) bindDefinition(context, definition);
    nameApart(context);
    file.quotations.sort(bySourceOrder);
    this.#importing.pop();
    this.files.push(file);
    return file;
  }

  #import(context: BindingContext, node: ImportNode, from: SourceFile, depth: number): void {
    for (const { text, span } of node.files) {
      const file = this.#imported(text, span, from, depth);
      if (file !== undefined && context.file.imports.includes(file))
        this.#reporter.report("import-repeated", span, { name: text });
      if (file !== undefined && !context.file.imports.includes(file)) context.file.imports.push(file);
    }
  }

  #imported(name: string, span: SourceSpan, from: SourceFile, depth: number): IdlFile | undefined {
    const source = this.#loader.find(name, from.path);
    if (source === undefined) {
      this.#reporter.report("file-not-found", span, { name });
      return undefined;
    }
    const known = this.#known.get(source.path);
    if (known !== undefined) {
      const cyclic = this.#importing.includes(source.path);
      if (cyclic) this.#reporter.report("import-cycle", span, { name });
      return cyclic ? undefined : known;
    }
    this.#reporter.warnings.enter(source, span);
    if (depth < importLimit) return this.file(source, noAcf, depth + 1);
    this.#reporter.report("import-depth", span, { name, limit: importLimit });
    return undefined;
  }
}

/** A type without a name is called after its place, `S_u` for the field u of S, unless the source has something of that name. */
function nameApart({ nameless, scope }: BindingContext): void {
  const taken = new Set<string>();
  for (const type of nameless) {
    while (taken.has(type.name) || scope.name(type.name) !== undefined || scope.tag(type.name) !== undefined)
      type.name = `${type.name}$`;
    taken.add(type.name);
  }
}

function bySourceOrder(left: Quotation, right: Quotation): number {
  return left.span.file === right.span.file ? left.span.start - right.span.start : 0;
}

/** An ACF that adds nothing. */
export const noAcf: AcfSource = {
  includes: [],
  forFile: () => ({
    type: () => [],
    interface: () => ({
      attributes: [],
      operation: () => [],
      parameter: () => [],
      statusParameters: () => [],
    }),
  }),
};

/** The interfaces that a file defines, those in library blocks included. */
function interfaceNames(definitions: IdlFileNode["definitions"]): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((definition) => {
      if (definition.kind === "library") return [...interfaceNames(definition.definitions)];
      return definition.kind === "interface" && definition.definitions !== undefined ? [definition.name.text] : [];
    }),
  );
}

/** The imports of a file; those inside interfaces and libraries hold for the whole file, as in MIDL. */
function importsOf(definitions: IdlFileNode["definitions"]): ImportNode[] {
  return definitions.flatMap((definition) => {
    if (definition.kind === "import") return [definition];
    if (definition.kind === "interface" || definition.kind === "library")
      return importsOf(definition.definitions ?? []);
    return [];
  });
}
