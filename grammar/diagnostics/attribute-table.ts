/** Diagnostics of attributes: whether they are known, and where they stand. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of attributes: whether they are known, and where they stand. */
export const attributeDiagnostics = {
  "unknown-attribute": {
    severity: "error",
    midl: 2025,
    message: "syntax error : unknown attribute [{name}]",
    explanation: "No attribute of that name is documented.",
  },
  "misspelled-attribute": {
    severity: "error",
    midl: 2025,
    message: "syntax error : unknown attribute [{name}], did you mean [{nearest}]?",
    explanation: "No attribute of that name is documented.",
  },
  "inapplicable-attribute": {
    severity: "error",
    midl: 2072,
    message: "inapplicable attribute : [{attribute}] on {place}",
    explanation: "The attribute belongs elsewhere.",
  },
  "attribute-not-of-acf": {
    severity: "error",
    midl: 2072,
    message: "inapplicable attribute : [{attribute}] in an application configuration file",
    explanation: "The attribute is part of the contract between client and server; write it into the .idl.",
  },
  "configuration-attribute": {
    severity: "error",
    midl: 2150,
    message: "ACF attributes in the IDL file need the /app_config switch : [{attribute}]",
    explanation: "Write it into an .acf file beside the .idl, or compile with /app_config.",
  },
  "attribute-ignored": {
    severity: "warning",
    midl: 2176,
    message: "attribute not implemented; ignored : [{attribute}]",
    explanation: "DCE defines it; Microsoft RPC does without it.",
    level: 1,
  },
  "attribute-not-implemented": {
    severity: "error",
    midl: 2028,
    message: "feature not implemented : [{attribute}]",
    explanation: "It would change what goes over the wire; Microsoft RPC does without it.",
  },
  "duplicate-attribute": {
    severity: "warning",
    midl: 2209,
    message: "redundantly specified attribute; ignored : {name}",
    explanation: "The attribute stands there twice; the first one holds.",
  },
  "contradictory-attribute": {
    severity: "error",
    midl: 2096,
    message: "duplicated attribute : [{name}]",
    explanation: "The attribute stands there twice and says two things.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
