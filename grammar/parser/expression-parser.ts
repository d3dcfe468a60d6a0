/** The grammar of attributes and expressions. */
import { tokenMatcher, type CstNode, type IToken, type ParserMethod } from "chevrotain";
import * as t from "../lexer/token-types.ts";
import { RecoveringParser } from "./recovering-parser.ts";

type Rule = ParserMethod<[], CstNode>;

/** Rules for attribute lists and expressions (C706 chapter 4; MIDL "IDL Attributes"). */
export class ExpressionParser extends RecoveringParser {
  /** `attribute_lists : ( "[" attribute? ( "," attribute? )* "]" )*`; several lists in a row and trailing commas are MIDL's */
  readonly attributeLists: Rule = this.RULE("attributeLists", () => {
    this.MANY(() => {
      this.CONSUME(t.LeftBracket);
      this.OPTION(() => this.SUBRULE(this.attribute));
      this.MANY2(() => {
        this.CONSUME(t.Comma);
        this.OPTION2(() => this.SUBRULE2(this.attribute));
      });
      this.CONSUME(t.RightBracket);
    });
  });

  /** `attribute : name ( "(" ( uuid | argument? ( "," argument? )* ) ")" )?` (MIDL "IDL Attributes") */
  readonly attribute: Rule = this.RULE("attribute", () => {
    this.CONSUME(t.AttributeName);
    this.OPTION(() => {
      this.CONSUME(t.LeftParenthesis);
      this.OR({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            GATE: () => uuidAttributes.has(this.LA(-1).image),
            ALT: () => {
              this.AT_LEAST_ONE(() => this.CONSUME(t.UuidPart));
            },
          },
          {
            ALT: () => {
              this.SUBRULE(this.argumentSlot);
              this.MANY(() => {
                this.CONSUME(t.Comma);
                this.SUBRULE2(this.argumentSlot);
              });
            },
          },
        ],
      });
      this.CONSUME(t.RightParenthesis);
    });
  });

  /** `argument_slot : argument?`: `size_is(,*n)` has an empty one (MIDL "size_is") */
  readonly argumentSlot: Rule = this.RULE("argumentSlot", () => {
    this.OPTION({
      GATE: () => this.LA(1).tokenType !== t.Comma && this.LA(1).tokenType !== t.RightParenthesis,
      DEF: () => {
        this.OR({
          IGNORE_AMBIGUITIES: true,
          DEF: [
            {
              GATE: () => this.typeArgumentHere() && this.mayNest(),
              ALT: () => {
                this.nested(() => this.SUBRULE(this.typeName));
              },
            },
            { ALT: () => this.SUBRULE(this.expression) },
          ],
        });
      },
    });
  });

  /** Declared here for the rules above; DeclarationParser has the production. */
  declare readonly typeName: Rule;

  /** `expression : binary ( "?" expression ":" expression )?` (C706 chapter 4; C90 6.3.15) */
  readonly expression: Rule = this.RULE("expression", () => {
    this.SUBRULE(this.binary);
    this.OPTION({
      GATE: () => this.mayNest(),
      DEF: () => {
        this.CONSUME(t.Question);
        this.nested(() => this.SUBRULE(this.expression, { LABEL: "whenTrue" }));
        this.CONSUME(t.Colon);
        this.nested(() => this.SUBRULE2(this.expression, { LABEL: "whenFalse" }));
      },
    });
  });

  /** `binary : unary ( operator unary )*`; precedence is applied when the AST is built (C706 chapter 4) */
  readonly binary: Rule = this.RULE("binary", () => {
    this.SUBRULE(this.unary);
    this.MANY(() => {
      this.CONSUME(t.BinaryOperatorToken);
      this.SUBRULE2(this.unary);
    });
  });

  /** `unary : prefix_operator* ( "sizeof" ( "(" type_name ")" | unary ) | "(" type_name ")" unary | postfix )` (C90 6.3.3 and 6.3.4) */
  readonly unary: Rule = this.RULE("unary", () => {
    this.MANY(() => this.CONSUME(t.PrefixOperatorToken));
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          GATE: () => this.mayNest(),
          ALT: () => {
            this.nested(() => this.SUBRULE(this.sizeofExpression));
          },
        },
        {
          GATE: () => this.castHere() && this.mayNest(),
          ALT: () => {
            this.nested(() => this.SUBRULE(this.cast));
          },
        },
        { ALT: () => this.SUBRULE(this.postfix) },
      ],
    });
  });

  /** `sizeof_expression : "sizeof" ( "(" type_name ")" | unary )` (C90 6.3.3.4) */
  readonly sizeofExpression: Rule = this.RULE("sizeofExpression", () => {
    this.CONSUME(t.Sizeof);
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(t.LeftParenthesis);
            this.SUBRULE(this.typeName);
            this.CONSUME(t.RightParenthesis);
          },
        },
        { ALT: () => this.SUBRULE(this.unary) },
      ],
    });
  });

  /** `cast : "(" type_name ")" unary` (C90 6.3.4) */
  readonly cast: Rule = this.RULE("cast", () => {
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.typeName);
    this.CONSUME(t.RightParenthesis);
    this.SUBRULE(this.unary);
  });

  /** `postfix : primary ( "." identifier | "->" identifier | "[" expression "]" )*` (C90 6.3.2) */
  readonly postfix: Rule = this.RULE("postfix", () => {
    this.SUBRULE(this.primary);
    this.MANY(() => this.SUBRULE(this.suffix));
  });

  /** `suffix : ( "." | "->" ) identifier | "[" expression "]"` (C90 6.3.2) */
  readonly suffix: Rule = this.RULE("suffix", () => {
    this.OR([
      {
        ALT: () => {
          this.OR2([{ ALT: () => this.CONSUME(t.Dot) }, { ALT: () => this.CONSUME(t.Arrow) }]);
          this.CONSUME(t.Identifier);
        },
      },
      {
        GATE: () => this.mayNest(),
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.nested(() => this.SUBRULE(this.expression));
          this.CONSUME(t.RightBracket);
        },
      },
    ]);
  });

  /** `primary : number | character | string+ | identifier | "(" expression ")"` (C90 6.3.1) */
  readonly primary: Rule = this.RULE("primary", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.CharacterLiteral) },
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => this.CONSUME(t.StringLiteral));
        },
      },
      { ALT: () => this.CONSUME(t.Identifier) },
      {
        GATE: () => this.mayNest(),
        ALT: () => {
          this.CONSUME(t.LeftParenthesis);
          this.nested(() => this.SUBRULE(this.expression));
          this.CONSUME(t.RightParenthesis);
        },
      },
    ]);
  });

  /** A type as an argument: `switch_type(unsigned long)`, `transmit_as(T *)`, `implicit_handle(handle_t h)`. */
  private typeArgumentHere(): boolean {
    const first = this.LA(1);
    if (beginsWithTypeKeyword(first)) return true;
    if (!tokenMatcher(first, t.Identifier)) return false;
    const second = this.LA(2);
    if (second.tokenType === t.Asterisk) return endsArgument(this.LA(3)) || this.LA(3).tokenType === t.Asterisk;
    return tokenMatcher(second, t.Identifier);
  }

  /** `(` begins a cast: before a type keyword, or before a name or `name *` in parentheses that an operand follows. */
  private castHere(): boolean {
    if (this.LA(1).tokenType !== t.LeftParenthesis) return false;
    const first = this.LA(2);
    if (beginsWithTypeKeyword(first)) return true;
    if (!tokenMatcher(first, t.Identifier)) return false;
    let distance = 3;
    while (this.LA(distance).tokenType === t.Asterisk) distance++;
    if (this.LA(distance).tokenType !== t.RightParenthesis) return false;
    return distance > 3 || beginsOperand(this.LA(distance + 1));
  }
}

const uuidAttributes: ReadonlySet<string> = new Set(["uuid", "async_uuid"]);

function beginsWithTypeKeyword(token: IToken): boolean {
  const { tokenType } = token;
  if (tokenType === t.Struct || tokenType === t.Union || tokenType === t.Enum) return true;
  return tokenMatcher(token, t.BaseTypeWord) || tokenMatcher(token, t.Qualifier);
}

function endsArgument(token: IToken): boolean {
  return token.tokenType === t.Comma || token.tokenType === t.RightParenthesis;
}

function beginsOperand(token: IToken): boolean {
  const { tokenType } = token;
  if (tokenType === t.LeftParenthesis || tokenType === t.Tilde || tokenType === t.Exclamation || tokenType === t.Sizeof)
    return true;
  if (tokenType === t.NumberLiteral || tokenType === t.CharacterLiteral || tokenType === t.StringLiteral) return true;
  return tokenMatcher(token, t.Identifier);
}
