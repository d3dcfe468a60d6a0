/** Token types that the preprocessor and the parser share, and the table of keywords. */
import { createToken, Lexer, type TokenType } from "chevrotain";

/** What may stand between the parentheses of `uuid(...)`: the digits of a UUID lex as numbers and names. */
export const UuidPart = createToken({ name: "UuidPart", pattern: Lexer.NA });
/** A name in the place of an attribute: any identifier, and the keywords that are attributes too. */
export const AttributeName = createToken({ name: "AttributeName", pattern: Lexer.NA });
/** Operators with two operands; their precedence is applied when the AST is built. */
export const BinaryOperatorToken = createToken({ name: "BinaryOperatorToken", pattern: Lexer.NA });
/** Operators before their operand. */
export const PrefixOperatorToken = createToken({ name: "PrefixOperatorToken", pattern: Lexer.NA });
/** `short`, `unsigned`, `hyper` and their like: one or more of them name a base type. */
export const BaseTypeWord = createToken({ name: "BaseTypeWord", pattern: Lexer.NA });
/** `const`, `__stdcall`, `extern` and their like. */
export const Qualifier = createToken({ name: "Qualifier", pattern: Lexer.NA });

export const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /(?:[ \t\f\v\u00a0\ufeff]|\\[ \t]*(?:\r\n|\r|\n))+/,
  start_chars_hint: [" ", "\t", "\f", "\v", "\u00a0", "\ufeff", "\\"],
  group: Lexer.SKIPPED,
});
export const NewLine = createToken({ name: "NewLine", pattern: /\r\n|\r|\n/, line_breaks: true });
export const LineComment = createToken({
  name: "LineComment",
  pattern: /\/\/(?:[^\r\n\\]|\\(?:\r\n|[^]))*/,
  start_chars_hint: ["/"],
  line_breaks: true,
});
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: /\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/,
  start_chars_hint: ["/"],
  line_breaks: true,
});
export const Identifier = createToken({
  name: "Identifier",
  pattern: /[A-Za-z_$][\w$]*/,
  categories: [UuidPart, AttributeName],
});
/** A preprocessing number; what is no number in C (`87E5BFA0` in a UUID) is judged only where a number is needed. */
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  pattern: /(?:\d|\.\d)(?:[eE][+-](?=\d)|[\w$]|\.(?!\.))*/,
  start_chars_hint: [".", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  categories: [UuidPart],
});
export const StringLiteral = createToken({
  name: "StringLiteral",
  pattern: /L?"(?:[^"\\\r\n]|\\(?:\r\n|[^]))*"?/,
  start_chars_hint: ["L", '"'],
  line_breaks: true,
  categories: [UuidPart],
});
export const CharacterLiteral = createToken({
  name: "CharacterLiteral",
  pattern: /L?'(?:[^'\\\r\n]|\\[^\r\n])*'?/,
  start_chars_hint: ["L", "'"],
});
/** Chevrotain chooses token types by the first character; it puts character codes from 256 on into groups of 255. */
const everyFirstCharacter: readonly number[] = [
  ...Array.from({ length: 256 }, (_, code) => code),
  ...Array.from({ length: 257 }, (_, group) => Math.min(0xffff, 256 + group * 255)),
];
/** A character that begins no token. */
export const StrayCharacter = createToken({
  name: "StrayCharacter",
  pattern: /[^]/,
  start_chars_hint: [...everyFirstCharacter],
  line_breaks: true,
});

const punctuators: TokenType[] = [];

function punctuator(name: string, text: string, ...categories: TokenType[]): TokenType {
  const type = createToken({ name, pattern: text, label: `"${text}"`, categories });
  punctuators.push(type);
  return type;
}

