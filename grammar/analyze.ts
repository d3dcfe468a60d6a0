/** The front end as one function: paths in, model and diagnostics out. */
import { AcfAttributes } from "./acf/acf-attributes.ts";
import { bindModel, noAcf } from "./binder/bind.ts";
import { Reporter, type Diagnostic } from "./diagnostics/reporter.ts";
import { inSourceOrder } from "./diagnostics/source-order.ts";
import type { Model, Quotation } from "./model.ts";
import { refuseExtensions } from "./osf/definitions.ts";
import { parseAcf, parseIdl } from "./parser/parse.ts";
import { predefinedMacros } from "./preprocessor/definition.ts";
import { printTokens } from "./preprocessor/print-tokens.ts";
import { preprocess, type PreprocessorOptions } from "./preprocessor/preprocessor.ts";
import { checkModel } from "./rules/check.ts";
import { checkOsf } from "./rules/check-osf.ts";
import { SourceReader, type FileHost } from "./source-reader.ts";
import { sourceFile, type SourceFile } from "./source.ts";

/** Settings of a compilation, each with MIDL's default. */
export interface AnalyzeOptions {
  /** /I: folders for import and #include. */
  readonly includePaths?: readonly string[];
  /** /D: `NAME` or `NAME=value`. */
  readonly defines?: readonly string[];
  /** /U */
  readonly undefines?: readonly string[];
  /** /env: win64 by default. */
  readonly environment?: "win32" | "win64";
  /** /Zp: 8 by default. */
  readonly packing?: 1 | 2 | 4 | 8 | 16;
  /** /ms_ext (default), /c_ext, /osf. */
  readonly mode?: "ms_ext" | "c_ext" | "osf";
  /** /ms_union */
  readonly msUnion?: boolean;
  /** /acf: the application configuration file. */
  readonly acfPath?: string | undefined;
  /** The ACF was named by /acf: its interface need not have the name of one in the .idl (MIDL "/acf"). */
  readonly acfNamed?: boolean;
  /** /app_config: ACF attributes may stand in the .idl. */
  readonly applicationConfiguration?: boolean;
  /** Numbers of errors that are to be warnings, where the compiler can go on all the same (`tolerable` in the diagnostics table). */
  readonly tolerate?: readonly number[];
}

/** What a run of the front end found out. */
export interface Analysis {
  /** Undefined when there are errors. */
  readonly model: Model | undefined;
  /** File by file as they were read, by place within each. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, in order. */
  readonly dependencies: readonly string[];
}

/** Reads an .idl file with all that it imports, and checks it. Mistakes in the sources are diagnostics; nothing is thrown for them. */
export function analyze(mainPath: string, options: AnalyzeOptions, host: FileHost): Analysis {
  const reader = new SourceReader(host, options.includePaths ?? []);
  const reporter = new Reporter(options.tolerate);
  const model = analyzeWith(mainPath, options, reader, reporter);
  return {
    model: reporter.errorCount > 0 ? undefined : model,
    diagnostics: inSourceOrder(reporter.diagnostics, reader.dependencies),
    dependencies: reader.dependencies,
  };
}

function analyzeWith(
  mainPath: string,
  options: AnalyzeOptions,
  reader: SourceReader,
  reporter: Reporter,
): Model | undefined {
  const {
    environment = "win64",
    mode = "ms_ext",
    msUnion = false,
    acfPath,
    acfNamed = false,
    applicationConfiguration = false,
  } = options;
  const main = reader.read(mainPath);
  if (main === undefined) {
    reporter.report("file-not-found", { file: sourceFile(mainPath, ""), start: 0, end: 0 }, { name: mainPath });
    return undefined;
  }
  const preprocessing = preprocessorOptions(options, reader, reporter);
  const echoes = new Map<SourceFile, Quotation[]>();
  const acf = acfPath === undefined ? undefined : readAcf(acfPath, acfNamed, preprocessing);
  const model = bindModel(
    main,
    {
      find: (name, from) => reader.find(name, from),
      parse: (file) => {
        const osf = mode === "osf" && file === main;
        const found: Quotation[] = [];
        echoes.set(file, found);
        const tokens = preprocess(file, { ...preprocessing, osf, echo: (echo) => found.push(echo) });
        const parsed = parseIdl(tokens, reporter);
        if (osf) refuseExtensions(parsed.file, reporter);
        return parsed;
      },
      echoes: (file) => echoes.get(file) ?? [],
    },
    { environment, mode, msUnion, applicationConfiguration },
    reporter,
    acf ?? noAcf,
  );
  acf?.check(model, reporter);
  checkModel(model, reporter);
  if (mode === "osf") checkOsf(model, reporter);
  return model;
}

/** What the preprocessor needs of the settings. */
function preprocessorOptions(options: AnalyzeOptions, reader: SourceReader, reporter: Reporter): PreprocessorOptions {
  const { environment = "win64", defines = [], undefines = [], packing = 8 } = options;
  return { reader, reporter, predefined: predefinedMacros(environment, defines, undefines), packing };
}

/**
 * /savePP: what the parser reads of one file, as text: macros expanded, includes in their place, #line where the lines of the
 * original file are not consecutive. Imported files are texts of their own. Undefined when the file cannot be read.
 */
export function preprocessedText(path: string, options: AnalyzeOptions, host: FileHost): string | undefined {
  const reader = new SourceReader(host, options.includePaths ?? []);
  const file = reader.read(path);
  if (file === undefined) return undefined;
  return printTokens(preprocess(file, preprocessorOptions(options, reader, new Reporter())));
}

function readAcf(path: string, named: boolean, preprocessing: PreprocessorOptions): AcfAttributes | undefined {
  const { reader, reporter } = preprocessing;
  const file = reader.read(path);
  if (file === undefined) {
    reporter.report("file-not-found", { file: sourceFile(path, ""), start: 0, end: 0 }, { name: path });
    return undefined;
  }
  return new AcfAttributes(parseAcf(preprocess(file, preprocessing), reporter).file, named, reporter);
}
