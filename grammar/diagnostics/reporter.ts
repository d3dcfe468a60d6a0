/** Diagnostics: what the front end has to say about a place in the source. */
import { positionAt, presumedPosition, type SourceSpan } from "../source.ts";
import {
  diagnosticTable,
  type DiagnosticCode,
  type DiagnosticEntry,
  type ParametersOf,
  type Severity,
} from "./table.ts";
import { WarningPragmas } from "./warning-pragmas.ts";

/** One message, ready to print. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Microsoft's number for this mistake; ours begin at 9100. */
  readonly midl: number;
  /** Lowest /W level that shows a warning. */
  readonly level: number;
  readonly text: string;
  readonly explanation: string;
  readonly span: SourceSpan;
}

/** Collects diagnostics. The same message at the same place is kept once. */
export class Reporter {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  readonly #tolerated: ReadonlySet<number>;
  /** What the sources say about warnings. */
  readonly warnings = new WarningPragmas();
  #errors = 0;

  /** `tolerated`: MIDL numbers of tolerable errors that are to be warnings. */
  constructor(tolerated: readonly number[] = []) {
    this.#tolerated = new Set(tolerated);
  }

  /** Everything reported, in order of the report. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** How many errors were reported. */
  get errorCount(): number {
    return this.#errors;
  }

  /** Reports one mistake. The parameters are those that the message of `code` names. */
  report<Code extends DiagnosticCode>(code: Code, span: SourceSpan, ...parameters: ParametersOf<Code>): void {
    const entry: DiagnosticEntry = diagnosticTable[code];
    const { midl, explanation } = entry;
    const severity = entry.tolerable === true && this.#tolerated.has(midl) ? "warning" : entry.severity;
    if (severity === "warning" && this.warnings.isDisabled(midl, span)) return;
    const text = fillIn(entry.message, parameters[0] ?? {});
    const key = `${span.file.path}\0${span.start.toString()}\0${text}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (severity === "error") this.#errors++;
    this.#diagnostics.push({ code, severity, midl, level: entry.level ?? 1, text, explanation, span });
  }
}

/** `file(line) : error MIDLnnnn : text`, the line of the source and a caret below the place, as MIDL prints it. */
export function formatDiagnostic(diagnostic: Omit<Diagnostic, "code">): string {
  const { file, start, end } = diagnostic.span;
  const { line, column } = positionAt(file, start);
  const lineStart = file.lineStarts[line - 1] ?? 0;
  const source = (/^[^\r\n]*/.exec(file.text.slice(lineStart, lineStart + 1000)) ?? [""])[0];
  const number = diagnostic.midl.toString().padStart(4, "0");
  const presumed = presumedPosition(file, start);
  const heading = `${presumed.path}(${presumed.line.toString()}) : ${diagnostic.severity} MIDL${number} : ${diagnostic.text}`;
  const indent = source.slice(0, column - 1).replace(/[^\t]/g, " ");
  const width = Math.max(1, Math.min(end - start, source.length - column + 1));
  return `${heading}\n${source}\n${indent}^${"~".repeat(width - 1)}`;
}

function fillIn(message: string, parameters: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ""));
}
