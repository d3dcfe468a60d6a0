/** Any diagnostic of a compilation as text. */
import { formatDiagnostic, positionAt, type Diagnostic } from "../grammar/index.ts";
import type { CompileDiagnostic } from "./compile.ts";
import { formatPlaceless, type GeneratorDiagnostic } from "./diagnostics.ts";

/** `file(line) : error MIDLnnnn : text` with the line of the source, or `midl-ts : error MIDLnnnn : text` when there is no such line. */
export function formatCompileDiagnostic(diagnostic: CompileDiagnostic): string {
  if (isOfFrontEnd(diagnostic)) return formatDiagnostic(diagnostic);
  const { span, severity, midl, text } = diagnostic;
  if (span === undefined) return formatPlaceless(diagnostic);
  const { line } = positionAt(span.file, span.start);
  return `${span.file.path}(${line.toString()}) : ${severity} MIDL${midl.toString()} : ${text}`;
}

function isOfFrontEnd(diagnostic: Diagnostic | GeneratorDiagnostic): diagnostic is Diagnostic {
  return !("about" in diagnostic);
}