export const Ellipsis = punctuator("Ellipsis", "...");
export const DotDot = punctuator("DotDot", "..");
export const HashHash = punctuator("HashHash", "##");
export const Hash = punctuator("Hash", "#");
export const Arrow = punctuator("Arrow", "->");
punctuator("ShiftLeft", "<<", BinaryOperatorToken);
punctuator("ShiftRight", ">>", BinaryOperatorToken);
punctuator("LessOrEqual", "<=", BinaryOperatorToken);
punctuator("GreaterOrEqual", ">=", BinaryOperatorToken);
punctuator("EqualEqual", "==", BinaryOperatorToken);
punctuator("NotEqual", "!=", BinaryOperatorToken);
punctuator("AndAnd", "&&", BinaryOperatorToken);
punctuator("OrOr", "||", BinaryOperatorToken);
punctuator("Less", "<", BinaryOperatorToken);
punctuator("Greater", ">", BinaryOperatorToken);
export const Ampersand = punctuator("Ampersand", "&", BinaryOperatorToken, PrefixOperatorToken);
punctuator("Caret", "^", BinaryOperatorToken);
punctuator("Bar", "|", BinaryOperatorToken);
export const Plus = punctuator("Plus", "+", BinaryOperatorToken, PrefixOperatorToken);
export const Minus = punctuator("Minus", "-", BinaryOperatorToken, PrefixOperatorToken, UuidPart);
export const Asterisk = punctuator("Asterisk", "*", BinaryOperatorToken, PrefixOperatorToken);
punctuator("Slash", "/", BinaryOperatorToken);
punctuator("Percent", "%", BinaryOperatorToken);
export const Tilde = punctuator("Tilde", "~", PrefixOperatorToken);
export const Exclamation = punctuator("Exclamation", "!", PrefixOperatorToken);
export const Equals = punctuator("Equals", "=");
export const Question = punctuator("Question", "?");
export const Colon = punctuator("Colon", ":");
export const Semicolon = punctuator("Semicolon", ";");
export const Comma = punctuator("Comma", ",");
export const Dot = punctuator("Dot", ".");
export const LeftParenthesis = punctuator("LeftParenthesis", "(");
export const RightParenthesis = punctuator("RightParenthesis", ")");
export const LeftBracket = punctuator("LeftBracket", "[");
export const RightBracket = punctuator("RightBracket", "]");
export const LeftBrace = punctuator("LeftBrace", "{");
export const RightBrace = punctuator("RightBrace", "}");

/** What the lexer recognises, in order of preference. */
export const lexicalTokens: readonly TokenType[] = [
  WhiteSpace,
  NewLine,
  LineComment,
  BlockComment,
  StringLiteral,
  CharacterLiteral,
  Identifier,
  NumberLiteral,
  ...punctuators,
  StrayCharacter,
];

const keywordTypes = new Map<string, TokenType>();

/** A word that nobody may use as a name. */
function reserved(words: string, ...categories: TokenType[]): TokenType {
  let last = Identifier;
  for (const word of words.split(" ")) {
    last = createToken({ name: `Keyword_${word}`, pattern: Lexer.NA, label: `"${word}"`, categories });
    keywordTypes.set(word, last);
  }
  return last;
}

/** A word that is a keyword only where the grammar asks for it, and a name elsewhere. */
function contextual(word: string): TokenType {
  return reserved(word, Identifier);
}

reserved("boolean byte char double float hyper int long short signed small unsigned void", BaseTypeWord);
reserved("__int8 __int16 __int32 __int64 _int64 __int3264 __signed", BaseTypeWord);
reserved("const volatile __const __volatile extern static register auto inline __inline __forceinline", Qualifier);
reserved("__stdcall _stdcall __cdecl _cdecl __pascal _pascal __fastcall _fastcall __far _far __near _near", Qualifier);
reserved("__huge __export _export __loadds __saveregs __interrupt __unaligned __w64 __ptr64 __ptr32", Qualifier);
reserved("__restrict __RPC_FAR __RPC_USER __RPC_API __RPC_STUB", Qualifier);

export const Struct = reserved("struct");
export const Union = reserved("union");
export const Enum = reserved("enum");
export const Typedef = reserved("typedef");
export const Switch = reserved("switch");
export const Case = reserved("case", AttributeName);
export const Default = reserved("default", AttributeName);
export const Sizeof = reserved("sizeof");
export const Declspec = reserved("__declspec");
export const Interface = contextual("interface");
export const Import = contextual("import");
export const Importlib = contextual("importlib");
export const CppQuote = contextual("cpp_quote");
export const DeclareGuid = contextual("declare_guid");
export const MidlPragma = contextual("midl_pragma");
export const Library = contextual("library");
export const Coclass = contextual("coclass");
export const Dispinterface = contextual("dispinterface");
export const Module = contextual("module");
export const Pipe = contextual("pipe");
export const SafeArray = contextual("SAFEARRAY");
export const Include = contextual("include");
export const Properties = contextual("properties");
export const Methods = contextual("methods");

/** Keywords by their text, with the token type that the parser sees. */
export const keywords: ReadonlyMap<string, TokenType> = keywordTypes;

/** Everything that the parser's vocabulary consists of. */
export const parserTokens: readonly TokenType[] = [
  UuidPart,
  AttributeName,
  BinaryOperatorToken,
  PrefixOperatorToken,
  BaseTypeWord,
  Qualifier,
  ...lexicalTokens,
  ...keywordTypes.values(),
];
