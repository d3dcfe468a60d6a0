/** The modules that .idl files become, as JavaScript. */
import { basename, dirname, extname } from "node:path";
import type { FileHost } from "../../grammar/index.ts";
import { compile, type CompileDiagnostic, type CompileOptions } from "../compile.ts";
import { FormattedPieces } from "../formatted-pieces.ts";
import { stillHolds, type Readings } from "../file-host.ts";
import { declarationsText } from "./declarations.ts";

/** Settings that a project gives the plugin: those of a compilation that are not a matter of files. */
export type PluginOptions = Omit<
  CompileOptions,
  | "files"
  | "outputFolder"
  | "clientStubName"
  | "serverStubName"
  | "importExtension"
  | "syntaxCheck"
  | "savePreprocessed"
  | "memoryReport"
  | "host"
  | "formatted"
  | "onFile"
> & {
  /** Write NAME.d.idl.ts beside NAME.idl, so that TypeScript knows what importing it gives (true by default). */
  readonly types?: boolean;
};

/** What an .idl file became. */
export interface IdlModules {
  /** JavaScript by the name of the module: `phonebook`, `phonebook_c`, `phonebook_s`, and those of imported files. */
  readonly code: ReadonlyMap<string, string>;
  /** The modules whose exports are those of the .idl file. */
  readonly exported: readonly string[];
  readonly diagnostics: readonly CompileDiagnostic[];
  readonly readings: Readings;
  /** The text of NAME.d.idl.ts; undefined after a mistake, and when no types are wanted. */
  readonly declarations: string | undefined;
}

/** Compiles .idl files, each once as long as what it read stays the same. */
export class IdlCompiler {
  readonly #options: PluginOptions;
  readonly #host: FileHost;
  readonly #formatted = new FormattedPieces();
  readonly #compiled = new Map<string, Promise<IdlModules>>();

  constructor(options: PluginOptions, host: FileHost) {
    this.#options = options;
    this.#host = host;
  }

  /** The modules of an .idl file, by its absolute path. */
  async modules(path: string): Promise<IdlModules> {
    const known = this.#compiled.get(path);
    if (known !== undefined && stillHolds((await known).readings, this.#host)) return known;
    const compiling = this.#compile(path);
    this.#compiled.set(path, compiling);
    return compiling;
  }

  async #compile(path: string): Promise<IdlModules> {
    const { includePaths = [] } = this.#options;
    const result = await compile({
      ...this.#options,
      files: [path],
      includePaths: [dirname(path), ...includePaths],
      importExtension: ".js",
      host: this.#host,
      formatted: this.#formatted,
    });
    const code = new Map<string, string>();
    const modules = result.files.map((file) => ({ name: file.path.replace(/\.ts$/, ""), text: file.text }));
    for (const { name, text } of modules) code.set(name, await withoutTypes(text));
    const main = basename(path, extname(path));
    const exported = [main, `${main}_c`, `${main}_s`].filter((name) => code.has(name));
    const wanted = this.#options.types !== false && modules.length > 0;
    const declarations = wanted ? await declarationsText(path, modules, exported) : undefined;
    const readings = result.readings.get(path) ?? new Map<string, never>();
    return { code, exported, diagnostics: result.diagnostics, readings, declarations };
  }
}

/** Generated modules have erasable types only, so that each becomes JavaScript by itself. */
async function withoutTypes(text: string): Promise<string> {
  const { ts } = await import("ts-morph");
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
