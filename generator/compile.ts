/** The compiler as one function: .idl files in, TypeScript files and diagnostics out. It writes nothing. */
import { basename, dirname, extname, isAbsolute, join, normalize, resolve } from "node:path";
import {
  analyze,
  inSourceOrder,
  preprocessedText,
  type Analysis,
  type AnalyzeOptions,
  type Diagnostic,
  type FileHost,
  type Model,
} from "../grammar/index.ts";
import { withoutNdr } from "./transfer-syntaxes.ts";
import { generatorDiagnostic, type GeneratorDiagnostic } from "./diagnostics.ts";
import { diskHost, recordingHost, rememberingHost, type Readings } from "./file-host.ts";
import type { FormattedPieces } from "./formatted-pieces.ts";
import type { Generated, GenerateOptions } from "./generate.ts";
import { cHeaders } from "./header/headers.ts";

/** Settings of a compilation, each with MIDL's default. */
export interface CompileOptions extends Omit<AnalyzeOptions, "acfPath" | "acfNamed"> {
  /** The .idl files, by their paths. */
  readonly files: readonly string[];
  /** /acf: looked for along the include folders; NAME.acf beside each NAME.idl when absent. */
  readonly acf?: string | undefined;
  /** /out: folder of the generated files; the current folder by default. */
  readonly outputFolder?: string | undefined;
  /** /client: true by default. */
  readonly client?: boolean;
  /** /server: true by default. */
  readonly server?: boolean;
  /** /cstub: file name of the client stub in place of NAME_c.ts. */
  readonly clientStubName?: string | undefined;
  /** /sstub: file name of the server stub in place of NAME_s.ts. */
  readonly serverStubName?: string | undefined;
  /** /rpcss: every operation has [enable_allocate]. */
  readonly rpcss?: boolean;
  /** /header: path of a C header of the file, and of NAME.h beside it for each file that is imported; none by default. */
  readonly headerName?: string | undefined;
  /** /protocol: "dce" (NDR) by default. "all" is NDR alone for win32. */
  readonly protocol?: "dce" | "ndr64" | "all";
  /** /backward_compat maybenull_sizeis: a null pointer may have a size everywhere, as with [disable_consistency_check]; false by default. */
  readonly disableConsistencyCheck?: boolean;
  /** Extension in imports of sibling files: ".js" by default, ".ts" or "". */
  readonly importExtension?: string;
  /** /syntax_check: generate nothing. */
  readonly syntaxCheck?: boolean;
  /** --memory-report: add NAME.memory.md and NAME.memory.html, who allocates and who frees what. */
  readonly memoryReport?: boolean;
  /** /savePP: add NAME.idl.i, and NAME.acf.i, what the parser reads. */
  readonly savePreprocessed?: boolean;
  /** /W: warnings above this level are not reported; 1 by default, 0 reports none. */
  readonly warningLevel?: 0 | 1 | 2 | 3 | 4;
  /** /WX: the warnings that are reported are errors. */
  readonly warningsAsErrors?: boolean;
  /** Where files are read; the file system of this machine by default. */
  readonly host?: FileHost;
  /** What earlier compilations formatted, for one that comes again and again. */
  readonly formatted?: FormattedPieces | undefined;
  /** Called before each file is compiled; `index` counts from 0. */
  readonly onFile?: ((path: string, index: number) => void) | undefined;
}

/** A file that a compilation makes. */
export interface OutputFile {
  /** Path: the output folder and the file name. */
  readonly path: string;
  readonly text: string;
}

/** Messages of the front end and of the generator. */
export type CompileDiagnostic = Diagnostic | GeneratorDiagnostic;

/** What a compilation came to. */
export interface CompileResult {
  /** Every generated file; none when there are errors. */
  readonly files: readonly OutputFile[];
  /** .idl file by .idl file; within each, file by file as they were read and by place. */
  readonly diagnostics: readonly CompileDiagnostic[];
  /** Every file that was read: .idl, .acf and included files. */
  readonly dependencies: readonly string[];
  /** By .idl file as given: what its compilation read and tried to read. When one of these changes, so may the result. */
  readonly readings: ReadonlyMap<string, Readings>;
  readonly errorCount: number;
  readonly warningCount: number;
}

