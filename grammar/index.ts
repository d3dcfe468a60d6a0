/** The front end of the compiler: .idl and .acf text to a checked model. */
export { analyze, preprocessedText, type Analysis, type AnalyzeOptions } from "./analyze.ts";
export { documentedNumbers, type DocumentedNumber, type NumberStatus } from "./diagnostics/documented-numbers.ts";
export { formatDiagnostic, Reporter, type Diagnostic } from "./diagnostics/reporter.ts";
export { inSourceOrder } from "./diagnostics/source-order.ts";
export {
  diagnosticTable,
  type DiagnosticCode,
  type DiagnosticEntry,
  type ParametersOf,
  type Severity,
} from "./diagnostics/table.ts";
export { layoutOf, structLayout, unionLayout, type Environment, type Layout, type StructLayout } from "./layout.ts";
export type * from "./model.ts";
export { isOpenStruct } from "./rules/member.ts";
export { isCalculable } from "./rules/attribute-expression-is-arithmetic.ts";
export type { AttributeEntry, Effect, Place, VocabularyEntry } from "./vocabulary/entry.ts";
export { vocabulary, type Vocabulary } from "./vocabulary/vocabulary.ts";
export { decodeSource, type FileHost } from "./source-reader.ts";
export {
  positionAt,
  presumedPosition,
  sourceFile,
  type LineMark,
  type SourceFile,
  type SourcePosition,
  type SourceSpan,
} from "./source.ts";
