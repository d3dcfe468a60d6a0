/** The compiler: MIDL and DCE interface definitions to TypeScript stubs for DCE/RPC. */
export {
  compile,
  type CompileDiagnostic,
  type CompileOptions,
  type CompileResult,
  type OutputFile,
} from "./compile.ts";
export type { GeneratorDiagnostic, GeneratorDiagnosticCode } from "./diagnostics.ts";
export { diskHost, type Readings } from "./file-host.ts";
export { diagnosticRecord, formatCompileDiagnostic, type DiagnosticRecord } from "./format-diagnostic.ts";
export {
  OutputError,
  staleFiles,
  writeFiles,
  type OutputFileSystem,
  type WriteOptions,
  type WriteResult,
} from "./output.ts";
export { FormattedPieces } from "./formatted-pieces.ts";
export { watch, type WatchBuild, type WatchOptions } from "./watch/watch.ts";
export type { Diagnostic, FileHost, SourceFile, SourceSpan } from "../grammar/index.ts";
