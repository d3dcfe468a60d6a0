/** Diagnostics of pipes, serialization and types with routines of the user. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of pipes, serialization and types with routines of the user. */
export const serializationDiagnostics = {} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
