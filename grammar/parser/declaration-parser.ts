/** The grammar of declarations: specifiers, declarators, structures, unions, enumerations and parameters. */
import { tokenMatcher, type CstNode, type ParserMethod } from "chevrotain";
import * as t from "../lexer/token-types.ts";
import { ExpressionParser } from "./expression-parser.ts";

type Rule = ParserMethod<[], CstNode>;

/** Rules for declarations (C706 chapter 4). */
export class DeclarationParser extends ExpressionParser {
  /** `type_definition : "typedef" attribute_lists specifiers declarators ";"` (C706 chapter 4) */
  readonly typeDefinition: Rule = this.RULE("typeDefinition", () => {
    this.CONSUME(t.Typedef);
    this.SUBRULE(this.attributeLists);
    this.SUBRULE(this.specifiers);
    this.OPTION(() => this.SUBRULE(this.declarators));
    this.CONSUME(t.Semicolon);
  });

  /** `declaration : specifiers declarators? ";"`: a constant (C706 chapter 4), a tagged type (6.2.8), or an operation (6.2.13) */
  readonly declaration: Rule = this.RULE("declaration", () => {
    this.SUBRULE(this.specifiers);
    this.OPTION(() => this.SUBRULE(this.declarators));
    this.CONSUME(t.Semicolon);
  });

