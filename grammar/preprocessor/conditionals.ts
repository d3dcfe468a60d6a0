/** The nesting of `#if`, `#ifdef`, `#ifndef`, `#elif`, `#else` and `#endif` in one file. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import { evaluateCondition } from "./condition.ts";

interface Group {
  readonly opening: IdlToken;
  readonly enclosingActive: boolean;
  active: boolean;
  taken: boolean;
  elseSeen: boolean;
}

/** Which lines of a file are read. */
export class Conditionals {
  readonly #reporter: Reporter;
  readonly #groups: Group[] = [];

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** Whether the current line is read. */
  get active(): boolean {
    return this.#groups.at(-1)?.active ?? true;
  }

  /** `#if` and `#elif`; the condition is expanded only when it decides something. */
  conditional(directive: IdlToken, expand: () => IdlToken[]): void {
    if (directive.image === "if") {
      this.#open(directive, this.active && evaluateCondition(expand(), directive.span, this.#reporter));
      return;
    }
    const group = this.#continued(directive);
    if (group === undefined) return;
    const undecided = group.enclosingActive && !group.taken;
    group.active = undecided && evaluateCondition(expand(), directive.span, this.#reporter);
    group.taken ||= group.active;
  }

  /** `#ifdef` and `#ifndef`. */
  defined(directive: IdlToken, name: IdlToken | undefined, holds: boolean): void {
    if (name === undefined && this.active) {
      this.#reporter.report("macro-name-expected", directive.span, { directive: directive.image });
    }
    this.#open(directive, holds);
  }

  /** `#else`. */
  otherwise(directive: IdlToken): void {
    const group = this.#continued(directive);
    if (group === undefined) return;
    group.elseSeen = true;
    group.active = group.enclosingActive && !group.taken;
    group.taken = true;
  }

  /** `#endif`. */
  endIf(directive: IdlToken): void {
    if (this.#groups.pop() === undefined) this.#unexpected(directive);
  }

  /** The end of the file: every group must be closed. */
  end(): void {
    for (const group of this.#groups) {
      this.#reporter.report("conditional-not-closed", group.opening.span, { directive: group.opening.image });
    }
  }

  #open(opening: IdlToken, holds: boolean): void {
    const enclosingActive = this.active;
    const active = enclosingActive && holds;
    this.#groups.push({ opening, enclosingActive, active, taken: active, elseSeen: false });
  }

  #continued(directive: IdlToken): Group | undefined {
    const group = this.#groups.at(-1);
    if (group !== undefined && !group.elseSeen) return group;
    this.#unexpected(directive);
    return undefined;
  }

  #unexpected(directive: IdlToken): void {
    this.#reporter.report("conditional-without-if", directive.span, { directive: directive.image });
  }
}
