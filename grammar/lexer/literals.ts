/** The values of literals. */

/** An integer literal with what its suffix and its size say about its type (C90 6.1.3.2, long is 32 bits). */
export interface IntegerLiteral {
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly signed: boolean;
}

const integerPattern = /^(0[xX][0-9a-fA-F]+|\d+)([uUlL]*|[uU]?[iI](?:8|16|32|64))$/;

/** The integer that a number token spells; undefined when it is not an integer or exceeds 64 bits. */
export function parseIntegerLiteral(image: string): IntegerLiteral | undefined {
  const match = integerPattern.exec(image);
  if (match === null) return undefined;
  const digits = match[1] ?? "";
  const suffix = (match[2] ?? "").toLowerCase();
  const octal = /^0\d+$/.test(digits);
  if (octal && /[89]/.test(digits)) return undefined;
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  if (value >= 1n << 64n) return undefined;
  const unsigned = suffix.includes("u");
  const wide = suffix.includes("ll") || suffix.endsWith("i64");
  const decimal = !octal && !digits.toLowerCase().startsWith("0x");
  if (!wide) {
    if (!unsigned && value < 1n << 31n) return { value, bits: 32, signed: true };
    if (value < 1n << 32n && (unsigned || !decimal || suffix === "l" || suffix === ""))
      return { value, bits: 32, signed: false };
  }
  return { value, bits: 64, signed: !unsigned && value < 1n << 63n };
}

/** The number that a floating literal spells; undefined when it is none. */
export function parseFloatLiteral(image: string): number | undefined {
  if (/^\d+$/.test(image)) return undefined;
  const match = /^((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFlL]?$/.exec(image);
  return match === null ? undefined : Number(match[1]);
}

/** The code of a character literal, `'a'` or `L'\n'`; undefined when it is not one character. */
export function parseCharacterLiteral(image: string): number | undefined {
  const match = /^L?'([^]*)'$/.exec(image);
  const text = match === null ? undefined : unescape(match[1] ?? "");
  return text?.length === 1 ? text.charCodeAt(0) : undefined;
}

/** The text of a string literal, without its quotes and with its escapes replaced. */
export function parseStringLiteral(image: string): string {
  const match = /^L?"([^]*?)"?$/.exec(image);
  return unescape(match?.[1] ?? "");
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function unescape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,4})|([0-7]{1,3})|(\r\n|[^]))/g,
    (_, hex?: string, octal?: string, other?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      if (other === undefined || /^[\r\n]/.test(other)) return "";
      return simpleEscapes[other] ?? other;
    },
  );
}
