/** C headers of a compilation (MIDL "/header", "The Header File"): what a manager or a client written in C shares with the stubs. */
import { basename, extname } from "node:path";
import type { Environment, IdlFile, Model } from "../../grammar/index.ts";
import { headerItems } from "./header-items.ts";
import { HeaderWriter } from "./header-writer.ts";
import { ModelNames } from "./model-names.ts";
import { footLines, headLines } from "./preamble.ts";

/** A C header. */
export interface HeaderFile {
  /** File name without a folder. */
  readonly name: string;
  /** Path of the .idl file whose header it is. */
  readonly source: string;
  readonly text: string;
}

/** How headers are made. */
export interface HeaderOptions {
  /** The sizes that the assertions of a header name. */
  readonly environment: Environment;
  /** File name of the header of the main file. */
  readonly name: string;
}

/**
 * The header of the main file, and NAME.h for every .idl file that it imports, since the header includes them. A C header that is
 * imported is included as it is.
 */
export function cHeaders(model: Model, { environment, name }: HeaderOptions): readonly HeaderFile[] {
  const names = new ModelNames(model);
  return model.files
    .filter((file) => file === model.main || hasHeader(file))
    .map((file) => {
      const fileName = file === model.main ? name : headerName(file);
      const writer = new HeaderWriter(file, names, environment);
      for (const item of headerItems(file)) writer.write(item);
      const includes = file.imports.filter(isIncluded).map(headerName);
      const lines = [...headLines(fileName, file.baseName, environment, includes), ...writer.lines, ...footLines()];
      return { name: fileName, source: file.path, text: `${lines.join("\n")}\n` };
    });
}

function headerName(file: IdlFile): string {
  return isC(file) ? basename(file.path) : `${file.baseName}.h`;
}

function isC({ path }: IdlFile): boolean {
  return /^\.h/i.test(extname(path));
}

function hasHeader(file: IdlFile): boolean {
  return !isC(file) && isIncluded(file);
}

/** A definition file that declares nothing, as that of basetsd.h, has nothing that C does not have by itself. */
function isIncluded(file: IdlFile): boolean {
  const { declarations, interfaces, imports, quotations } = file;
  return declarations.length + interfaces.length + imports.length + quotations.length > 0;
}
