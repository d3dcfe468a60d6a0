/** The interface definitions of the corpus. */
import { readdirSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import type { FileHost } from "../../grammar/index.ts";

/** An .idl file of the corpus. */
export interface CorpusFile {
  readonly path: string;
  /** Its folder below the folder of the corpus: where its modules go. */
  readonly folder: string;
  /** File name without extension. */
  readonly name: string;
  /** NAME.acf beside it, in any case. */
  readonly acf: string | undefined;
}

/** Every .idl file below a folder, in order of their paths. */
export function corpusFiles(root: string): readonly CorpusFile[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths
    .filter((path) => extname(path).toLowerCase() === ".idl")
    .sort()
    .map((path) => ({
      path,
      folder: join(basename(root), relative(root, dirname(path))),
      name: basename(path, extname(path)),
      acf: paths.find((other) => other.toLowerCase() === path.toLowerCase().replace(/\.idl$/, ".acf")),
    }));
}

/** The same files as an editor of Windows and CP/M's end of file leave them: CRLF, and a Ctrl-Z at the end. */
export function windowsHost(host: FileHost): FileHost {
  return {
    ...host,
    readFile(path) {
      const octets = host.readFile(path);
      if (octets === undefined) return undefined;
      const text = Buffer.from(octets).toString("latin1");
      return Buffer.from(`${text.replace(/\r?\n/g, "\r\n")}\u001a`, "latin1");
    },
  };
}
