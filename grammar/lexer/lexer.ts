/** Source text to preprocessing tokens. */
import { Lexer, type IToken } from "chevrotain";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { SourceFile } from "../source.ts";
import { commentText } from "./documentation.ts";
import { IdlToken } from "./idl-token.ts";
import * as types from "./token-types.ts";

let lexer: Lexer | undefined;

/**
 * The tokens of a file, line ends included (the preprocessor works by lines), comments turned into the documentation of the token
 * that follows. Takes time in proportion to the text.
 */
export function tokenize(
  file: SourceFile,
  reporter: Reporter,
  options: { readonly refuseLineComments?: boolean } = {},
): IdlToken[] {
  let refuseLineComments = options.refuseLineComments === true;
  lexer ??= new Lexer([...types.lexicalTokens], {
    positionTracking: "onlyOffset",
    skipValidations: true,
    deferDefinitionErrorsHandling: true,
  });
  const tokens: IdlToken[] = [];
  let comments: IToken[] = [];
  let startsLine = true;
  let previousEnd = 0;
  let codeOnLine = false;
  for (const token of lexer.tokenize(file.text).tokens) {
    const start = token.startOffset;
    const end = start + token.image.length;
    const span = { file, start, end };
    switch (token.tokenType) {
      case types.LineComment:
      case types.BlockComment:
        if (token.tokenType === types.BlockComment && !isClosed(token.image))
          reporter.report("comment-not-closed", { file, start, end: start + 2 });
        if (token.tokenType === types.LineComment && refuseLineComments) {
          reporter.report("osf-line-comment", { file, start, end: start + 2 });
          refuseLineComments = false;
        }
        if (!codeOnLine) comments.push(token);
        continue;
      case types.NewLine:
        codeOnLine = false;
        break;
      default:
    }
    const isNewLine = token.tokenType === types.NewLine;
    const documentation = isNewLine || comments.length === 0 ? undefined : commentText(file, comments, start);
    if (!isNewLine && comments.length > 0) comments = [];
    tokens.push(
      new IdlToken({
        type: token.tokenType,
        image: token.image,
        span,
        spaceBefore: start > previousEnd || startsLine,
        startsLine,
        documentation,
      }),
    );
    if (!isNewLine) codeOnLine = true;
    startsLine = isNewLine;
    previousEnd = end;
  }
  return tokens;
}

function isClosed(comment: string): boolean {
  return comment.length >= 4 && comment.endsWith("*/");
}