/** Compiles .idl files. Mistakes in the sources are diagnostics; nothing is thrown for them, and nothing is written. */
export async function compile(options: CompileOptions): Promise<CompileResult> {
  const host = rememberingHost(options.host ?? diskHost(process.cwd()));
  const diagnostics = new DiagnosticList(options.warningLevel ?? 1, options.warningsAsErrors ?? false);
  const dependencies = new Set<string>();
  const readings = new Map<string, Readings>();
  const outputs = new OutputSet(diagnostics);
  const { protocol = "dce" } = options;
  if (options.mode === "osf" && protocol !== "dce")
    diagnostics.add(generatorDiagnostic("switches-contradict", { first: "/osf", second: `/protocol ${protocol}` }));
  if (options.rpcss === true) diagnostics.add(generatorDiagnostic("rpcss-obsolete", {}));
  for (const [index, path] of options.files.entries()) {
    options.onFile?.(path, index);
    const recording = recordingHost(host);
    readings.set(path, recording.readings);
    const analysis = analyzeFile(path, options, recording, diagnostics);
    if (options.savePreprocessed === true) outputs.addPreprocessed(path, options, recording);
    if (analysis === undefined) continue;
    for (const each of analysis.dependencies) dependencies.add(each);
    diagnostics.begin(analysis.dependencies);
    for (const each of analysis.diagnostics) diagnostics.add(each);
    if (analysis.model === undefined || options.syntaxCheck === true || diagnostics.errorCount > 0) continue;
    if (options.server !== false) for (const each of ignoredNoCode(analysis.model)) diagnostics.add(each);
    const refused = withoutNdr(analysis.model, generateOptions(options).transferSyntaxes);
    for (const each of refused) diagnostics.add(each);
    if (refused.length > 0) continue;
    // ts-morph and prettier take longer to load than a small file to compile, so only a run that generates loads them.
    const { generate } = await import("./generate.ts");
    const generated = await generate(analysis.model, {
      ...generateOptions(options),
      formatted: options.formatted,
      isGenerated: (file) => outputs.hasTypesOf(file.path),
    });
    for (const { interface: owner, operation, reason } of generated.omitted) {
      const names = { operation: operation.name, interface: owner.name, reason };
      diagnostics.add(generatorDiagnostic("operation-not-generated", names, operation.span));
    }
    outputs.add(generated.files, analysis.model, options);
    outputs.addHeaders(analysis.model, options);
    if (options.memoryReport !== true) continue;
    const { memoryReportFiles } = await import("./memory-report/report.ts");
    const { mode, rpcss = false } = options;
    const reported = { osf: mode === "osf", rpcss, omitted: generated.omitted };
    outputs.add(
      memoryReportFiles(analysis.model, reported).map((each) => ({ ...each, source: path })),
      analysis.model,
      options,
    );
  }
  const sources = new Set([...dependencies].map((path) => resolve(path)));
  for (const { path } of outputs.files)
    if (sources.has(resolve(path))) diagnostics.add(generatorDiagnostic("output-is-input", { path }));
  const { errorCount, warningCount } = diagnostics;
  return {
    files: errorCount > 0 ? [] : outputs.files,
    diagnostics: diagnostics.all,
    dependencies: [...dependencies],
    readings,
    errorCount,
    warningCount,
  };
}

function analyzeFile(
  path: string,
  options: CompileOptions,
  host: FileHost,
  diagnostics: DiagnosticList,
): Analysis | undefined {
  const acfPath = acfOf(path, options, host);
  for (const needed of [path, acfPath ?? options.acf]) {
    if (needed === undefined || host.readFile(needed) !== undefined) continue;
    diagnostics.add(generatorDiagnostic("input-not-found", { path: needed }));
    return undefined;
  }
  return analyze(path, { ...options, acfPath, acfNamed: options.acf !== undefined }, host);
}

/** [nocode] keeps an operation out of client stubs; a server stub has it all the same. */
function ignoredNoCode({ main }: Model): readonly GeneratorDiagnostic[] {
  const operations = main.interfaces.flatMap((each) => each.operations);
  return operations
    .filter(({ attributes }) => attributes.has("nocode"))
    .map(({ name, span }) => generatorDiagnostic("no-code-ignored", { operation: name }, span));
}

function acfOf(path: string, options: CompileOptions, host: FileHost): string | undefined {
  return options.acf === undefined ? acfBeside(path, host) : findAcf(options.acf, options, host);
}

/** NAME.acf in the folder of NAME.idl, in any case. */
function acfBeside(path: string, host: FileHost): string | undefined {
  const folder = dirname(path);
  const wanted = `${basename(path, extname(path))}.acf`;
  if (host.readFile(join(folder, wanted)) !== undefined) return join(folder, wanted);
  const names = host.readDirectory?.(folder) ?? [];
  const found = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
  return found === undefined ? undefined : join(folder, found);
}

/** The file that /acf names: in the current folder, then along the include folders. */
function findAcf(name: string, options: CompileOptions, host: FileHost): string | undefined {
  const folders = isAbsolute(name) ? [""] : ["", ...(options.includePaths ?? [])];
  return folders.map((folder) => join(folder, name)).find((path) => host.readFile(path) !== undefined);
}

