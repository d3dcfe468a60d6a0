/** Diagnostics of the command line and of the generator, as data; the front end has its own table. */
import type { Diagnostic, DiagnosticEntry, SourceSpan } from "../grammar/index.ts";

/** A row of the table. */
export interface GeneratorDiagnosticEntry extends DiagnosticEntry {
  /** What the message is about: the command line, a place in a source file, or a file to be written. */
  readonly about: "command line" | "source" | "output";
}

/** The table, by code. Numbers below 9200 are Microsoft's (MIDL reference, "Preprocessor Errors", "Compiler Errors"). */
export const generatorDiagnosticTable = {
  "no-input-file": {
    about: "command line",
    severity: "error",
    midl: 1000,
    message: "missing source file name; midl-ts /help lists the switches",
    explanation: "The command line names at least one .idl file.",
  },
  "input-not-found": {
    about: "command line",
    severity: "error",
    midl: 1001,
    message: "cannot open input file : {path}",
    explanation: "The file does not exist, or may not be read.",
  },
  "switch-repeated": {
    about: "command line",
    severity: "error",
    midl: 1007,
    message: "switch specified more than once on command line : {name} {values}",
    explanation: "The switch takes one value.",
  },
  "switch-unknown": {
    about: "command line",
    severity: "error",
    midl: 1008,
    message: "unknown switch : {argument}{suggestion}",
    explanation: "midl-ts /help lists the switches.",
  },
  "switch-not-implemented": {
    about: "command line",
    severity: "error",
    midl: 1010,
    message: "switch not implemented : {name} : {reason}",
    explanation: "MIDL has the switch, this compiler does not have it yet.",
  },
  "switch-argument-missing": {
    about: "command line",
    severity: "error",
    midl: 1011,
    message: "argument(s) missing for switch : {name} {expected}",
    explanation: "The switch is followed by what it sets.",
  },
  "switch-argument-illegal": {
    about: "command line",
    severity: "error",
    midl: 1012,
    message: "argument illegal for switch : {name} {argument} : {expected}",
    explanation: "The switch takes another kind of argument, or one of a list.",
  },
  "warnings-overridden": {
    about: "command line",
    severity: "warning",
    midl: 1015,
    message: "/W0 or /no_warn overrides warning-level switch : {first} and {second}",
    explanation: "No warning is shown; leave one of the two out.",
  },
  "response-file-not-found": {
    about: "command line",
    severity: "error",
    midl: 1020,
    message: "cannot open response file : {path}",
    explanation: "The name follows @ without a space.",
  },
  "response-file-character": {
    about: "command line",
    severity: "error",
    midl: 1021,
    message: "illegal character(s) found in response file : {path}({line})",
    explanation: "A response file is plain text.",
  },
  "switch-mismatch": {
    about: "command line",
    severity: "error",
    midl: 1022,
    message: "mismatch in argument pair for switch : {switches} : {reason}",
    explanation: "The values do not go together.",
  },
  "response-file-nested": {
    about: "command line",
    severity: "error",
    midl: 1023,
    message: "nested invocation of response files is illegal : {argument} in {path}",
    explanation: "Name all response files on the command line.",
  },
  "write-failed": {
    about: "output",
    severity: "error",
    midl: 2212,
    message: "error while writing to file : {path} : {reason}",
    explanation: "None of the files was written; those of an earlier run are as they were.",
  },
  "no-code-ignored": {
    about: "source",
    severity: "warning",
    midl: 2230,
    message: '[nocode] ignored for server side since "/server none" not specified : {operation}',
    explanation: "A server stub serves every operation of its interface.",
    level: 1,
  },
  "switches-contradict": {
    about: "command line",
    severity: "error",
    midl: 2338,
    message: "switches are contradictory : {first} and {second}",
    explanation: "Each asks for what the other excludes.",
  },
  "switch-not-supported": {
    about: "command line",
    severity: "error",
    midl: 2397,
    message: "the compiler switch is not supported anymore : {name} : {reason}",
    explanation: "Leave the switch out.",
  },
  "operation-not-generated": {
    about: "source",
    severity: "warning",
    midl: 9200,
    message: "{operation} of interface {interface} is left out of the stubs : {reason}",
    explanation: "The other operations of the interface are generated and keep their operation numbers.",
    level: 1,
  },
  "rpcss-obsolete": {
    about: "command line",
    severity: "warning",
    midl: 9203,
    message: "/rpcss is obsolete",
    explanation:
      "The RpcSs environment is there for applications that were written for it; others supply the pair of routines.",
    level: 1,
  },
  "byte-count-needs-ndr": {
    about: "source",
    severity: "error",
    midl: 9204,
    message: "[byte_count] needs NDR, which /protocol ndr64 leaves out : {parameter}",
    explanation: "NDR64 does not tell how large a buffer has to be; use /protocol dce or /protocol all.",
  },
  "output-collision": {
    about: "output",
    severity: "error",
    midl: 9201,
    message: "{path} would be written twice, from {first} and from {second}",
    explanation: "Generated files are named after the .idl file; give one of the two another name or folder.",
  },
  "output-is-input": {
    about: "output",
    severity: "error",
    midl: 9205,
    message: "{path} is read by this compilation and would be written by it",
    explanation: "Give the generated file another name, or the generated files a folder of their own with /out.",
  },
  "output-stale": {
    about: "output",
    severity: "error",
    midl: 9202,
    message: "{path} is not what its .idl file gives",
    explanation: "Run the same command without --check.",
  },
} as const satisfies Readonly<Record<string, GeneratorDiagnosticEntry>>;

/** The name of a diagnostic of this table. */
export type GeneratorDiagnosticCode = keyof typeof generatorDiagnosticTable;

/** One message of the generator or the command line. */
export interface GeneratorDiagnostic extends Omit<Diagnostic, "code" | "span"> {
  readonly code: GeneratorDiagnosticCode;
  readonly about: "command line" | "source" | "output";
  /** Where the source gives rise to it. */
  readonly span: SourceSpan | undefined;
}

type NamesIn<Message> = Message extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type ParametersOf<Code extends GeneratorDiagnosticCode> = Readonly<
  Record<NamesIn<(typeof generatorDiagnosticTable)[Code]["message"]>, string | number>
>;

/** Makes a diagnostic of the table; `parameters` are those that its message names. */
export function generatorDiagnostic<Code extends GeneratorDiagnosticCode>(
  code: Code,
  parameters: ParametersOf<Code>,
  span?: SourceSpan,
): GeneratorDiagnostic {
  const entry: GeneratorDiagnosticEntry = generatorDiagnosticTable[code];
  const values: Readonly<Record<string, string | number>> = parameters;
  const text = entry.message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "")).trimEnd();
  const { about, severity, midl, explanation } = entry;
  return { code, about, severity, midl, level: entry.level ?? 1, text, explanation, span };
}

/** `midl-ts : command line error MIDL1001 : text`, the form of messages that have no place in a source file. */
export function formatPlaceless(diagnostic: GeneratorDiagnostic): string {
  const about = diagnostic.about === "command line" ? "command line " : "";
  return `midl-ts : ${about}${diagnostic.severity} MIDL${diagnostic.midl.toString()} : ${diagnostic.text}`;
}
