/** Preprocessed tokens as text (MIDL "/savePP switch"). */
import type { IdlToken } from "../lexer/idl-token.ts";
import { positionAt } from "../source.ts";

/** How many empty lines stand for themselves; a wider gap becomes a #line. */
const gapLimit = 8;

/** The tokens as text, each on the line where it stands in the original file, as #line directives tell. */
export function printTokens(tokens: readonly IdlToken[]): string {
  let text = "";
  let path = "";
  let line = 0;
  for (const token of tokens) {
    if (token.image === "") continue;
    const place = positionAt(token.span.file, token.span.start);
    const gap = place.line - line;
    if (token.span.file.path !== path || gap < 0 || gap > gapLimit) {
      path = token.span.file.path;
      text += `${text === "" ? "" : "\n"}#line ${place.line.toString()} "${path.replaceAll("\\", "\\\\")}"\n`;
    } else if (gap > 0) text += "\n".repeat(gap);
    else if (token.spaceBefore) text += " ";
    line = place.line;
    text += token.image;
  }
  return text === "" ? "" : `${text}\n`;
}
