/** A process that works on one file of the corpus after the other, as it is told. */
import { callFile, type CalledFile, type CallSettings } from "./calls.ts";
import { compileFile, type CompiledFile } from "./compile-file.ts";
import type { CorpusFile } from "./sources.ts";

/** What a worker is told. */
export interface Task {
  readonly file: CorpusFile;
  /** Folder of the generated modules. */
  readonly output: string;
  /** Compile the file, or, with settings, call its operations. */
  readonly calls: CallSettings | undefined;
}

/** What a worker answers. */
export type Outcome = Partial<CompiledFile & CalledFile> & { readonly failures: readonly string[] };

process.on("message", (task: Task) => {
  void outcomeOf(task).then((outcome) => process.send?.(outcome));
});

async function outcomeOf({ file, output, calls }: Task): Promise<Outcome> {
  try {
    return calls === undefined ? await compileFile(file, output) : await callFile(file, output, calls);
  } catch (error) {
    return { failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}
