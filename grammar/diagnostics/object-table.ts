/** Diagnostics of object interfaces, libraries and automation. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of object interfaces, libraries and automation. */
export const objectDiagnostics = {
  "safearray-outside": {
    severity: "error",
    midl: 2412,
    message: "SAFEARRAY({element}) syntax is not supported outside of the library block, use LPSAFEARRAY for proxy",
    explanation: "The element type is known to type libraries only.",
  },
  "safearray-name": {
    severity: "error",
    midl: 2107,
    message: "SAFEARRAYs are only legal inside a library block",
    explanation: "Outside it is LPSAFEARRAY.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
