/** Source texts and positions in them. */

/** A file that was read, or a piece of text that stands for one. */
export interface SourceFile {
  /** Path as it appears in diagnostics. */
  readonly path: string;
  readonly text: string;
  /** Offset of the first character of each line; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
  /** What #line says, in order; the preprocessor adds to it. */
  readonly lineMarks: LineMark[];
}

/** From `offset` on, lines count from `line` in the file at `path`. */
export interface LineMark {
  readonly offset: number;
  readonly line: number;
  readonly path: string;
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
  return { path, text, lineStarts, lineMarks: [] };
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

/** The file and line that messages name: what #line says, or else where the text really stands. */
export function presumedPosition(
  file: SourceFile,
  offset: number,
): { readonly path: string; readonly line: number; readonly column: number } {
  const { line, column } = positionAt(file, offset);
  const mark = file.lineMarks.findLast((each) => each.offset <= offset);
  if (mark === undefined) return { path: file.path, line, column };
  return { path: mark.path, line: mark.line + line - positionAt(file, mark.offset).line, column };
}
