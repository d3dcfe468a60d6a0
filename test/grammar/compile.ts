/** Compiling small sources in tests. */
import {
  analyze,
  formatDiagnostic,
  positionAt,
  type Analysis,
  type AnalyzeOptions,
  type Interface,
  type Model,
} from "../../grammar/index.ts";

/** Sources by path. */
export type Sources = Readonly<Record<string, string | Uint8Array>>;

/** Analyzes `main.idl` among in-memory sources. */
export function compile(sources: Sources | string, options: AnalyzeOptions = {}): Analysis {
  const files = typeof sources === "string" ? { "main.idl": sources } : sources;
  return analyze("main.idl", options, {
    readFile: (path) => {
      const source = files[path];
      return typeof source === "string" ? new TextEncoder().encode(source) : source;
    },
    readDirectory: (folder) => (folder === "." ? Object.keys(files) : []),
  });
}

/** The model of sources that must be without mistakes; what was found is in the error otherwise. */
export function modelOf(sources: Sources | string, options: AnalyzeOptions = {}): Model {
  const { model, diagnostics } = compile(sources, options);
  if (model === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return model;
}

/** Everything found, as printed. */
export function messages(sources: Sources | string, options: AnalyzeOptions = {}): string {
  return compile(sources, options).diagnostics.map(formatDiagnostic).join("\n");
}

/** A definition of an interface around its body, with the body on lines of its own. */
export function inInterface(body: string): string {
  return `[uuid(12345678-1234-abcd-ef00-01234567cffb), version(1.0), pointer_default(unique)] interface test {\n${body}\n}\n`;
}

/** The only interface of a body that must be without mistakes. */
export function interfaceOf(body: string, options: AnalyzeOptions = {}): Interface {
  const [found] = modelOf(inInterface(body), options).main.interfaces;
  if (found === undefined) throw new Error("no interface");
  return found;
}

/** Errors and warnings as `file(line,column) number text`, for tables of tests. */
export function formatted({ diagnostics }: Pick<Analysis, "diagnostics">): string[] {
  return diagnostics.map(({ span, midl, text }) => {
    const { line, column } = positionAt(span.file, span.start);
    return `${span.file.path}(${line.toString()},${column.toString()}) ${midl.toString()} ${text}`;
  });
}

/** A row of a table of tests: a source, and everything that is found in it as `formatted` writes it. */
export interface Judged {
  readonly title: string;
  readonly source: Sources | string;
  readonly options: AnalyzeOptions;
  readonly expected: readonly string[];
}
