/** --watch: compiles, writes, says so in a line, and waits for changes. */
import type { FileHost } from "../../grammar/index.ts";
import { watch, type WatchBuild } from "../watch/watch.ts";
import { deliver } from "./deliver.ts";
import { counted, type CommandEnvironment } from "./run.ts";
import { compileOptions, type Settings } from "./settings.ts";
import type { Messages } from "./terminal.ts";

/** Watches until the user interrupts. */
export async function watchFiles(
  settings: Settings,
  messages: Messages,
  environment: CommandEnvironment & { readonly host: FileHost },
): Promise<void> {
  const { folder, host, interruption = () => new AbortController().signal } = environment;
  const options = compileOptions(settings, environment.variables["INCLUDE"]);
  const onBuild = async ({ files, result, duration }: WatchBuild): Promise<void> => {
    await messages.diagnostics(result.diagnostics);
    const problems = result.errorCount > 0 ? [] : await deliver(result, false, environment);
    await messages.diagnostics(problems);
    const errorCount = result.errorCount + problems.length;
    if (!environment.isTerminal && errorCount === 0) return;
    const outcome = errorCount > 0 ? counted(errorCount, "error") : counted(result.files.length, "file");
    messages.note(`${time()} ${named(files)} : ${outcome} in ${duration.toFixed(0)} ms`);
  };
  await watch({ ...options, folder, host, onBuild }, interruption());
}

function named(files: readonly string[]): string {
  const [first = "", ...others] = files;
  return others.length === 0 ? first : `${first} and ${others.length.toString()} more`;
}

function time(): string {
  return new Date().toTimeString().slice(0, 8);
}
