/** Tokens as the preprocessor and the parser see them. */
import type { IToken, TokenType } from "chevrotain";
import type { SourceSpan } from "../source.ts";

/** What the lexer finds out about a token. */
export interface TokenParts {
  readonly type: TokenType;
  readonly image: string;
  readonly span: SourceSpan;
  /** White space, a comment or a line end stands before it. */
  readonly spaceBefore: boolean;
  /** The first token of its line. */
  readonly startsLine: boolean;
  /** Comment text directly before it, without comment signs. */
  readonly documentation: string | undefined;
}

/**
 * A token with the place in the original files that it comes from. `startOffset` and `endOffset`, which chevrotain copies into CST
 * locations, count tokens and not characters: a CST node thereby knows the range of its tokens.
 */
export class IdlToken implements IToken {
  readonly image: string;
  readonly span: SourceSpan;
  readonly spaceBefore: boolean;
  readonly startsLine: boolean;
  readonly documentation: string | undefined;
  tokenType: TokenType;
  tokenTypeIdx: number;
  startOffset = 0;
  endOffset = 0;
  /** Structure packing in force where the token stands (/Zp, #pragma pack). */
  packing = 8;
  /** The name of a macro that is being expanded: it is not expanded again (C90 6.8.3.4). */
  painted = false;

  constructor(parts: TokenParts) {
    this.image = parts.image;
    this.span = parts.span;
    this.spaceBefore = parts.spaceBefore;
    this.startsLine = parts.startsLine;
    this.documentation = parts.documentation;
    this.tokenType = parts.type;
    this.tokenTypeIdx = parts.type.tokenTypeIdx ?? 0;
  }

  /** The same token as another type: a keyword in place of an identifier. */
  retype(type: TokenType): void {
    this.tokenType = type;
    this.tokenTypeIdx = type.tokenTypeIdx ?? 0;
  }
}
