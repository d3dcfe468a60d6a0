/** `#pragma`: once, pack, warning, midl_echo (MIDL "pragma attribute", "midl_pragma warning attribute"). */
import type { Reporter } from "../diagnostics/reporter.ts";
import { warningAction } from "../diagnostics/warning-pragmas.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import { parseStringLiteral } from "../lexer/literals.ts";
import * as types from "../lexer/token-types.ts";
import type { SourceSpan } from "../source.ts";
import type { PackingStack } from "./packing.ts";

/** A line for the generated C header, from `#pragma midl_echo` or a pragma that concerns the C compiler. */
export interface Echo {
  readonly text: string;
  readonly span: SourceSpan;
}

/** What obeying a pragma needs. */
export interface PragmaContext {
  readonly reporter: Reporter;
  readonly packing: PackingStack;
  /** /osf, in the main file. */
  readonly strict: boolean;
  once(): void;
  echo(echo: Echo): void;
}

/** Obeys the tokens after `#pragma`; those that are not MIDL's are handed on to the C compiler (MIDL "pragma attribute"). */
export function obeyPragma(tokens: readonly IdlToken[], context: PragmaContext): void {
  const [name, ...rest] = tokens;
  if (name === undefined) return;
  const { reporter } = context;
  switch (name.image) {
    case "once":
      context.once();
      return;
    case "pack":
      context.packing.obey(rest.slice(1, -1), reporter, name);
      return;
    case "warning":
      if (context.strict) reporter.report("osf-pragma", name.span, { name: name.image });
      obeyWarning(rest, name.span, reporter);
      context.echo(handedOn(name, rest));
      return;
    case "comment":
      if (context.strict) reporter.report("osf-pragma", name.span, { name: name.image });
      context.echo(handedOn(name, rest));
      return;
    case "midl_echo": {
      if (context.strict) reporter.report("osf-midl-echo", name.span);
      const strings = rest.filter((token) => token.tokenType === types.StringLiteral);
      context.echo({ text: strings.map((part) => parseStringLiteral(part.image)).join(""), span: name.span });
      return;
    }
    default:
      if (name.image.startsWith("midl_")) reporter.report("unknown-pragma", name.span, { name: name.image });
      else context.echo(handedOn(name, rest));
  }
}

/** The pragma as it stands in the source, on one line. */
function handedOn(name: IdlToken, rest: readonly IdlToken[]): Echo {
  const { file, start } = name.span;
  const text = file.text.slice(start, (rest.at(-1) ?? name).span.end);
  return { text: `#pragma ${text.replace(/\\?\s+/g, " ")}`, span: name.span };
}

/** `(disable : 2039 2040; enable : 2041)`; what only the C compiler knows (`push`, `once : 4066`) is left to it. */
function obeyWarning(tokens: readonly IdlToken[], span: SourceSpan, reporter: Reporter): void {
  let action: ReturnType<typeof warningAction>;
  for (const token of tokens) {
    if (token.tokenType === types.Identifier) action = warningAction(token.image);
    if (token.tokenType === types.NumberLiteral && action !== undefined)
      reporter.warnings.set(span, action, [Number(token.image)]);
  }
}
