/** Comments that document the declaration after them. */
import type { IToken } from "chevrotain";
import type { SourceFile } from "../source.ts";

/** The text of the comments that stand directly before `offset`, a blank line ends them; undefined when there are none. */
export function commentText(file: SourceFile, comments: readonly IToken[], offset: number): string | undefined {
  const texts: string[] = [];
  let next = offset;
  for (let index = comments.length - 1; index >= 0; index--) {
    const comment = comments[index];
    if (comment === undefined) break;
    const end = comment.startOffset + comment.image.length;
    if (lineEnds(file.text.slice(end, next)) > 1) break;
    texts.unshift(withoutSigns(comment.image));
    next = comment.startOffset;
  }
  const text = texts.join("\n").trim();
  return text === "" ? undefined : text;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function withoutSigns(comment: string): string {
  const block = comment.startsWith("/*");
  const inner = block ? comment.replace(/^\/\*+/, "").replace(/\*+\/$/, "") : comment.replace(/^\/\/[/!]?/, "");
  const lines = inner.split(/\r\n|\r|\n/).map((line) => (block ? line.replace(/^\s*\*+ ?/, "") : line).trim());
  return lines
    .filter((line) => !/^[-=+*#_/\\~.]{3,}$/.test(line))
    .join("\n")
    .trim();
}
