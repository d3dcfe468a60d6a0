/** Diagnostics of what may be declared how. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of what may be declared how. */
export const declarationDiagnostics = {
  "bit-field-parameter": {
    severity: "error",
    midl: 2140,
    message:
      "parameter deriving from a struct/union containing bit fields is not supported : {parameter} in {operation}",
    explanation: "Use an integer and masks.",
  },
  "bit-field-return": {
    severity: "error",
    midl: 2146,
    message: "return type must not derive from a structure/union containing bit-fields : {operation}",
    explanation: "Use an integer and masks.",
  },
  "bit-field-field": {
    severity: "error",
    midl: 2242,
    message: "field must not derive from a structure containing bit-fields : {field} in {type}",
    explanation: "Use an integer and masks.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
