/** Response files: `@file` stands for the arguments in the file (MIDL reference, "The Response File Command"). */
import { generatorDiagnostic, type GeneratorDiagnostic } from "../diagnostics.ts";

/** Reads a file as text; undefined when there is none. */
export type ReadText = (path: string) => string | undefined;

/** The arguments with every `@file` replaced by what the file holds. */
export function expandResponseFiles(
  arguments_: readonly string[],
  readText: ReadText,
  report: (diagnostic: GeneratorDiagnostic) => void,
): readonly string[] {
  return arguments_.flatMap((argument) => {
    if (!argument.startsWith("@")) return [argument];
    const path = argument.slice(1);
    const content = path === "" ? undefined : readText(path);
    if (content === undefined) {
      report(generatorDiagnostic("response-file-not-found", { path }));
      return [];
    }
    return argumentsOf(content, path, report);
  });
}

function argumentsOf(
  content: string,
  path: string,
  report: (diagnostic: GeneratorDiagnostic) => void,
): readonly string[] {
  return content.split(/\r\n?|\n/).flatMap((line, index) => {
    if (/[^\P{Cc}\t]/u.test(line)) {
      report(generatorDiagnostic("response-file-character", { path, line: index + 1 }));
      return [];
    }
    const found = splitLine(line);
    for (const argument of found.filter((each) => each.startsWith("@"))) {
      report(generatorDiagnostic("response-file-nested", { argument, path }));
    }
    return found.filter((each) => !each.startsWith("@"));
  });
}

/** Arguments end at white space outside quotation marks; `\"` is a quotation mark, and `\\` within quotation marks a backslash. */
function splitLine(line: string): readonly string[] {
  const pieces = line.match(/(?:"(?:\\["\\]|[^"])*(?:"|$)|\\"|[^\s"])+/g) ?? [];
  return pieces.map((piece) =>
    piece.replace(/"((?:\\["\\]|[^"])*)(?:"|$)|\\"/g, (whole, quoted?: string) =>
      quoted === undefined ? whole.slice(1) : quoted.replace(/\\(["\\])/g, "$1"),
    ),
  );
}
