/** The order in which a reader of the sources comes upon mistakes. */
import type { SourceSpan } from "../source.ts";

/** What may have a place in a source. */
interface Placed {
  readonly span: SourceSpan | undefined;
}

/**
 * Diagnostics file by file, `files` being their paths in the order of reading, and by place within each file; those of one place stay as
 * they are, and those of no place come last.
 */
export function inSourceOrder<Item extends Placed>(diagnostics: readonly Item[], files: readonly string[]): Item[] {
  const ranks = new Map(files.map((path, index) => [path, index]));
  for (const { span } of diagnostics) {
    if (span !== undefined && !ranks.has(span.file.path)) ranks.set(span.file.path, ranks.size);
  }
  const rank = ({ span }: Placed): number => (span === undefined ? ranks.size : (ranks.get(span.file.path) ?? 0));
  return [...diagnostics].sort(
    (left, right) => rank(left) - rank(right) || (left.span?.start ?? 0) - (right.span?.start ?? 0),
  );
}
