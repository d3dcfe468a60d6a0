/** An .idl several times over in one file, each time under other names. */

/** What is no name: comments, strings, UUIDs, directives, imports, numbers. */
const PIECES =
  /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\])*"|uuid\s*\([^)]*\)|^\s*#.*|\bimport\b[^;]*;|\b\d\w*|\b[A-Za-z_]\w*/gm;

const WORDS =
  /^(?:typedef|struct|union|enum|interface|const|switch|case|default|void|unsigned|signed|long|short|small|hyper|char|wchar_t|int|float|double|boolean|byte|sizeof|handle_t|error_status_t|__int64|__int3264)$/;

/**
 * The text `count` times. Names that it shares with what it imports, and those of attributes (before a bracket or between brackets),
 * stay as they are.
 */
export function repeated(text: string, imported: string, count: number): string {
  const shared = new Set(imported.match(/\b[A-Za-z_]\w*/g));
  const attributes = new Set(
    [...text.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
      list.split(",").map((each) => /\w*/.exec(each.trim())?.[0] ?? ""),
    ),
  );
  const isName = (word: string): boolean =>
    /^[A-Za-z_]\w*$/.test(word) && !WORDS.test(word) && !shared.has(word) && !attributes.has(word);
  const copies = Array.from({ length: count }, (_, copy) =>
    text.replace(PIECES, (piece) => {
      if (piece.startsWith("uuid")) return piece.replace(/[0-9a-f]{4}(?=-)/i, (1000 + copy).toString());
      if (piece.startsWith("import")) return copy === 0 ? piece : "";
      return isName(piece) && copy > 0 ? `${piece}_${copy.toString()}` : piece;
    }),
  );
  return copies.join("\n");
}
