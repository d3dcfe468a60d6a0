/** Reading source files: encodings, the search along include folders, and the record of what was read. */
import { basename, dirname, join } from "node:path";
import { baseDefinition } from "./base-definitions/base-definitions.ts";
import { sourceFile, type SourceFile } from "./source.ts";

/** The file system as the front end needs it; tests and editors hand in their own. */
export interface FileHost {
  /** The octets of a file; undefined when it does not exist or cannot be read. */
  readFile(path: string): Uint8Array | undefined;
  /** The names in a folder, for the search that ignores case; an empty list when there is no such folder. */
  readDirectory?(path: string): readonly string[];
}

/** Reads each file once and remembers what was read. */
export class SourceReader {
  readonly #host: FileHost;
  readonly #includePaths: readonly string[];
  readonly #files = new Map<string, SourceFile | undefined>();
  readonly #baseDefinitions = new Map<string, SourceFile>();

  constructor(host: FileHost, includePaths: readonly string[]) {
    this.#host = host;
    this.#includePaths = includePaths;
  }

  /** Every file that was read, in order of the first reading. */
  get dependencies(): readonly string[] {
    return [...this.#files].filter(([, file]) => file !== undefined).map(([path]) => path);
  }

  /** The file at a path, or undefined. */
  read(path: string): SourceFile | undefined {
    if (this.#files.has(path)) return this.#files.get(path);
    const octets = this.#host.readFile(path);
    const file = octets === undefined ? undefined : sourceFile(path, decodeSource(octets));
    this.#files.set(path, file);
    return file;
  }

  /**
   * The file that `import` or `#include` names: beside the file that names it, then along the include folders; first as spelled,
   * then in any case.
   */
  find(name: string, from: string): SourceFile | undefined {
    const relative = name.replaceAll("\\", "/");
    const folders = relative.startsWith("/") ? [""] : [dirname(from), ...this.#includePaths];
    for (const folder of folders) {
      const file = this.read(folder === "" ? relative : join(folder, relative));
      if (file !== undefined) return file;
    }
    for (const folder of folders) {
      const path = this.#inAnyCase(folder === "" ? relative : join(folder, relative));
      const file = path === undefined ? undefined : this.read(path);
      if (file !== undefined) return file;
    }
    return this.#baseDefinition(relative);
  }

  /** What the SDK provides is found without a path; a file of that name comes first. */
  #baseDefinition(name: string): SourceFile | undefined {
    const known = this.#baseDefinitions.get(name);
    const text = known === undefined ? baseDefinition(name) : undefined;
    if (text === undefined) return known;
    const file = sourceFile(name, text);
    this.#baseDefinitions.set(name, file);
    return file;
  }

  #inAnyCase(path: string): string | undefined {
    const folder = dirname(path);
    const wanted = basename(path).toLowerCase();
    const found = this.#host.readDirectory?.(folder).find((name) => name.toLowerCase() === wanted);
    return found === undefined ? undefined : join(folder, found);
  }
}

/** Text of a source file: UTF-16 with a byte-order mark, UTF-8, else Windows-1252; without the mark and what follows a Ctrl-Z at the end. */
export function decodeSource(octets: Uint8Array): string {
  const text = decode(octets).replace(/^\ufeff/, "");
  return text.replace(/\u001a[\s\0\u001a]*$/, "");
}

function decode(octets: Uint8Array): string {
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder("utf-16le").decode(octets);
  if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder("utf-16be").decode(octets);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder("windows-1252").decode(octets);
  }
}
