/** Tokens to an abstract syntax tree, with syntax errors reported. */
import { EOF, MismatchedTokenException, type IRecognitionException } from "chevrotain";
import type { AcfFileNode, IdlFileNode } from "../ast.ts";
import { buildAcfFile } from "../ast-builder/acf.ts";
import { buildIdlFile } from "../ast-builder/definitions.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import { IdlToken } from "../lexer/idl-token.ts";
import { reportForeignDialect } from "./dialect.ts";
import { IdlParser } from "./idl-parser.ts";
import { nestingLimit } from "./recovering-parser.ts";

/** The outcome of a parse: whatever of the file could be understood. */
export interface Parsed<File> {
  readonly file: File;
  /** Names inside what had to be skipped; nobody should complain that they are undefined. */
  readonly skippedNames: ReadonlySet<string>;
}

let parser: IdlParser | undefined;

/** Parses an .idl file. */
export function parseIdl(tokens: IdlToken[], reporter: Reporter): Parsed<IdlFileNode> {
  if (reportForeignDialect(tokens, reporter)) return { file: { definitions: [] }, skippedNames: new Set() };
  parser ??= new IdlParser();
  parser.begin(tokens);
  const tree = parser.idlFile();
  reportErrors(parser, tokens, reporter);
  return { file: buildIdlFile({ tokens, reporter }, tree), skippedNames: parser.skippedNames };
}

/** Parses an .acf file. */
export function parseAcf(tokens: IdlToken[], reporter: Reporter): Parsed<AcfFileNode> {
  parser ??= new IdlParser();
  parser.begin(tokens);
  const tree = parser.acfFile();
  reportErrors(parser, tokens, reporter);
  return { file: buildAcfFile({ tokens, reporter }, tree), skippedNames: parser.skippedNames };
}

function reportErrors(parser: IdlParser, tokens: readonly IdlToken[], reporter: Reporter): void {
  const tooDeep = new Set(parser.nestingErrors);
  let deep: IdlToken | undefined;
  for (deep of tooDeep) break;
  if (deep !== undefined) reporter.report("nesting-too-deep", deep.span, { limit: nestingLimit });
  for (const error of parser.errors) {
    if (error.token instanceof IdlToken && tooDeep.has(error.token)) continue;
    reportError(error, tokens, reporter);
  }
}

function reportError(error: IRecognitionException, tokens: readonly IdlToken[], reporter: Reporter): void {
  const token = error.token instanceof IdlToken ? error.token : tokens.at(-1);
  if (token === undefined) return;
  const missing =
    error instanceof MismatchedTokenException
      ? /Expecting(?: token of type)? --> (.+?) <--/.exec(error.message)?.[1]
      : undefined;
  const previous = tokens[token.startOffset - 1];
  if (token.tokenType === EOF)
    reporter.report("unexpected-end-of-file", token.span, { expected: expectation(missing) });
  else if (missing === '";"' && token.startsLine && previous !== undefined) {
    const { file, end } = previous.span;
    reporter.report("semicolon-missing", { file, start: end, end: end + 1 }, { previous: previous.image });
  } else reporter.report("syntax-error", token.span, { found: token.image, expected: expectation(missing) });
}

function expectation(missing: string | undefined): string {
  if (missing === undefined) return "";
  return missing.startsWith('"') ? `, expected ${missing}` : `, expected ${friendlyNames[missing] ?? missing}`;
}

const friendlyNames: Readonly<Record<string, string>> = {
  Identifier: "a name",
  AttributeName: "an attribute",
  StringLiteral: "a string",
  NumberLiteral: "a number",
  UuidPart: "a UUID",
};
