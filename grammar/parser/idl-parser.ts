/** The grammar of MIDL (MIDL reference, "Interface Definition (IDL) File"; C706 chapter 4), as a concrete syntax tree. */
import type { CstNode, ParserMethod } from "chevrotain";
import { EOF, tokenMatcher, type IToken } from "chevrotain";
import * as t from "../lexer/token-types.ts";
import { DeclarationParser } from "./declaration-parser.ts";

type Rule = ParserMethod<[], CstNode>;

/** Parses .idl and .acf files. Creating one analyses the grammar; keep it. */
export class IdlParser extends DeclarationParser {
  /** `file : definition*` */
  readonly idlFile: Rule = this.RULE("idlFile", () => {
    this.recoveringMany(this.definition, () => false);
  });

  /**
   * `definition : attribute_lists ( import | importlib | cpp_quote | midl_pragma | interface | library | coclass | dispinterface
   * | module | typedef | declaration | ";" )` (C706 chapter 4; MIDL "import", "cpp_quote", "library")
   */
  readonly definition: Rule = this.RULE("definition", () => {
    this.SUBRULE(this.attributeLists);
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.stringFollows(), ALT: () => this.SUBRULE(this.importDirective) },
        { GATE: () => this.parenthesisFollows(), ALT: () => this.SUBRULE(this.quotation) },
        { GATE: () => this.blockFollows(), ALT: () => this.SUBRULE(this.interfaceDefinition) },
        { GATE: () => this.blockFollows(), ALT: () => this.SUBRULE(this.libraryDefinition) },
        { GATE: () => this.blockFollows(), ALT: () => this.SUBRULE(this.coclassDefinition) },
        { GATE: () => this.blockFollows(), ALT: () => this.SUBRULE(this.dispinterfaceDefinition) },
        { ALT: () => this.SUBRULE(this.typeDefinition) },
        { ALT: () => this.SUBRULE(this.declaration) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ],
    });
  });

  /** `import : "import" string ( "," string )* ";"` (C706 chapter 4; MIDL "import") */
  readonly importDirective: Rule = this.RULE("importDirective", () => {
    this.CONSUME(t.Import);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.StringLiteral) });
    this.CONSUME(t.Semicolon);
  });

  /**
   * `quotation : ( "cpp_quote" | "importlib" | "midl_pragma" name ) "(" ( warning | string+ ) ")" ";"? | "declare_guid" "(" identifier
   * "," uuid ")" ";"?` (MIDL "cpp_quote", "importlib", "midl_pragma warning", "declare_guid")
   */
  readonly quotation: Rule = this.RULE("quotation", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.CppQuote) },
      { ALT: () => this.CONSUME(t.Importlib) },
      { ALT: () => this.CONSUME(t.DeclareGuid) },
      {
        ALT: () => {
          this.CONSUME(t.MidlPragma);
          this.OR2([{ ALT: () => this.CONSUME(t.Default) }, { ALT: () => this.CONSUME(t.Identifier) }]);
        },
      },
    ]);
    this.CONSUME(t.LeftParenthesis);
    this.OR3({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.LA(2).tokenType === t.Colon, ALT: () => this.SUBRULE(this.warningPragma) },
        {
          GATE: () => this.LA(2).tokenType === t.Comma,
          ALT: () => {
            this.CONSUME2(t.Identifier, { LABEL: "guidName" });
            this.CONSUME(t.Comma);
            this.AT_LEAST_ONE2(() => this.CONSUME(t.UuidPart));
          },
        },
        {
          ALT: () => {
            this.AT_LEAST_ONE(() => this.CONSUME(t.StringLiteral));
          },
        },
      ],
    });
    this.CONSUME(t.RightParenthesis);
    this.OPTION(() => this.CONSUME(t.Semicolon));
  });

  /** `warning : ( "disable" | "enable" | "default" ) ":" number*` (MIDL "midl_pragma warning") */
  readonly warningPragma: Rule = this.RULE("warningPragma", () => {
    this.CONSUME(t.AttributeName);
    this.CONSUME(t.Colon);
    this.MANY(() => {
      this.CONSUME(t.NumberLiteral);
      this.OPTION(() => this.CONSUME(t.Comma));
    });
  });

  /** `interface : "interface" identifier ( ":" identifier )? ( interface_body | ";" )` (C706 chapter 4) */
  readonly interfaceDefinition: Rule = this.RULE("interfaceDefinition", () => {
    this.CONSUME(t.Interface);
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.CONSUME2(t.Identifier);
    });
    this.OR([{ ALT: () => this.SUBRULE(this.interfaceBody) }, { ALT: () => this.CONSUME(t.Semicolon) }]);
  });

  /** `interface_body : "{" interface_member* "}" ";"?` */
  readonly interfaceBody: Rule = this.RULE("interfaceBody", () => {
    this.CONSUME(t.LeftBrace);
    this.recoveringMany(this.interfaceMember, () => this.LA(1).tokenType === t.RightBrace);
    this.CONSUME(t.RightBrace);
    this.OPTION(() => this.CONSUME(t.Semicolon));
  });

  /** `body : "{" definition* "}" ";"?` */
  readonly body: Rule = this.RULE("body", () => {
    this.CONSUME(t.LeftBrace);
    this.recoveringMany(this.definition, () => this.LA(1).tokenType === t.RightBrace);
    this.CONSUME(t.RightBrace);
    this.OPTION(() => this.CONSUME(t.Semicolon));
  });

  /** `library : ( "library" | "module" ) identifier body` (MIDL "library", "module") */
  readonly libraryDefinition: Rule = this.RULE("libraryDefinition", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Library) }, { ALT: () => this.CONSUME(t.Module) }]);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.body);
  });

  /**
   * `coclass : "coclass" identifier ( "{" ( attribute_lists ( "interface" | "dispinterface" ) identifier ( ":" identifier )? ";" )* "}" )? ";"?`
   * (MIDL "coclass", whose example names a base)
   */
  readonly coclassDefinition: Rule = this.RULE("coclassDefinition", () => {
    this.CONSUME(t.Coclass);
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.LeftBrace);
      this.MANY(() => {
        this.SUBRULE(this.attributeLists);
        this.OR([{ ALT: () => this.CONSUME(t.Interface) }, { ALT: () => this.CONSUME(t.Dispinterface) }]);
        this.CONSUME2(t.Identifier);
        this.OPTION2(() => {
          this.CONSUME(t.Colon);
          this.CONSUME3(t.Identifier, { LABEL: "base" });
        });
        this.CONSUME(t.Semicolon);
      });
      this.CONSUME(t.RightBrace);
    });
    this.OPTION3(() => this.CONSUME2(t.Semicolon));
  });

  /**
   * `dispinterface : "dispinterface" identifier ( ";" | interface_body )`: `"interface" identifier ";"`, or properties and methods (MIDL
   * "dispinterface")
   */
  readonly dispinterfaceDefinition: Rule = this.RULE("dispinterfaceDefinition", () => {
    this.CONSUME(t.Dispinterface);
    this.CONSUME(t.Identifier);
    this.OR([{ ALT: () => this.SUBRULE(this.interfaceBody) }, { ALT: () => this.CONSUME(t.Semicolon) }]);
  });

  /** `interface_member : "properties" ":" | "methods" ":" | definition` (MIDL "dispinterface"; "displaybind" has the labels in an interface) */
  readonly interfaceMember: Rule = this.RULE("interfaceMember", () => {
    const colonFollows = (): boolean => this.LA(2).tokenType === t.Colon;
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          GATE: colonFollows,
          ALT: () => {
            this.OR2([{ ALT: () => this.CONSUME(t.Properties) }, { ALT: () => this.CONSUME(t.Methods) }]);
            this.CONSUME(t.Colon);
          },
        },
        { ALT: () => this.SUBRULE(this.definition) },
      ],
    });
  });

  /** `acf_file : ( acf_interface | acf_definition )*` (C706 chapter 4; MIDL "Application Configuration File (ACF)") */
  readonly acfFile: Rule = this.RULE("acfFile", () => {
    this.recoveringMany(this.acfDefinition, () => false);
  });

  /**
   * `acf_definition : attribute_lists ( "interface" identifier acf_body | acf_include | "typedef" attribute_lists names ";" |
   * acf_operation ( "," acf_operation )* ";" | ";" )` (C706 chapter 4)
   */
  readonly acfDefinition: Rule = this.RULE("acfDefinition", () => {
    this.SUBRULE(this.attributeLists);
    this.OR({
      IGNORE_AMBIGUITIES: true,
      MAX_LOOKAHEAD: 1,
      DEF: [
        {
          GATE: () => this.blockFollows(),
          ALT: () => {
            this.CONSUME(t.Interface);
            this.CONSUME(t.Identifier);
            this.OR2([{ ALT: () => this.SUBRULE(this.acfBody) }, { ALT: () => this.CONSUME(t.Semicolon) }]);
          },
        },
        { GATE: () => !this.parenthesisFollows(), ALT: () => this.SUBRULE(this.acfInclude) },
        {
          ALT: () => {
            this.CONSUME(t.Typedef);
            this.SUBRULE2(this.attributeLists);
            this.CONSUME2(t.Identifier);
            this.MANY(() => {
              this.CONSUME(t.Comma);
              this.CONSUME3(t.Identifier);
            });
            this.CONSUME3(t.Semicolon);
          },
        },
        {
          ALT: () => {
            this.AT_LEAST_ONE_SEP3({ SEP: t.Comma, DEF: () => this.SUBRULE(this.acfOperation) });
            this.CONSUME4(t.Semicolon);
          },
        },
        { ALT: () => this.CONSUME5(t.Semicolon) },
      ],
    });
  });

  /** `acf_include : "include" string ( "," string )* ";"` (C706 chapter 4; MIDL "include attribute") */
  readonly acfInclude: Rule = this.RULE("acfInclude", () => {
    this.CONSUME(t.Include);
    this.CONSUME(t.StringLiteral);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.CONSUME2(t.StringLiteral);
    });
    this.CONSUME(t.Semicolon);
  });

  /** `acf_body : "{" acf_definition* "}" ";"?` */
  readonly acfBody: Rule = this.RULE("acfBody", () => {
    this.CONSUME(t.LeftBrace);
    this.recoveringMany(this.acfDefinition, () => this.LA(1).tokenType === t.RightBrace);
    this.CONSUME(t.RightBrace);
    this.OPTION(() => this.CONSUME(t.Semicolon));
  });

  /** `acf_operation : acf_type? identifier "(" ( acf_parameter ( "," acf_parameter )* )? ")"` (C706 chapter 4; MIDL "comm_status") */
  readonly acfOperation: Rule = this.RULE("acfOperation", () => {
    this.OPTION({ GATE: () => this.typeFollows(), DEF: () => this.SUBRULE(this.acfType) });
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.acfParameter) });
    this.CONSUME(t.RightParenthesis);
  });

  /** `acf_parameter : attribute_lists acf_type? identifier` (C706 chapter 4; MIDL "comm_status") */
  readonly acfParameter: Rule = this.RULE("acfParameter", () => {
    this.SUBRULE(this.attributeLists);
    this.OPTION({ GATE: () => this.typeFollows(), DEF: () => this.SUBRULE(this.acfType) });
    this.CONSUME(t.Identifier);
  });

  /** `acf_type : base_type | identifier`: the type that the .idl has says nothing more (MIDL "comm_status", "context_handle_serialize") */
  readonly acfType: Rule = this.RULE("acfType", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.baseType) }, { ALT: () => this.CONSUME(t.Identifier) }]);
  });

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** A type before the name of what an ACF is about. */
  private typeFollows(): boolean {
    return tokenMatcher(this.LA(1), t.BaseTypeWord) || tokenMatcher(this.LA(2), t.Identifier);
  }

  private stringFollows(): boolean {
    return this.LA(2).tokenType === t.StringLiteral;
  }

  private parenthesisFollows(): boolean {
    const second = this.LA(2).tokenType;
    return second === t.LeftParenthesis || (this.LA(1).tokenType === t.MidlPragma && second !== EOF);
  }

  private blockFollows(): boolean {
    const third: IToken = this.LA(3);
    const opens = third.tokenType === t.LeftBrace || third.tokenType === t.Colon || third.tokenType === t.Semicolon;
    return opens && tokenMatcher(this.LA(2), t.Identifier);
  }
}
