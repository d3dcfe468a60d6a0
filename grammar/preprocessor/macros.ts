/** Macro definitions, and their expansion on tokens (C90 6.8.3). */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import * as types from "../lexer/token-types.ts";
import type { SourceSpan } from "../source.ts";
import { pasteTokens, stringize, substituteCopy } from "./token-operators.ts";

/** `#define NAME body` or `#define NAME(parameters) body`. */
export interface Macro {
  readonly name: string;
  /** Undefined for an object-like macro. */
  readonly parameters: readonly string[] | undefined;
  /** The last parameter is `...`, named `__VA_ARGS__`. */
  readonly variadic: boolean;
  readonly body: readonly IdlToken[];
}

/** How many tokens macros may produce in one compilation. */
export const expansionLimit = 400_000;
/** How deep macro calls may stand in the arguments of macro calls. */
const nestingLimit = 100;

interface Source {
  readonly tokens: readonly IdlToken[];
  index: number;
  readonly macro: Macro | undefined;
}

/** Expands macros; one for a compilation, since the limit counts all of it. */
export class MacroExpander {
  readonly #macros: ReadonlyMap<string, Macro>;
  readonly #reporter: Reporter;
  readonly #active = new Set<Macro>();
  #produced = 0;
  #depth = 0;

  constructor(macros: ReadonlyMap<string, Macro>, reporter: Reporter) {
    this.#macros = macros;
    this.#reporter = reporter;
  }

  /** The tokens with every macro expanded and without line ends. */
  expand(tokens: readonly IdlToken[]): IdlToken[] {
    const output: IdlToken[] = [];
    const stack: Source[] = [{ tokens, index: 0, macro: undefined }];
    for (let token = this.#next(stack); token !== undefined; token = this.#next(stack)) {
      if (token.tokenType === types.NewLine) continue;
      const macro = token.tokenType === types.Identifier && !token.painted ? this.#macros.get(token.image) : undefined;
      if (macro === undefined) output.push(token);
      else this.#call(macro, token, stack, output);
    }
    return output;
  }

  #next(stack: Source[]): IdlToken | undefined {
    for (let source = stack.at(-1); source !== undefined; source = stack.at(-1)) {
      const token = source.tokens[source.index];
      if (token !== undefined) {
        source.index++;
        return token;
      }
      stack.pop();
      if (source.macro !== undefined) this.#active.delete(source.macro);
    }
    return undefined;
  }

  #call(macro: Macro, name: IdlToken, stack: Source[], output: IdlToken[]): void {
    if (this.#active.has(macro)) {
      name.painted = true;
      output.push(name);
      return;
    }
    let callArguments: IdlToken[][] = [];
    if (macro.parameters !== undefined) {
      if (!followedByParenthesis(stack)) {
        output.push(name);
        return;
      }
      const collected = this.#collectArguments(macro, name, stack);
      if (collected === undefined) return;
      callArguments = collected;
    }
    const tokens = this.#substitute(macro, callArguments, name);
    this.#produced += tokens.length + 1;
    if (this.#produced > expansionLimit || stack.length > expansionLimit) {
      this.#reporter.report("macro-expansion-limit", name.span, { name: macro.name, limit: expansionLimit });
      for (const source of stack) source.index = source.tokens.length;
      return;
    }
    this.#active.add(macro);
    stack.push({ tokens, index: 0, macro });
  }

  /** The arguments between the parentheses; undefined after a mistake, which has been reported. */
  #collectArguments(macro: Macro, name: IdlToken, stack: Source[]): IdlToken[][] | undefined {
    const parameters = macro.parameters ?? [];
    const found: IdlToken[][] = [[]];
    let depth = 0;
    for (let token = this.#next(stack); ; token = this.#next(stack)) {
      if (token === undefined) {
        this.#reporter.report("macro-call-not-closed", name.span, { name: macro.name });
        return undefined;
      }
      if (token.tokenType === types.NewLine) continue;
      if (token.tokenType === types.LeftParenthesis && depth++ === 0) continue;
      if (token.tokenType === types.RightParenthesis && --depth === 0) break;
      const variable = macro.variadic && found.length >= parameters.length;
      if (token.tokenType === types.Comma && depth === 1 && !variable) found.push([]);
      else found.at(-1)?.push(token);
    }
    if (parameters.length === 0 && found.length === 1 && found[0]?.length === 0) return [];
    if (macro.variadic && found.length === parameters.length - 1) found.push([]);
    if (found.length !== parameters.length) {
      const values = { name: macro.name, expected: parameters.length, actual: found.length };
      this.#reporter.report("macro-argument-count", name.span, values);
      return undefined;
    }
    return found;
  }

  #substitute(macro: Macro, callArguments: readonly IdlToken[][], name: IdlToken): IdlToken[] {
    const output: IdlToken[] = [];
    const expanded = new Map<number, IdlToken[]>();
    const parameterOf = (token: IdlToken | undefined): number =>
      token === undefined || macro.parameters === undefined ? -1 : macro.parameters.indexOf(token.image);
    for (let index = 0; index < macro.body.length; index++) {
      const token = macro.body[index];
      if (token === undefined) break;
      const following = macro.body[index + 1];
      if (token.tokenType === types.Hash && macro.parameters !== undefined && parameterOf(following) >= 0) {
        output.push(stringize(callArguments[parameterOf(following)] ?? [], name));
        index++;
      } else if (token.tokenType === types.HashHash && output.length > 0 && following !== undefined) {
        const right = parameterOf(following) >= 0 ? (callArguments[parameterOf(following)] ?? []) : [following];
        pasteTokens(output, right, name);
        index++;
      } else if (parameterOf(token) >= 0) {
        const parameter = parameterOf(token);
        const argument = callArguments[parameter] ?? [];
        const raw = following?.tokenType === types.HashHash;
        const value = raw ? argument : (expanded.get(parameter) ?? this.#expandArgument(argument, name.span));
        if (!raw) expanded.set(parameter, value);
        for (const part of value) output.push(substituteCopy(part, part.span, part === value[0] && token.spaceBefore));
      } else {
        output.push(substituteCopy(token, name.span, token.spaceBefore));
      }
      if (output.length > expansionLimit) break;
    }
    return output;
  }

  #expandArgument(tokens: readonly IdlToken[], span: SourceSpan): IdlToken[] {
    if (this.#depth >= nestingLimit) {
      this.#reporter.report("macro-nesting-limit", span, { limit: nestingLimit });
      return [...tokens];
    }
    this.#depth++;
    const output = this.expand(tokens);
    this.#depth--;
    return output;
  }
}

function followedByParenthesis(stack: readonly Source[]): boolean {
  for (let level = stack.length - 1; level >= 0; level--) {
    const source = stack[level];
    if (source === undefined) break;
    for (let index = source.index; index < source.tokens.length; index++) {
      const token = source.tokens[index];
      if (token !== undefined && token.tokenType !== types.NewLine) return token.tokenType === types.LeftParenthesis;
    }
  }
  return false;
}
