/** What becomes of a compilation: its files are written, or compared with those on the disk. */
import type { CompileResult } from "../compile.ts";
import { generatorDiagnostic, type GeneratorDiagnostic } from "../diagnostics.ts";
import { OutputError, staleFiles, writeFiles, type OutputFileSystem, type WriteOptions } from "../output.ts";

/** Where generated files go. */
export interface OutputPlace {
  /** The current folder. */
  readonly folder: string;
  /** The disk by default. */
  readonly fileSystem?: OutputFileSystem;
}

/** Writes the files, or with `check` compares them with those on the disk; gives what went wrong. */
export async function deliver(
  { files }: CompileResult,
  check: boolean,
  place: OutputPlace,
): Promise<readonly GeneratorDiagnostic[]> {
  const options = writeOptions(place);
  const written = await settled(async () => {
    if (check) return staleFiles(files, options);
    await writeFiles(files, options);
    return [];
  });
  if (written instanceof OutputError) return [writeFailed(written)];
  return written.map((path) => generatorDiagnostic("output-stale", { path }));
}

/** Writes what was said to the file of /o; gives what went wrong. */
export async function keepMessages(
  path: string,
  text: string,
  place: OutputPlace,
): Promise<GeneratorDiagnostic | undefined> {
  const kept = await settled(() => writeFiles([{ path, text }], writeOptions(place)));
  return kept instanceof OutputError ? writeFailed(kept) : undefined;
}

function writeOptions({ folder, fileSystem }: OutputPlace): WriteOptions {
  return fileSystem === undefined ? { folder } : { folder, fileSystem };
}

function writeFailed({ path, reason }: OutputError): GeneratorDiagnostic {
  return generatorDiagnostic("write-failed", { path, reason });
}

async function settled<Value>(act: () => Promise<Value>): Promise<Value | OutputError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
}
