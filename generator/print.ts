/** From statements to text: ts-morph prints a module at once, prettier formats it in pieces. */
import { format } from "prettier";
import { Project, StructureKind } from "ts-morph";
import type { ImportDeclarationStructure } from "ts-morph";
import type { ModuleBuilder } from "./emit/module-builder.ts";

/** Characters that prettier is given at a time: its time grows faster than its input. */
const PIECE = 12_000;

export interface PrintOptions {
  /** Comment at the top of the file. */
  readonly banner: string;
}

/** The text of a module. */
export async function printModule(module: ModuleBuilder, options: PrintOptions): Promise<string> {
  const imports: ImportDeclarationStructure[] = [];
  for (const each of module.imports()) {
    if (each.values.length > 0)
      imports.push({
        kind: StructureKind.ImportDeclaration,
        moduleSpecifier: each.from,
        namedImports: [...each.values],
      });
    if (each.types.length > 0)
      imports.push({
        kind: StructureKind.ImportDeclaration,
        moduleSpecifier: each.from,
        namedImports: [...each.types],
        isTypeOnly: true,
      });
  }
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { usePrefixAndSuffixTextForRename: false },
  });
  const file = project.createSourceFile("module.ts", { statements: [...imports, ...module.statements] });
  const pieces: string[] = [];
  let piece = options.banner;
  for (const statement of file.getStatementsWithComments()) {
    const text = statement.getFullText().trim();
    if (piece !== "" && piece.length + text.length > PIECE) {
      pieces.push(piece);
      piece = "";
    }
    const isImport = text.startsWith("import ");
    piece += (piece === "" ? "" : isImport && piece.trimEnd().endsWith(";") ? "\n" : "\n\n") + text;
  }
  if (piece !== "") pieces.push(piece);
  const formatted: string[] = [];
  for (const each of pieces) formatted.push((await format(each, { parser: "typescript", printWidth: 120 })).trim());
  return `${formatted.join("\n\n")}\n`;
}
