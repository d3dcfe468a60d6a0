/** Which warnings the sources turn off and on: `#pragma warning`, `midl_pragma warning` (MIDL "midl_pragma warning attribute"). */
import type { SourceFile, SourceSpan } from "../source.ts";

/** What a pragma does to the warnings that it names; `default` is the same as `enable`. */
export type WarningAction = "disable" | "enable" | "default";

interface WarningEvent {
  readonly start: number;
  readonly action: WarningAction;
  readonly numbers: ReadonlySet<number>;
}

/** The pragmas of a compilation. A pragma holds to the end of its file, and in the files that are read from there. */
export class WarningPragmas {
  readonly #events = new Map<SourceFile, WarningEvent[]>();
  readonly #openedFrom = new Map<SourceFile, SourceSpan>();

  /** Notes that a file is read because of a directive. */
  enter(file: SourceFile, from: SourceSpan): void {
    if (!this.#openedFrom.has(file)) this.#openedFrom.set(file, from);
  }

  /** Notes a pragma. */
  set(span: SourceSpan, action: WarningAction, numbers: readonly number[]): void {
    const events = this.#events.get(span.file) ?? [];
    events.push({ start: span.start, action, numbers: new Set(numbers) });
    this.#events.set(span.file, events);
  }

  /** Whether a warning is off at a place. */
  isDisabled(midl: number, span: SourceSpan): boolean {
    const visited = new Set<SourceFile>();
    for (let place: SourceSpan | undefined = span; place !== undefined && !visited.has(place.file);) {
      const { file, start } = place;
      visited.add(file);
      const last = this.#events.get(file)?.findLast((event) => event.start <= start && event.numbers.has(midl));
      if (last !== undefined) return last.action === "disable";
      place = this.#openedFrom.get(file);
    }
    return false;
  }
}

/** The action that a word names. */
export function warningAction(word: string): WarningAction | undefined {
  return word === "disable" || word === "enable" || word === "default" ? word : undefined;
}
