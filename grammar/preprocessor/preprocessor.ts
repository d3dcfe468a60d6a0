/** The preprocessor: directives and macros, on tokens that keep their place in the original files. */
import { EOF } from "chevrotain";
import type { Reporter } from "../diagnostics/reporter.ts";
import { IdlToken } from "../lexer/idl-token.ts";
import { parseStringLiteral } from "../lexer/literals.ts";
import { tokenize } from "../lexer/lexer.ts";
import * as types from "../lexer/token-types.ts";
import type { SourceReader } from "../source-reader.ts";
import { positionAt, type SourceFile } from "../source.ts";
import { Conditionals } from "./conditionals.ts";
import { readMacro } from "./definition.ts";
import { MacroExpander, type Macro } from "./macros.ts";
import { obeyPragma, type Echo } from "./pragmas.ts";
import { PackingStack } from "./packing.ts";

/** How deep `#include` may nest. */
const includeLimit = 64;
/** How many files one compilation may include: a file that includes itself twice would double at every level. */
const inclusionLimit = 2_000;

/** What the preprocessor works with. */
export interface PreprocessorOptions {
  readonly reader: SourceReader;
  readonly reporter: Reporter;
  /** Macros defined before the first line; `#define` does not change this map. */
  readonly predefined: ReadonlyMap<string, Macro>;
  /** /Zp. */
  readonly packing: number;
  /** /osf: comments and pragmas that are extensions are refused in the main file. */
  readonly osf?: boolean;
  /** Takes the lines of `#pragma midl_echo`. */
  readonly echo?: (echo: Echo) => void;
}

/**
 * The tokens of a file as the parser reads them: included files in their place, macros expanded, keywords recognised; three
 * end-of-file tokens at the end, so that the parser can look ahead.
 */
export function preprocess(file: SourceFile, options: PreprocessorOptions): IdlToken[] {
  const run = new PreprocessorRun(options);
  run.file(file);
  return run.finish(file);
}

class PreprocessorRun {
  readonly #options: PreprocessorOptions;
  readonly #macros: Map<string, Macro>;
  readonly #expander: MacroExpander;
  readonly #packing: PackingStack;
  readonly #once = new Set<string>();
  readonly #including: string[] = [];
  readonly #output: IdlToken[] = [];
  #inclusions = 0;

  constructor(options: PreprocessorOptions) {
    this.#options = options;
    this.#macros = new Map(options.predefined);
    this.#expander = new MacroExpander(this.#macros, options.reporter);
    this.#packing = new PackingStack(options.packing);
  }

