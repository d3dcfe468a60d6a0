/** What the parser adds to chevrotain: recovery at the end of a declaration, and a limit on nesting. */
import { CstParser, EOF, MismatchedTokenException, type CstNode, type ParserMethod } from "chevrotain";
import { IdlToken } from "../lexer/idl-token.ts";
import * as types from "../lexer/token-types.ts";

/** How deep expressions, declarators, structures and parameter lists may nest. */
export const nestingLimit = 120;

/**
 * A parser that goes on after a mistake. Chevrotain's own recovery looks for any token that may follow any open rule; in a language
 * whose declarations may begin with any name that finds the wrong place nearly always. This one skips to the end of the declaration.
 */
export class RecoveringParser extends CstParser {
  #depth = 0;
  #nestingErrors: IdlToken[] = [];
  #skippedNames = new Set<string>();
  #lastErrorAt = -1;

  constructor() {
    super([...types.parserTokens], {
      recoveryEnabled: false,
      nodeLocationTracking: "onlyOffset",
      maxLookahead: 2,
      skipValidations: true,
    });
  }

  /** Tokens at which something nested too deeply. */
  get nestingErrors(): readonly IdlToken[] {
    return this.#nestingErrors;
  }

  /** Names inside declarations that were skipped: they may have been what a later name refers to. */
  get skippedNames(): ReadonlySet<string> {
    return this.#skippedNames;
  }

  /** Makes the parser ready for other tokens. */
  begin(tokens: IdlToken[]): void {
    this.input = tokens;
    this.#depth = 0;
    this.#nestingErrors = [];
    this.#skippedNames = new Set();
    this.#lastErrorAt = -1;
  }

  /** Zero or more of a rule, up to a token at which `atEnd` holds; a mistake in one does not end the list. */
  protected recoveringMany(rule: ParserMethod<[], CstNode>, atEnd: () => boolean): void {
    if (this.RECORDING_PHASE) {
      this.MANY9(() => this.SUBRULE9(rule));
      return;
    }
    while (!atEnd() && this.LA(1).tokenType !== EOF) this.#recovering(() => this.SUBRULE9(rule));
  }

  /** Whether one more level of nesting is allowed; the first time that it is not is a mistake of its own. */
  protected mayNest(): boolean {
    if (this.#depth < nestingLimit) return true;
    const token = this.LA(1);
    if (!this.RECORDING_PHASE && token instanceof IdlToken) this.#nestingErrors.push(token);
    return false;
  }

  /** Runs a part of a rule one level deeper. */
  protected nested(part: () => void): void {
    const before = this.#depth;
    this.#depth++;
    part();
    this.#depth = before;
  }

  #recovering(parse: () => void): void {
    const first = this.LA(1);
    const start = first.startOffset;
    const depth = this.#depth;
    try {
      parse();
      if (this.LA(1).startOffset === start) this.SKIP_TOKEN();
    } catch (error) {
      if (!isRecognitionError(error)) throw error;
      this.#depth = depth;
      const failedAt = this.LA(1).startOffset;
      if (failedAt === this.#lastErrorAt) this.errors = this.errors.slice(0, -1);
      this.#lastErrorAt = failedAt;
      if (failedAt === start || !this.#onlySemicolonMissing(error)) this.#skipDeclaration(start, failedAt);
    }
  }

  /** A declaration that is whole but for its semicolon, before a token on a new line. */
  #onlySemicolonMissing(error: Error): boolean {
    const token = this.LA(1);
    const expectsSemicolon = error instanceof MismatchedTokenException && error.message.includes('";"');
    return expectsSemicolon && token instanceof IdlToken && token.startsLine && token.tokenType !== EOF;
  }

  /** Skips behind the next `;` outside braces opened since `start`, or to the `}` that closes what encloses the declaration. */
  #skipDeclaration(start: number, failedAt: number): void {
    let depth = 0;
    for (let distance = start - failedAt; distance < 0; distance++) {
      const token = this.LA(distance + 1);
      this.#remember(token);
      if (token.tokenType === types.LeftBrace) depth++;
      else if (token.tokenType === types.RightBrace) depth--;
    }
    depth = Math.max(0, depth);
    for (let token = this.LA(1); token.tokenType !== EOF; token = this.LA(1)) {
      if (token.tokenType === types.RightBrace && depth === 0 && token.startOffset > start) return;
      this.#remember(token);
      this.SKIP_TOKEN();
      if (token.tokenType === types.LeftBrace) depth++;
      else if (token.tokenType === types.RightBrace) {
        depth = Math.max(0, depth - 1);
      } else if (token.tokenType === types.Semicolon && depth === 0) return;
    }
  }

  #remember(token: { readonly image: string }): void {
    if (/^[A-Za-z_]/.test(token.image)) this.#skippedNames.add(token.image);
  }
}

function isRecognitionError(error: unknown): error is Error {
  return (
    error instanceof Error && /^(?:MismatchedToken|NoViableAlt|NotAllInputParsed|EarlyExit)Exception$/.test(error.name)
  );
}
