/** The command, without its process: arguments and an environment in, an exit status out. */
import { formatPlaceless } from "../diagnostics.ts";
import { diskHost } from "../file-host.ts";
import type { FileHost } from "../../grammar/index.ts";
import { inconsistencies, overridden } from "./consistency.ts";
import { deliver, keepMessages, type OutputPlace } from "./deliver.ts";
import { confirmText, helpText } from "./help.ts";
import { parseArguments, type GivenSwitch } from "./parse-arguments.ts";
import { compileOptions, type Settings } from "./settings.ts";
import { switchTable } from "./switch-table.ts";
import { Messages, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Where the command runs. */
export interface CommandEnvironment extends Terminal, OutputPlace {
  /** Where sources are read; the disk by default. */
  readonly host?: FileHost;
  /** What ends --watch: a signal that is aborted when the user interrupts. */
  readonly interruption?: () => AbortSignal;
}

/** 0: done; 1: errors in the sources, or files that could not be written; 2: a wrong command line. */
export type ExitStatus = 0 | 1 | 2;

/** Runs the command. */
export async function run(commandLine: readonly string[], environment: CommandEnvironment): Promise<ExitStatus> {
  const host = environment.host ?? diskHost(environment.folder);
  const parsed = parseArguments(commandLine, (path) => decode(host.readFile(path)));
  const { settings, given } = parsed;
  if (settings.task === "help" || settings.task === "version") {
    environment.writeOutput(settings.task === "help" ? helpText(switchTable) : `midl-ts ${version()}\n`);
    return 0;
  }
  const wrong = parsed.problems.length > 0 ? parsed.problems : inconsistencies(parsed);
  if (wrong.length > 0) {
    await new Messages(environment, { toFile: false, format: settings.format }).diagnostics(wrong);
    return 2;
  }
  if (settings.task === "confirm") {
    environment.writeOutput(confirmText(given, settings.files));
    return 0;
  }
  const messages = new Messages(environment, { toFile: settings.messageFile !== undefined, format: settings.format });
  if (settings.logo && environment.isTerminal) messages.note(`midl-ts ${version()}`);
  await messages.diagnostics(overridden(parsed));
  if (settings.warningLevel > 0) for (const note of notes(given)) messages.note(note);
  if (settings.task === "watch") {
    const { watchFiles } = await import("./watch-files.ts");
    await watchFiles(settings, messages, { ...environment, host });
    return 0;
  }
  return compileAndWrite(settings, messages, host, environment);
}

async function compileAndWrite(
  settings: Settings,
  messages: Messages,
  host: FileHost,
  environment: CommandEnvironment,
): Promise<ExitStatus> {
  // The parser takes longer to load than the command line to read.
  const { compile } = await import("../compile.ts");
  const { files, messageFile } = settings;
  const result = await compile({
    ...compileOptions(settings, environment.variables["INCLUDE"]),
    host,
    onFile: (path, index) => {
      messages.progress(`[${(index + 1).toString()}/${files.length.toString()}] ${path}`);
    },
  });
  await messages.diagnostics(result.diagnostics);
  const problems = result.errorCount > 0 ? [] : await deliver(result, settings.task === "check", environment);
  messages.endProgress();
  await messages.diagnostics(problems);
  const errorCount = result.errorCount + problems.length;
  if (errorCount > 0) messages.note(summary(errorCount, result.warningCount));
  if (messageFile !== undefined) {
    const problem = await keepMessages(messageFile, messages.kept, environment);
    if (problem !== undefined) {
      environment.writeError(`${messages.kept}${formatPlaceless(problem)}\n`);
      return 1;
    }
  }
  return errorCount === 0 ? 0 : 1;
}

/** The last line of a run that failed. */
function summary(errorCount: number, warningCount: number): string {
  const warnings = warningCount > 0 ? `, ${counted(warningCount, "warning")}` : "";
  return `midl-ts : ${counted(errorCount, "error")}${warnings}; nothing was written`;
}

/** One line for each switch that was accepted without effect. */
function notes(given: readonly GivenSwitch[]): readonly string[] {
  const lines = given.flatMap(({ switch: { effect }, spelled }) =>
    effect.kind === "ignored" ? [`midl-ts : note : ${spelled} has no effect : ${effect.reason}`] : [],
  );
  return [...new Set(lines)];
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count.toString()} ${noun}${count === 1 ? "" : "s"}`;
}

function decode(octets: Uint8Array | undefined): string | undefined {
  return octets === undefined ? undefined : new TextDecoder().decode(octets);
}
