/** From statements to text: ts-morph prints a module at once, prettier formats it in pieces. */
import { format } from "prettier";
import { Project, StructureKind } from "ts-morph";
import type { ImportDeclarationStructure } from "ts-morph";
import type { ModuleBuilder } from "./emit/module-builder.ts";
import type { FormattedPieces } from "./formatted-pieces.ts";

/** Characters that prettier is given at a time at most, when statements are no longer: its time grows faster than its input. */
const PIECE = 12_000;

/** From this many characters on a piece ends where its last statement says so. */
const ENOUGH = 4_000;

export interface PrintOptions {
  /** Comment at the top of the file. */
  readonly banner: string;
  /** What was formatted before, when much of it will come again. */
  readonly formatted?: FormattedPieces | undefined;
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
  const formatted: string[] = [];
  for (const piece of pieces(
    file.getStatementsWithComments().map((each) => each.getFullText().trim()),
    options.banner,
  )) {
    formatted.push(options.formatted?.get(piece) ?? (await formatPiece(piece, options.formatted)));
  }
  return `${formatted.join("\n\n")}\n`;
}

/** Groups statements. Where a group ends depends on its own statements, so that a change leaves the groups behind it as they were. */
function pieces(statements: readonly string[], banner: string): readonly string[] {
  const found: string[] = [];
  let piece = banner;
  for (const text of statements) {
    if (piece !== "" && piece.length + text.length > PIECE) {
      found.push(piece);
      piece = "";
    }
    const isImport = text.startsWith("import ");
    piece += (piece === "" ? "" : isImport && piece.trimEnd().endsWith(";") ? "\n" : "\n\n") + text;
    if (piece.length >= ENOUGH && !isImport && endsPiece(text)) {
      found.push(piece);
      piece = "";
    }
  }
  return piece === "" ? found : [...found, piece];
}

/** One statement in four, whichever statements are beside it. */
function endsPiece(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < text.length; index += 7) sum = (sum * 31 + text.charCodeAt(index)) | 0;
  return (sum & 3) === 0;
}

async function formatPiece(piece: string, kept: FormattedPieces | undefined): Promise<string> {
  const text = (await format(piece, { parser: "typescript", printWidth: 120 })).trim();
  kept?.keep(piece, text);
  return text;
}
