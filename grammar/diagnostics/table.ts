/**
 * Every diagnostic of the front end, as data. `midl` is Microsoft's number where one is documented for the mistake (MIDL reference,
 * "Compiler Errors", "Preprocessor Errors"); ours begin at 9100.
 */
import { attributeDiagnostics } from "./attribute-table.ts";
import { bindingDiagnostics } from "./binding-table.ts";
import { memoryDiagnostics } from "./memory-table.ts";
import { handleDiagnostics } from "./handle-table.ts";
import { serializationDiagnostics } from "./serialization-table.ts";
import { objectDiagnostics } from "./object-table.ts";
import { declarationDiagnostics } from "./declaration-table.ts";
import { osfDiagnostics } from "./osf-table.ts";
import { ruleDiagnostics } from "./rule-table.ts";
import { sourceDiagnostics } from "./source-table.ts";

/** How grave a diagnostic is. */
export type Severity = "error" | "warning";

/** A row of the table. */
export interface DiagnosticEntry {
  readonly severity: Severity;
  readonly midl: number;
  /** The text, with `{name}` where a parameter is filled in. */
  readonly message: string;
  /** One line on what is behind it. */
  readonly explanation: string;
  /** Lowest /W level that shows a warning; 1 when absent. */
  readonly level?: 1 | 2 | 3 | 4;
  /** An error that the compiler can go on after all the same: it becomes a warning for those who ask. */
  readonly tolerable?: true;
}

/** The table, by code. */
export const diagnosticTable = {
  ...sourceDiagnostics,
  ...attributeDiagnostics,
  ...memoryDiagnostics,
  ...handleDiagnostics,
  ...serializationDiagnostics,
  ...objectDiagnostics,
  ...declarationDiagnostics,
  ...osfDiagnostics,
  ...bindingDiagnostics,
  ...ruleDiagnostics,
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;

/** The name of a diagnostic. */
export type DiagnosticCode = keyof typeof diagnosticTable;

type NamesIn<Message> = Message extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The parameters that the message of a diagnostic names: none, or one record. */
export type ParametersOf<Code extends DiagnosticCode> = [NamesIn<(typeof diagnosticTable)[Code]["message"]>] extends [
  never,
]
  ? []
  : [values: Readonly<Record<NamesIn<(typeof diagnosticTable)[Code]["message"]>, string | number>>];
