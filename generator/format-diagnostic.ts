/** Any diagnostic of a compilation as text, and as data for editors. */
import { formatDiagnostic, positionAt, type Severity, type SourcePosition } from "../grammar/index.ts";
import type { CompileDiagnostic } from "./compile.ts";
import { formatPlaceless } from "./diagnostics.ts";

/** A diagnostic as data: what `--format json` prints, one object a line. */
export interface DiagnosticRecord {
  /** Path of the source file; absent when no place in a source is meant. */
  readonly file?: string;
  /** First character, lines and columns counted from 1 in UTF-16 code units. */
  readonly start?: SourcePosition;
  /** Behind the last character. */
  readonly end?: SourcePosition;
  readonly severity: Severity;
  /** Name of the diagnostic, which stays the same when its text changes. */
  readonly code: string;
  /** Microsoft's number; ours begin at 9100. */
  readonly midl: number;
  readonly message: string;
  /** One line more about it. */
  readonly explanation: string;
}

/** `file(line) : error MIDLnnnn : text` with the line of the source, or `midl-ts : error MIDLnnnn : text` when there is no such line. */
export function formatCompileDiagnostic(diagnostic: CompileDiagnostic): string {
  if (!("about" in diagnostic)) return formatDiagnostic(diagnostic);
  const { span } = diagnostic;
  return span === undefined ? formatPlaceless(diagnostic) : formatDiagnostic({ ...diagnostic, span });
}

/** A diagnostic as data. Positions are those of the file as it was read, whatever #line says. */
export function diagnosticRecord({
  span,
  severity,
  code,
  midl,
  text,
  explanation,
}: CompileDiagnostic): DiagnosticRecord {
  const message = { severity, code, midl, message: text, explanation };
  if (span === undefined) return message;
  const { file } = span;
  return { file: file.path, start: positionAt(file, span.start), end: positionAt(file, span.end), ...message };
}
