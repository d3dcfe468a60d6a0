/** Reading `#define`, /D, and the macros that exist from the start. */
import { Reporter } from "../diagnostics/reporter.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import { tokenize } from "../lexer/lexer.ts";
import * as types from "../lexer/token-types.ts";
import { sourceFile } from "../source.ts";
import type { Macro } from "./macros.ts";

/** The macro that the tokens after `#define` define; undefined after a mistake, which has been reported. */
export function readMacro(tokens: readonly IdlToken[], directive: IdlToken, reporter: Reporter): Macro | undefined {
  const [name, opening] = tokens;
  if (name?.tokenType !== types.Identifier) {
    reporter.report("macro-name-expected", name?.span ?? directive.span, { directive: "define" });
    return undefined;
  }
  if (opening?.tokenType !== types.LeftParenthesis || opening.spaceBefore) {
    return { name: name.image, parameters: undefined, variadic: false, body: tokens.slice(1) };
  }
  const parameters: string[] = [];
  let variadic = false;
  let index = 2;
  for (; index < tokens.length && tokens[index]?.tokenType !== types.RightParenthesis; index++) {
    const token = tokens[index];
    if (token?.tokenType === types.Identifier) parameters.push(token.image);
    if (token?.tokenType === types.Ellipsis) {
      variadic = true;
      parameters.push("__VA_ARGS__");
    }
  }
  if (index >= tokens.length) {
    reporter.report("macro-parameters-not-closed", opening.span, { name: name.image });
    return undefined;
  }
  return { name: name.image, parameters, variadic, body: tokens.slice(index + 1) };
}

/** The macros that exist before the first line: MIDL's own, those of the environment, and /D without /U. */
export function predefinedMacros(
  environment: "win32" | "win64",
  defines: readonly string[],
  undefines: readonly string[],
): Map<string, Macro> {
  const platform = environment === "win64" ? ["_WIN64=1", "_M_AMD64=100", "_M_X64=100"] : ["_M_IX86=600"];
  const texts = ["__midl=801", "_WIN32=1", ...platform, ...defines];
  const macros = new Map<string, Macro>();
  for (const text of texts) {
    const macro = macroOf(text);
    if (macro !== undefined) macros.set(macro.name, macro);
  }
  for (const name of undefines) macros.delete(name);
  return macros;
}

/** `NAME`, `NAME=value` or `NAME(x)=value`, as /D has it. */
function macroOf(define: string): Macro | undefined {
  const text = define.includes("=") ? define.replace("=", " ") : `${define} 1`;
  const reporter = new Reporter();
  const tokens = tokenize(sourceFile("/D", text), reporter);
  const [first] = tokens;
  return first === undefined ? undefined : readMacro(tokens, first, reporter);
}
