/** The command, without its process: arguments and an environment in, an exit status out. */
import type { CompileResult } from "../compile.ts";
import { formatPlaceless, generatorDiagnostic, type GeneratorDiagnostic } from "../diagnostics.ts";
import { diskHost } from "../file-host.ts";
import { OutputError, staleFiles, writeFiles, type OutputFileSystem, type WriteOptions } from "../output.ts";
import type { FileHost } from "../../grammar/index.ts";
import { inconsistencies } from "./consistency.ts";
import { confirmText, helpText } from "./help.ts";
import { parseArguments, type GivenSwitch } from "./parse-arguments.ts";
import { compileOptions, type Settings } from "./settings.ts";
import { switchTable } from "./switch-table.ts";
import { Messages, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Where the command runs. */
export interface CommandEnvironment extends Terminal {
  /** The current folder. */
  readonly folder: string;
  /** Where sources are read; the disk by default. */
  readonly host?: FileHost;
  /** Where generated files are written; the disk by default. */
  readonly fileSystem?: OutputFileSystem;
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
    const messages = new Messages(environment, false);
    for (const each of wrong) messages.print(formatPlaceless(each));
    return 2;
  }
  if (settings.task === "confirm") {
    environment.writeOutput(confirmText(given, settings.files));
    return 0;
  }
  return compileAndWrite(settings, given, host, environment);
}

async function compileAndWrite(
  settings: Settings,
  given: readonly GivenSwitch[],
  host: FileHost,
  environment: CommandEnvironment,
): Promise<ExitStatus> {
  const messages = new Messages(environment, settings.messageFile !== undefined);
  if (settings.logo && environment.isTerminal) messages.print(`midl-ts ${version()}`);
  if (settings.warningLevel > 0) for (const note of notes(given)) messages.print(note);
  // The parser takes longer to load than the command line to read.
  const [{ compile }, { formatCompileDiagnostic }] = await Promise.all([
    import("../compile.ts"),
    import("../format-diagnostic.ts"),
  ]);
  const { files } = settings;
  const result = await compile({
    ...compileOptions(settings, environment.variables["INCLUDE"]),
    host,
    onFile: (path, index) => {
      messages.progress(`[${(index + 1).toString()}/${files.length.toString()}] ${path}`);
    },
  });
  for (const each of result.diagnostics) messages.print(formatCompileDiagnostic(each));
  const problems = result.errorCount > 0 ? [] : await deliver(result, settings, environment);
  messages.endProgress();
  for (const each of problems) messages.print(formatPlaceless(each));
  const errorCount = result.errorCount + problems.length;
  if (errorCount > 0) messages.print(summary(errorCount, result.warningCount));
  const kept = await keepMessages(settings, messages, environment);
  return errorCount === 0 && kept ? 0 : 1;
}

/** The last line of a run that failed. */
function summary(errorCount: number, warningCount: number): string {
  const warnings = warningCount > 0 ? `, ${counted(warningCount, "warning")}` : "";
  return `midl-ts : ${counted(errorCount, "error")}${warnings}; nothing was written`;
}

/** Writes the files, or compares them with those on the disk; gives what went wrong. */
async function deliver(
  result: CompileResult,
  settings: Settings,
  environment: CommandEnvironment,
): Promise<readonly GeneratorDiagnostic[]> {
  const options = writeOptions(environment);
  const written = await settled(async () => {
    if (settings.task === "check") return staleFiles(result.files, options);
    await writeFiles(result.files, options);
    return [];
  });
  if (written instanceof OutputError) return [writeFailed(written)];
  return written.map((path) => generatorDiagnostic("output-stale", { path }));
}

/** Writes what was said to the file of /o. */
async function keepMessages(
  { messageFile }: Settings,
  messages: Messages,
  environment: CommandEnvironment,
): Promise<boolean> {
  if (messageFile === undefined) return true;
  const file = { path: messageFile, text: messages.kept };
  const kept = await settled(() => writeFiles([file], writeOptions(environment)));
  if (!(kept instanceof OutputError)) return true;
  environment.writeError(`${messages.kept}${formatPlaceless(writeFailed(kept))}\n`);
  return false;
}

function writeOptions({ folder, fileSystem }: CommandEnvironment): WriteOptions {
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

/** One line for each switch that was accepted without effect. */
function notes(given: readonly GivenSwitch[]): readonly string[] {
  const lines = given.flatMap(({ switch: { effect }, spelled }) =>
    effect.kind === "ignored" ? [`midl-ts : note : ${spelled} has no effect : ${effect.reason}`] : [],
  );
  return [...new Set(lines)];
}

function counted(count: number, noun: string): string {
  return `${count.toString()} ${noun}${count === 1 ? "" : "s"}`;
}

function decode(octets: Uint8Array | undefined): string | undefined {
  return octets === undefined ? undefined : new TextDecoder().decode(octets);
}