function generateOptions(options: CompileOptions): GenerateOptions {
  const { environment = "win64", protocol = "dce", importExtension = ".js", client = true, server = true } = options;
  const both = environment === "win64" ? (["ndr", "ndr64"] as const) : (["ndr"] as const);
  const transferSyntaxes = { dce: ["ndr"] as const, ndr64: ["ndr64"] as const, all: both }[protocol];
  const { mode, rpcss, disableConsistencyCheck } = options;
  const osf = mode === "osf";
  return { environment, transferSyntaxes, importExtension, client, server, osf, rpcss, disableConsistencyCheck };
}

/** The diagnostics of all files: what several of them import is reported once. */
class DiagnosticList {
  errorCount = 0;
  warningCount = 0;
  #finished: readonly CompileDiagnostic[] = [];
  #current: CompileDiagnostic[] = [];
  /** Files in the order in which the current .idl file had them read. */
  #files: readonly string[] = [];
  readonly #seen = new Set<string>();
  readonly #level: number;
  readonly #warningsAsErrors: boolean;

  constructor(level: number, warningsAsErrors: boolean) {
    this.#level = level;
    this.#warningsAsErrors = warningsAsErrors;
  }

  get all(): readonly CompileDiagnostic[] {
    return [...this.#finished, ...inSourceOrder(this.#current, this.#files)];
  }

  /** What follows is about an .idl file that had these files read. */
  begin(files: readonly string[]): void {
    this.#finished = this.all;
    this.#current = [];
    this.#files = files;
  }

  add(diagnostic: CompileDiagnostic): void {
    if (diagnostic.severity === "warning" && diagnostic.level > this.#level) return;
    const key = `${diagnostic.span?.file.path ?? ""}\0${(diagnostic.span?.start ?? 0).toString()}\0${diagnostic.text}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const severity = this.#warningsAsErrors ? "error" : diagnostic.severity;
    this.#current.push({ ...diagnostic, severity });
    if (severity === "error") this.errorCount++;
    else this.warningCount++;
  }
}

/** The generated files of all .idl files: a file that several of them import is generated once. */
class OutputSet {
  readonly #files = new Map<string, OutputFile & { readonly from: string }>();
  /** Paths of the .idl files that these are the modules of. */
  readonly #sources = new Set<string>();
  readonly #diagnostics: DiagnosticList;

  constructor(diagnostics: DiagnosticList) {
    this.#diagnostics = diagnostics;
  }

  get files(): readonly OutputFile[] {
    return [...this.#files.values()].map(({ path, text }) => ({ path, text }));
  }

  /** /savePP: what the parser reads of a file and of its ACF. */
  addPreprocessed(path: string, options: CompileOptions, host: FileHost): void {
    for (const source of [path, acfOf(path, options, host)]) {
      const text = source === undefined ? undefined : preprocessedText(source, options, host);
      if (source === undefined || text === undefined) continue;
      const kept = join(options.outputFolder ?? "", `${basename(source)}.i`);
      this.#files.set(normalize(kept), { path: kept, text, from: path });
    }
  }

  /** Whether the module of an .idl file is among them. */
  hasTypesOf(source: string): boolean {
    return this.#sources.has(normalize(source));
  }

  /** Adds what was generated for a file and for what it imports. */
  add(generated: Generated["files"], model: Model, options: CompileOptions): void {
    for (const { path } of model.files) this.#sources.add(normalize(path));
    const { baseName } = model.main;
    const stubNames = new Map([
      [`${baseName}_c.ts`, options.clientStubName],
      [`${baseName}_s.ts`, options.serverStubName],
    ]);
    for (const { name, text, source } of generated) {
      this.#add(join(options.outputFolder ?? "", stubNames.get(name) ?? name), text, source);
    }
  }

  /** /header: the C headers of a file and of what it imports, in the folder that the name gives (MIDL "/header"). */
  addHeaders(model: Model, { headerName, outputFolder = "", environment = "win64" }: CompileOptions): void {
    if (headerName === undefined) return;
    const name = basename(headerName);
    const folder = name === headerName ? outputFolder : dirname(headerName);
    for (const each of cHeaders(model, { environment, name }))
      this.#add(join(folder, each.name), each.text, each.source);
  }

  #add(path: string, text: string, from: string): void {
    const earlier = this.#files.get(normalize(path));
    if (earlier === undefined) this.#files.set(normalize(path), { path, text, from });
    else if (earlier.text !== text) {
      this.#diagnostics.add(generatorDiagnostic("output-collision", { path, first: earlier.from, second: from }));
    }
  }
}