  /** `declarators : declarator ( "," declarator )*` (C706 chapter 4) */
  readonly declarators: Rule = this.RULE("declarators", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.initializedDeclarator) });
  });

  /** `initialized_declarator : declarator ( ":" expression )? ( "=" ( expression | compound_initializer ) )?` (C706 chapter 4; MIDL "/c_ext") */
  readonly initializedDeclarator: Rule = this.RULE("initializedDeclarator", () => {
    this.SUBRULE(this.declarator);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.expression, { LABEL: "bits" });
    });
    this.OPTION2(() => {
      this.CONSUME(t.Equals);
      this.OR([
        { ALT: () => this.SUBRULE(this.compoundInitializer) },
        { ALT: () => this.SUBRULE2(this.expression, { LABEL: "initializer" }) },
      ]);
    });
  });

  /** `compound_initializer : "{" ( expression ","? )* "}"`: C has it, MIDL refuses it (MIDL2149) */
  readonly compoundInitializer: Rule = this.RULE("compoundInitializer", () => {
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.expression);
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    this.CONSUME(t.RightBrace);
  });

  /** `specifiers : ( qualifier | "pascal" )* type_specifier qualifier*` (C706 chapter 4; MIDL "module") */
  readonly specifiers: Rule = this.RULE("specifiers", () => {
    this.MANY(() => this.SUBRULE(this.qualifier));
    this.OPTION({
      GATE: () => bareQualifiers.has(this.LA(1).image) && beginsType(this.LA(2)) && !this.declaresItself(),
      DEF: () => this.CONSUME(t.Identifier, { LABEL: "qualifierName" }),
    });
    this.SUBRULE(this.typeSpecifier);
    this.MANY2({
      GATE: () => this.LA(1).tokenType === t.Declspec || tokenMatcher(this.LA(1), t.Qualifier),
      DEF: () => this.SUBRULE2(this.qualifier),
    });
  });

  /** `qualifier : "const" | "volatile" | "__stdcall" | ... | "__declspec" "(" ... ")"` (MIDL "const", "Function Call Attributes") */
  readonly qualifier: Rule = this.RULE("qualifier", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Qualifier) },
      {
        ALT: () => {
          this.CONSUME(t.Declspec);
          this.CONSUME(t.LeftParenthesis);
          this.SUBRULE(this.attribute);
          this.CONSUME(t.RightParenthesis);
        },
      },
    ]);
  });

  /**
   * `type_specifier : base_type_word+ | struct | union | enum | "pipe" type_specifier | "SAFEARRAY" "(" type_name ")" |
   * "interface" identifier | ( identifier "." )? identifier` (C706 chapter 4; MIDL "importlib", which puts the name of a library first)
   */
  readonly typeSpecifier: Rule = this.RULE("typeSpecifier", () => {
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.baseType) },
        { ALT: () => this.SUBRULE(this.structOrUnion) },
        { ALT: () => this.SUBRULE(this.enumeration) },
        {
          GATE: () => this.mayNest() && beginsType(this.LA(2)),
          ALT: () => {
            this.CONSUME(t.Pipe);
            this.nested(() => this.SUBRULE(this.typeSpecifier));
          },
        },
        {
          GATE: () => this.LA(2).tokenType === t.LeftParenthesis && this.mayNest(),
          ALT: () => {
            this.CONSUME(t.SafeArray);
            this.CONSUME(t.LeftParenthesis);
            this.nested(() => this.SUBRULE(this.typeName));
            this.CONSUME(t.RightParenthesis);
          },
        },
        {
          GATE: () => tokenMatcher(this.LA(2), t.Identifier),
          ALT: () => {
            this.CONSUME(t.Interface);
            this.CONSUME2(t.Identifier);
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Identifier);
            this.OPTION(() => {
              this.CONSUME(t.Dot);
              this.CONSUME3(t.Identifier, { LABEL: "member" });
            });
          },
        },
      ],
    });
  });

  /** `base_type : ( "unsigned" | "signed" | "long" | "hyper" | ... )+` (C706 chapter 4; MIDL "Base Types") */
  readonly baseType: Rule = this.RULE("baseType", () => {
    this.AT_LEAST_ONE(() => this.CONSUME(t.BaseTypeWord));
  });

  /** `type_name : attribute_lists specifiers declarator`: a type without a name, or with one (`implicit_handle(handle_t h)`) */
  override readonly typeName: Rule = this.RULE("typeName", () => {
    this.SUBRULE(this.attributeLists);
    this.SUBRULE(this.specifiers);
    this.SUBRULE(this.declarator);
  });

  /**
   * `struct_or_union : ( "struct" | "union" ) identifier? ( "switch" "(" specifiers identifier ")" identifier? "{" union_case* "}"
   * | "{" field* "}" )?` (C706 chapter 4)
   */
  readonly structOrUnion: Rule = this.RULE("structOrUnion", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Struct) }, { ALT: () => this.CONSUME(t.Union) }]);
    this.OPTION(() => this.CONSUME(t.Identifier, { LABEL: "tag" }));
    this.OPTION2(() => {
      this.CONSUME(t.Switch);
      this.CONSUME(t.LeftParenthesis);
      this.SUBRULE(this.attributeLists);
      this.SUBRULE(this.specifiers);
      this.CONSUME2(t.Identifier, { LABEL: "switchName" });
      this.CONSUME(t.RightParenthesis);
      this.OPTION3(() => this.CONSUME3(t.Identifier, { LABEL: "unionName" }));
    });
    this.OPTION4({
      GATE: () => this.mayNest(),
      DEF: () => {
        this.nested(() => this.SUBRULE(this.members));
      },
    });
  });

  /** `members : "{" member* "}"` */
  readonly members: Rule = this.RULE("members", () => {
    this.CONSUME(t.LeftBrace);
    this.recoveringMany(this.member, () => this.LA(1).tokenType === t.RightBrace);
    this.CONSUME(t.RightBrace);
  });

  /** `member : case_label* attribute_lists ( specifiers declarators? )? ";"` (C706 chapter 4) */
  readonly member: Rule = this.RULE("member", () => {
    this.MANY(() => this.SUBRULE(this.caseLabel));
    this.SUBRULE(this.attributeLists);
    this.OPTION(() => {
      this.SUBRULE(this.specifiers);
      this.OPTION2(() => this.SUBRULE(this.declarators));
    });
    this.CONSUME(t.Semicolon);
  });

  /** `case_label : "case" expression ":" | "default" ":"` (C706 chapter 4) */
  readonly caseLabel: Rule = this.RULE("caseLabel", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Case);
          this.SUBRULE(this.expression);
        },
      },
      { ALT: () => this.CONSUME(t.Default) },
    ]);
    this.CONSUME(t.Colon);
  });

  /** `enumeration : "enum" attribute_lists identifier? ( "{" enumerator ( "," enumerator )* ","? "}" )?` (C706 chapter 4; MIDL "enum") */
  readonly enumeration: Rule = this.RULE("enumeration", () => {
    this.CONSUME(t.Enum);
    this.SUBRULE(this.attributeLists);
    this.OPTION(() => this.CONSUME(t.Identifier));
    this.OPTION2(() => {
      this.CONSUME(t.LeftBrace);
      this.MANY(() => {
        this.SUBRULE(this.enumerator);
        this.OPTION3({
          GATE: () => this.LA(1).tokenType !== t.RightBrace,
          DEF: () => this.CONSUME(t.Comma),
        });
      });
      this.CONSUME(t.RightBrace);
    });
  });

  /** `enumerator : attribute_lists identifier ( "=" expression )?` (MIDL "enum") */
  readonly enumerator: Rule = this.RULE("enumerator", () => {
    this.SUBRULE(this.attributeLists);
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  /** `declarator : pointer* ( identifier | "(" declarator ")" )? ( array_bounds | parameters )*` (C706 chapter 4; a type name has no identifier) */
  readonly declarator: Rule = this.RULE("declarator", () => {
    this.MANY({
      GATE: () => this.LA(1).tokenType === t.Asterisk || this.qualifierHere(),
      DEF: () => this.SUBRULE(this.pointer),
    });
    this.OPTION({
      GATE: () => this.LA(1).tokenType !== t.LeftParenthesis || this.declaratorInParentheses(),
      DEF: () => {
        this.OR([
          { ALT: () => this.CONSUME(t.Identifier) },
          {
            GATE: () => this.mayNest(),
            ALT: () => {
              this.CONSUME(t.LeftParenthesis);
              this.nested(() => this.SUBRULE(this.declarator));
              this.CONSUME(t.RightParenthesis);
            },
          },
        ]);
      },
    });
    this.MANY2(() => {
      this.OR2([
        { ALT: () => this.SUBRULE(this.arrayBounds) },
        {
          GATE: () => this.mayNest(),
          ALT: () => {
            this.nested(() => this.SUBRULE(this.parameters));
          },
        },
      ]);
    });
  });

  /** `pointer : "*" | qualifier | "pascal"`, in any order (MIDL "/c_ext": type qualifiers) */
  readonly pointer: Rule = this.RULE("pointer", () => {
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.CONSUME(t.Asterisk) },
        { ALT: () => this.SUBRULE(this.qualifier) },
        { ALT: () => this.CONSUME(t.Identifier, { LABEL: "qualifierName" }) },
      ],
    });
  });

  /** `array_bounds : "[" ( bound ( ( ".." | "..." ) bound )? )? "]"` (C706 chapter 4; MIDL "arrays" writes an ellipsis) */
  readonly arrayBounds: Rule = this.RULE("arrayBounds", () => {
    this.CONSUME(t.LeftBracket);
    this.OPTION(() => {
      this.SUBRULE(this.bound, { LABEL: "first" });
      this.OPTION2(() => {
        this.OR([{ ALT: () => this.CONSUME(t.DotDot) }, { ALT: () => this.CONSUME(t.Ellipsis) }]);
        this.SUBRULE2(this.bound, { LABEL: "second" });
      });
    });
    this.CONSUME(t.RightBracket);
  });

  /** `bound : "*" | expression` (C706 chapter 4) */
  readonly bound: Rule = this.RULE("bound", () => {
    const starAlone = (): boolean => [t.RightBracket, t.DotDot, t.Ellipsis].includes(this.LA(2).tokenType);
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [{ GATE: starAlone, ALT: () => this.CONSUME(t.Asterisk) }, { ALT: () => this.SUBRULE(this.expression) }],
    });
  });

  /** `parameters : "(" ( parameter ( "," parameter )* )? ")"` (C706 chapter 4) */
  readonly parameters: Rule = this.RULE("parameters", () => {
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParenthesis);
  });

  /** `parameter : attribute_lists ( "..." | specifiers initialized_declarator )` (C706 chapter 4) */
  readonly parameter: Rule = this.RULE("parameter", () => {
    this.SUBRULE(this.attributeLists);
    this.OR([
      { ALT: () => this.CONSUME(t.Ellipsis) },
      {
        ALT: () => {
          this.SUBRULE(this.specifiers);
          this.SUBRULE(this.initializedDeclarator);
        },
      },
    ]);
  });

  /** `far x;`, `far x(`: the second name is declared, and the first is its type. */
  private declaresItself(): boolean {
    if (!tokenMatcher(this.LA(2), t.Identifier)) return false;
    const third = this.LA(3);
    return !tokenMatcher(third, t.Identifier) && third.tokenType !== t.Asterisk;
  }

  private qualifierHere(): boolean {
    const token = this.LA(1);
    if (tokenMatcher(token, t.Qualifier) || token.tokenType === t.Declspec) return true;
    if (!bareQualifiers.has(token.image)) return false;
    const next = this.LA(2);
    return tokenMatcher(next, t.Identifier) || next.tokenType === t.Asterisk;
  }

  /** `(` opens a declarator and not parameters: before `*` or `(`, a qualifier, or a name that `)` or `[` follows. */
  private declaratorInParentheses(): boolean {
    const next = this.LA(2);
    if (next.tokenType === t.Asterisk || next.tokenType === t.LeftParenthesis) return true;
    if (tokenMatcher(next, t.Qualifier)) return this.LA(3).tokenType === t.Asterisk || tokenMatcher(next, t.Identifier);
    if (!tokenMatcher(next, t.Identifier)) return false;
    if (bareQualifiers.has(next.image)) return true;
    return (
      this.LA(0).tokenType !== t.Identifier &&
      this.LA(3).tokenType === t.RightParenthesis &&
      this.LA(4).tokenType === t.LeftBracket
    );
  }
}

/** Calling conventions and memory models that are ordinary names elsewhere (MIDL "Function Call Attributes"). */
const bareQualifiers: ReadonlySet<string> = new Set([
  "pascal",
  "cdecl",
  "stdcall",
  "far",
  "near",
  "huge",
  "interrupt",
  "export",
  "loadds",
]);

function beginsType(token: Parameters<typeof tokenMatcher>[0]): boolean {
  const { tokenType } = token;
  const keyword = tokenType === t.Struct || tokenType === t.Union || tokenType === t.Enum;
  return keyword || tokenMatcher(token, t.BaseTypeWord) || tokenMatcher(token, t.Identifier);
}
