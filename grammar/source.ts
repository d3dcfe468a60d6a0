/** Source texts and positions in them. */

/** A file that was read, or a piece of text that stands for one. */
export interface SourceFile {
  /** Path as it appears in diagnostics. */
  readonly path: string;
  readonly text: string;
  /** Offset of the first character of each line; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
}

/** A piece of a source file: `start` inclusive, `end` exclusive, in UTF-16 code units. */
export interface SourceSpan {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both counted from 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Makes a source file; a line ends with LF, CRLF or a lone CR. */
export function sourceFile(path: string, text: string): SourceFile {
  const lineStarts = [0];
  for (const lineEnd of text.matchAll(/\r\n?|\n/g)) lineStarts.push(lineEnd.index + lineEnd[0].length);
  return { path, text, lineStarts };
}

/** The position of an offset: binary search over the line starts. */
export function positionAt(file: SourceFile, offset: number): SourcePosition {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1 };
}
