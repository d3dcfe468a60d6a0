/** The operators `#` and `##`, and copies of tokens in macro expansions. */
import type { TokenType } from "chevrotain";
import { IdlToken } from "../lexer/idl-token.ts";
import * as types from "../lexer/token-types.ts";
import type { SourceSpan } from "../source.ts";

/** The operator `#` (C90 6.8.3.2): the spelling of an argument as a string literal. */
export function stringize(argument: readonly IdlToken[], name: IdlToken): IdlToken {
  let text = "";
  for (const token of argument) {
    if (token.spaceBefore && text !== "") text += " ";
    const literal = token.tokenType === types.StringLiteral || token.tokenType === types.CharacterLiteral;
    text += literal ? token.image.replace(/[\\"]/g, "\\$&") : token.image;
  }
  return tokenOf(types.StringLiteral, `"${text}"`, name.span, true);
}

/** The operator `##` (C90 6.8.3.3): joins the last token of `output` with the first of `right`, the others follow. */
export function pasteTokens(output: IdlToken[], right: readonly IdlToken[], name: IdlToken): void {
  const [first, ...others] = right;
  if (first === undefined) return;
  const left = output.pop();
  const image = `${left?.image ?? ""}${first.image}`;
  output.push(tokenOf(typeOf(image), image, name.span, left?.spaceBefore ?? true));
  for (const token of others) output.push(substituteCopy(token, token.span, token.spaceBefore));
}

/** A copy of a token for one expansion: each place has a token of its own. */
export function substituteCopy(token: IdlToken, span: SourceSpan, spaceBefore: boolean): IdlToken {
  const copy = tokenOf(token.tokenType, token.image, span, spaceBefore);
  copy.painted = token.painted;
  return copy;
}

function tokenOf(type: TokenType, image: string, span: SourceSpan, spaceBefore: boolean): IdlToken {
  return new IdlToken({ type, image, span, spaceBefore, startsLine: false, documentation: undefined });
}

function typeOf(image: string): TokenType {
  if (/^[A-Za-z_$][\w$]*$/.test(image)) return types.Identifier;
  if (/^L?"/.test(image)) return types.StringLiteral;
  if (/^\.?\d/.test(image)) return types.NumberLiteral;
  return types.lexicalTokens.find((type) => type.PATTERN === image) ?? types.StrayCharacter;
}