  finish(file: SourceFile): IdlToken[] {
    const last = file.text.trimEnd().length;
    const span = { file, start: Math.max(0, last - 1), end: last };
    for (let count = 0; count < 3; count++) {
      this.#output.push(
        new IdlToken({ type: EOF, image: "", span, spaceBefore: true, startsLine: true, documentation: undefined }),
      );
    }
    for (const [index, token] of this.#output.entries()) {
      token.startOffset = index;
      token.endOffset = index;
    }
    return this.#output;
  }

  file(file: SourceFile): void {
    this.#including.push(file.path);
    const tokens = tokenize(file, this.#options.reporter, { refuseLineComments: this.#strict });
    const conditionals = new Conditionals(this.#options.reporter);
    let index = 0;
    const text: IdlToken[] = [];
    while (index < tokens.length) {
      const token = tokens[index];
      if (token?.startsLine === true && token.tokenType === types.Hash) {
        this.#text(text);
        let end = index + 1;
        while (end < tokens.length && tokens[end]?.tokenType !== types.NewLine) end++;
        this.#directive(tokens.slice(index, end), conditionals, file);
        index = end;
      } else {
        const textStart = index;
        while (index < tokens.length && tokens[index]?.tokenType !== types.NewLine) index++;
        if (conditionals.active) for (let at = textStart; at < index; at++) pushDefined(text, tokens[at]);
        index++;
      }
    }
    this.#text(text);
    conditionals.end();
    this.#including.pop();
  }

  /** /osf, in the main file: what is included is often made for C. */
  get #strict(): boolean {
    return this.#options.osf === true && this.#including.length === 1;
  }

  #text(tokens: IdlToken[]): void {
    if (tokens.length === 0) return;
    const { reporter } = this.#options;
    for (const token of this.#expander.expand(tokens)) {
      if (token.tokenType === types.StrayCharacter) {
        reporter.report("illegal-character", token.span, { character: token.image });
        continue;
      }
      if (token.tokenType === types.StringLiteral && !isClosedString(token.image))
        reporter.report(
          token.span.end >= token.span.file.text.length ? "end-of-file-in-string" : "string-not-closed",
          token.span,
        );
      if (token.tokenType === types.Identifier) {
        const keyword = types.keywords.get(token.image);
        if (keyword !== undefined) token.retype(keyword);
      }
      token.packing = this.#packing.current;
      this.#output.push(token);
    }
    tokens.length = 0;
  }

  #directive(line: readonly IdlToken[], conditionals: Conditionals, file: SourceFile): void {
    const [hash, name, ...rest] = line;
    if (hash === undefined || name === undefined) return;
    switch (name.image) {
      case "if":
      case "elif":
        conditionals.conditional(name, () => this.#expandCondition(rest));
        return;
      case "ifdef":
      case "ifndef":
        conditionals.defined(name, rest[0], this.#macros.has(rest[0]?.image ?? "") === (name.image === "ifdef"));
        return;
      case "else":
        conditionals.otherwise(name);
        return;
      case "endif":
        conditionals.endIf(name);
        return;
      default:
        if (conditionals.active) this.#activeDirective(name, rest, file);
    }
  }

  #activeDirective(name: IdlToken, rest: readonly IdlToken[], file: SourceFile): void {
    const { reporter } = this.#options;
    switch (name.image) {
      case "define":
        this.#define(rest, name);
        return;
      case "undef":
        if (rest[0]?.tokenType !== types.Identifier)
          reporter.report("macro-name-expected", rest[0]?.span ?? name.span, { directive: "undef" });
        else this.#macros.delete(rest[0].image);
        return;
      case "include":
        this.#include(name, rest, file);
        return;
      case "pragma":
        this.#pragma(rest);
        return;
      case "error":
        reporter.report("error-directive", name.span, { text: spelling(rest) });
        return;
      case "line":
        this.#line(name, rest, file);
        return;
      case "ident":
      case "warning":
        return;
      default:
        if (/^\d/.test(name.image)) this.#line(name, rest, file);
        else reporter.report("unknown-directive", name.span, { name: name.image });
    }
  }

  #define(rest: readonly IdlToken[], directive: IdlToken): void {
    const macro = readMacro(rest, directive, this.#options.reporter);
    if (macro === undefined) return;
    const previous = this.#macros.get(macro.name);
    if (previous !== undefined && spelling(previous.body) !== spelling(macro.body)) {
      this.#options.reporter.report("macro-redefined", rest[0]?.span ?? directive.span, { name: macro.name });
    }
    this.#macros.set(macro.name, macro);
  }

  #include(directive: IdlToken, rest: readonly IdlToken[], from: SourceFile): void {
    const { reporter, reader } = this.#options;
    const tokens = rest[0]?.tokenType === types.Identifier ? this.#expander.expand(rest) : rest;
    const name = headerName(tokens);
    const span = rest[0]?.span ?? directive.span;
    if (name === undefined) {
      reporter.report("include-malformed", span);
      return;
    }
    const file = reader.find(name, from.path);
    if (file === undefined) reporter.report("include-not-found", span, { name });
    else if (this.#including.length >= includeLimit || this.#inclusions > inclusionLimit) {
      reporter.report("include-depth", span, { name, limit: includeLimit });
      this.#inclusions = inclusionLimit + 1;
    } else if (!this.#once.has(file.path)) {
      this.#inclusions++;
      reporter.warnings.enter(file, span);
      this.file(file);
    }
  }

  #pragma(rest: readonly IdlToken[]): void {
    obeyPragma(rest, {
      reporter: this.#options.reporter,
      packing: this.#packing,
      strict: this.#strict,
      once: () => this.#once.add(this.#including.at(-1) ?? ""),
      echo: (echo) => this.#options.echo?.(echo),
    });
  }

  /** `#line 10 "file"` and `# 10 "file"`: from the next line on, messages name that line of that file. */
  #line(name: IdlToken, tokens: readonly IdlToken[], file: SourceFile): void {
    const [number, path] = name.image === "line" ? this.#expander.expand(tokens) : [name, ...tokens];
    const line = Number(number?.image);
    if (!Number.isInteger(line) || (path !== undefined && path.tokenType !== types.StringLiteral)) {
      this.#options.reporter.report("line-malformed", name.span);
      return;
    }
    const next = positionAt(file, name.span.start).line;
    const offset = file.lineStarts[next] ?? file.text.length;
    const known = file.lineMarks.at(-1);
    if (known !== undefined && known.offset >= offset) return;
    const spelled = path === undefined ? undefined : path.image.replace(/^L?"|"$/g, "").replaceAll("\\\\", "\\");
    file.lineMarks.push({ offset, line, path: spelled ?? known?.path ?? file.path });
  }

  #expandCondition(rest: readonly IdlToken[]): IdlToken[] {
    const replaced: IdlToken[] = [];
    for (let index = 0; index < rest.length; index++) {
      const token = rest[index];
      if (token?.image !== "defined") {
        pushDefined(replaced, token);
        continue;
      }
      const parenthesised = rest[index + 1]?.tokenType === types.LeftParenthesis;
      const name = rest[index + (parenthesised ? 2 : 1)];
      index += parenthesised ? 3 : 1;
      const image = this.#macros.has(name?.image ?? "") ? "1" : "0";
      const { span, spaceBefore } = token;
      const parts = {
        type: types.NumberLiteral,
        image,
        span,
        spaceBefore,
        startsLine: false,
        documentation: undefined,
      };
      replaced.push(new IdlToken(parts));
    }
    return this.#expander.expand(replaced);
  }
}

function pushDefined(tokens: IdlToken[], token: IdlToken | undefined): void {
  if (token !== undefined) tokens.push(token);
}

function spelling(tokens: readonly IdlToken[]): string {
  return tokens.map((token, index) => (token.spaceBefore && index > 0 ? " " : "") + token.image).join("");
}

function isClosedString(image: string): boolean {
  return image.endsWith('"') && image.replace(/^L/, "").length > 1;
}

function headerName(tokens: readonly IdlToken[]): string | undefined {
  const [first] = tokens;
  if (first?.tokenType === types.StringLiteral)
    return /^".+"$/.test(first.image) ? parseStringLiteral(first.image.replaceAll("\\", "\\\\")) : undefined;
  const match = /^<([^>]+)>/.exec(tokens.map((token) => token.image).join(""));
  return match?.[1];
}
