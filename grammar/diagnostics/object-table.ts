/** Diagnostics of object interfaces, libraries and automation. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of object interfaces, libraries and automation. */
export const objectDiagnostics = {} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
