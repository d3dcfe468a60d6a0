/** Diagnostics of binding handles and context handles. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of binding handles and context handles. */
export const handleDiagnostics = {} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
