/** Compiles a file of the corpus in both forms, and writes the modules. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  compile,
  diskHost,
  formatCompileDiagnostic,
  type CompileResult,
  type FileHost,
} from "../../generator/index.ts";
import { elementsOf } from "../support/html-elements.ts";
import { windowsHost, type CorpusFile } from "./sources.ts";

/** What the compilation of a file came to. */
export interface CompiledFile {
  readonly failures: readonly string[];
  /** Operations that the stubs leave out, with the reasons. */
  readonly omitted: readonly string[];
  readonly warnings: number;
}

/** Compiles a file as it is and with the line ends of Windows: both give the same modules, which are written below `output`. */
export async function compileFile(file: CorpusFile, output: string): Promise<CompiledFile> {
  const host = diskHost(process.cwd());
  const plain = await compileWith(file, host, output);
  const windows = await compileWith(file, windowsHost(host), output);
  const failures = [...errorsOf(plain), ...errorsOf(windows).map((text) => `with CRLF and Ctrl-Z: ${text}`)];
  if (failures.length === 0) {
    failures.push(
      ...differences(plain, windows),
      ...reportFailures(plain),
      ...plain.files.flatMap(({ path, text }) => written(path, text)),
    );
  }
  const warnings = plain.diagnostics.filter(({ code }) => code !== "operation-not-generated");
  const omitted = plain.diagnostics.filter(({ code }) => code === "operation-not-generated");
  return { failures, omitted: omitted.map(({ text }) => text), warnings: warnings.length };
}

function compileWith(file: CorpusFile, host: FileHost, output: string): Promise<CompileResult> {
  return compile({
    files: [file.path],
    includePaths: [dirname(file.path)],
    outputFolder: join(output, file.folder),
    protocol: "all",
    memoryReport: true,
    applicationConfiguration: true,
    host,
  });
}

function errorsOf({ diagnostics }: CompileResult): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(formatCompileDiagnostic);
}

function differences(plain: CompileResult, windows: CompileResult): readonly string[] {
  const other = new Map(windows.files.map(({ path, text }) => [path, text]));
  return plain.files
    .filter(({ path, text }) => other.get(path) !== text)
    .map(({ path }) => `${path} differs when the source has CRLF and Ctrl-Z`);
}

/** The page of the memory report closes what it opens, names each element once, and holds no value that is none. */
function reportFailures({ files }: CompileResult): readonly string[] {
  const page = files.find(({ path }) => path.endsWith(".memory.html"));
  if (page === undefined) return ["there is no memory report"];
  const failures: string[] = [];
  try {
    elementsOf(page.text);
  } catch (error) {
    failures.push(`${page.path}: ${String(error)}`);
  }
  const names = [...page.text.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name);
  if (new Set(names).size < names.length) failures.push(`${page.path}: an element is named twice`);
  if (/"[^"<>]*(?:NaN|undefined)[^"<>]*"/.test(page.text)) failures.push(`${page.path}: a value is none`);
  return failures;
}

/** Files of one folder share the modules that they import. */
function written(path: string, text: string): readonly string[] {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) return [`${path} was generated with another text before`];
  return [];
}
