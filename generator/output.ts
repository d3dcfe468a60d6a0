/** Writing generated files: all of them or none, and never half of one. */
import * as disk from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { OutputFile } from "./compile.ts";

/** What of the file system writing needs; tests hand in one that fails. */
export type OutputFileSystem = Pick<
  typeof disk,
  "chmod" | "mkdir" | "readFile" | "realpath" | "rename" | "rm" | "stat" | "writeFile"
>;

/** Where files are written; this machine's by default. */
export interface WriteOptions {
  /** Relative paths count from here; the current folder by default. */
  readonly folder?: string;
  readonly fileSystem?: OutputFileSystem;
}

/** Paths, as given. */
export interface WriteResult {
  readonly written: readonly string[];
  /** Files that had this content already; their time of modification is kept. */
  readonly unchanged: readonly string[];
}

/** A file could not be written; every file is as it was before. */
export class OutputError extends Error {
  /** The file that could not be written. */
  readonly path: string;
  /** Why, in words. */
  readonly reason: string;

  constructor(path: string, cause: unknown) {
    const reason = reasonOf(cause);
    super(`${path} : ${reason}`, { cause });
    this.name = "OutputError";
    this.path = path;
    this.reason = reason;
  }
}

/** One file on its way: written beside its target, then renamed to it. */
interface Replacement {
  /** As given. */
  readonly path: string;
  /** The file itself when `path` is a symbolic link. */
  readonly target: string;
  readonly temporary: string;
  readonly text: string;
  /** The content before; undefined when there was no file. */
  readonly before: Buffer | undefined;
  readonly mode: number | undefined;
}

/**
 * Writes files, making folders as needed. Every text is on the disk, beside its target, before the first target is replaced; what was
 * replaced before an error is put back. Files with the same content are left alone. Throws OutputError.
 */
export async function writeFiles(files: readonly OutputFile[], options: WriteOptions = {}): Promise<WriteResult> {
  const { folder = process.cwd(), fileSystem = disk } = options;
  const unchanged: string[] = [];
  const replacements: Replacement[] = [];
  for (const file of files) {
    const replacement = await naming(file.path, () => prepare(file, folder, fileSystem));
    if (replacement === undefined) unchanged.push(file.path);
    else replacements.push(replacement);
  }
  const replaced: Replacement[] = [];
  try {
    for (const each of replacements) await naming(each.path, () => writeTemporary(each, fileSystem));
    for (const each of replacements) {
      await naming(each.path, () => fileSystem.rename(each.temporary, each.target));
      replaced.push(each);
    }
  } catch (error) {
    for (const each of replacements) await fileSystem.rm(each.temporary, { force: true });
    for (const each of replaced) await putBack(each, fileSystem);
    throw error;
  }
  return { written: replacements.map(({ path }) => path), unchanged };
}

/** Finds the files whose content on the disk is another, or that are missing. */
export async function staleFiles(files: readonly OutputFile[], options: WriteOptions = {}): Promise<readonly string[]> {
  const { folder = process.cwd(), fileSystem = disk } = options;
  const stale: string[] = [];
  for (const { path, text } of files) {
    const before = await naming(path, () => ifExists(fileSystem.readFile(resolve(folder, path))));
    if (before?.equals(Buffer.from(text)) !== true) stale.push(path);
  }
  return stale;
}

async function prepare(
  { path, text }: OutputFile,
  folder: string,
  fileSystem: OutputFileSystem,
): Promise<Replacement | undefined> {
  const absolute = resolve(folder, path);
  await makeFolder(dirname(absolute), fileSystem);
  const target = (await ifExists(fileSystem.realpath(absolute))) ?? absolute;
  const before = await ifExists(fileSystem.readFile(target));
  if (before?.equals(Buffer.from(text)) === true) return undefined;
  const mode = before === undefined ? undefined : (await fileSystem.stat(target)).mode;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid.toString()}.tmp`);
  return { path, target, temporary, text, before, mode };
}

/** Makes a folder with those above it. Node's own `recursive` never ends where the system takes no folders, as in /proc. */
async function makeFolder(path: string, fileSystem: OutputFileSystem): Promise<void> {
  if ((await ifExists(fileSystem.stat(path)))?.isDirectory() === true) return;
  if (dirname(path) !== path) await makeFolder(dirname(path), fileSystem);
  try {
    await fileSystem.mkdir(path);
  } catch (error) {
    // Another run may have made it in the meantime.
    if (errorCode(error) !== "EEXIST" || !(await fileSystem.stat(path)).isDirectory()) throw error;
  }
}

async function writeTemporary(replacement: Replacement, fileSystem: OutputFileSystem): Promise<void> {
  await fileSystem.writeFile(replacement.temporary, replacement.text);
  if (replacement.mode !== undefined) await fileSystem.chmod(replacement.temporary, replacement.mode);
}

async function putBack(replacement: Replacement, fileSystem: OutputFileSystem): Promise<void> {
  const { target, temporary, before, mode } = replacement;
  if (before === undefined) return fileSystem.rm(target, { force: true });
  await fileSystem.writeFile(temporary, before);
  if (mode !== undefined) await fileSystem.chmod(temporary, mode);
  await fileSystem.rename(temporary, target);
}

async function naming<Value>(path: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    throw new OutputError(path, error);
  }
}

async function ifExists<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  const known = reasons[code];
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "its folder is a file",
  EISDIR: "there is a folder of that name",
  ENOENT: "the folder cannot be made",
  ENOSPC: "no space left on the disk",
  ENOTDIR: "its folder is a file",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
};
