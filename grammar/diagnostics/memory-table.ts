/** Diagnostics of allocation and of status values (ACF). */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of allocation and of status values (ACF). */
export const memoryDiagnostics = {} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
