/** From the arguments of a command line to settings. */
import { generatorDiagnostic, type GeneratorDiagnostic } from "../diagnostics.ts";
import { findSwitch, isSwitchName, looksLikeSwitch, nearestSwitch } from "./find-switch.ts";
import { expandResponseFiles, type ReadText } from "./response-file.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { spelling, type Switch } from "./switch.ts";
import { switchTable } from "./switch-table.ts";

/** A command line, understood. */
export interface ParsedArguments {
  readonly settings: Settings;
  /** The switches that were given, with their values, in order: what /confirm shows. */
  readonly given: readonly GivenSwitch[];
  /** What is wrong with the command line. */
  readonly problems: readonly GeneratorDiagnostic[];
}

/** A switch on the command line. */
export interface GivenSwitch {
  readonly switch: Switch;
  /** Its name on the command line, as the table spells it. */
  readonly spelled: string;
  /** Empty when it takes none. */
  readonly value: string;
}

/** Reads a command line. `readText` reads response files and tells whether `/home/x.idl` is a file. */
export function parseArguments(
  commandLine: readonly string[],
  readText: ReadText,
  table: readonly Switch[] = switchTable,
): ParsedArguments {
  const problems: GeneratorDiagnostic[] = [];
  const report = (problem: GeneratorDiagnostic): void => void problems.push(problem);
  const pending = [...expandResponseFiles(commandLine, readText, report)];
  const files: string[] = [];
  const given: GivenSwitch[] = [];
  for (let argument = pending.shift(); argument !== undefined; argument = pending.shift()) {
    if (!looksLikeSwitch(argument) || isFile(argument, readText, table)) {
      files.push(argument);
      continue;
    }
    const match = findSwitch(argument, table);
    if (match !== undefined) {
      const spelled = spelling(match.found, match.name);
      const value = match.value ?? takeValue(match.found, spelled, pending, table, report);
      if (value !== undefined) accept({ switch: match.found, spelled, value }, given, report);
    } else if (isPath(argument)) files.push(argument);
    else {
      const nearest = nearestSwitch(argument, table);
      const suggestion = nearest === undefined ? "" : `; did you mean ${nearest}?`;
      report(generatorDiagnostic("switch-unknown", { argument, suggestion }));
    }
  }
  return { settings: settingsOf(given, files), given, problems };
}

/** A path from the root that is not the name of a switch, and exists. */
function isFile(argument: string, readText: ReadText, table: readonly Switch[]): boolean {
  return argument.startsWith("/") && !isSwitchName(argument, table) && readText(argument) !== undefined;
}

function isPath(argument: string): boolean {
  return /^\/.*[/.]/.test(argument);
}

/** The arguments that belong to a switch; undefined when they are missing, which has been reported. */
function takeValue(
  found: Switch,
  name: string,
  pending: string[],
  table: readonly Switch[],
  report: (problem: GeneratorDiagnostic) => void,
): string | undefined {
  const { parameter } = found;
  if (parameter.kind === "none") return "";
  if (parameter.kind === "pairs") return takePairs(found, name, pending, report);
  const [next] = pending;
  if (next === undefined || isSwitchName(next, table)) {
    report(generatorDiagnostic("switch-argument-missing", { name, expected: expectation(found) }));
    return undefined;
  }
  return pending.shift();
}

function takePairs(
  found: Switch,
  name: string,
  pending: string[],
  report: (problem: GeneratorDiagnostic) => void,
): string | undefined {
  const choices = found.parameter.kind === "pairs" ? found.parameter.choices : [];
  const pairs: string[] = [];
  while (choices.includes(pending[0] ?? "") && pending.length > 1) pairs.push(...pending.splice(0, 2));
  if (pairs.length > 0) return pairs.join(" ");
  report(generatorDiagnostic("switch-argument-missing", { name, expected: expectation(found) }));
  return undefined;
}

function accept(one: GivenSwitch, given: GivenSwitch[], report: (problem: GeneratorDiagnostic) => void): void {
  const { parameter, effect } = one.switch;
  const name = one.spelled;
  if (effect.kind === "refused") {
    const code = effect.obsolete ? "switch-not-supported" : "switch-not-implemented";
    report(generatorDiagnostic(code, { name, reason: effect.reason }));
    return;
  }
  let { value } = one;
  if (parameter.kind === "choice") {
    const chosen = parameter.choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    if (chosen === undefined) {
      const expected = `expected ${expectation(one.switch)}`;
      report(generatorDiagnostic("switch-argument-illegal", { name, argument: value, expected }));
      return;
    }
    value = chosen;
  }
  const earlier = given.find((each) => each.switch === one.switch && each.value !== value);
  if (earlier !== undefined && !isRepeatable(one.switch) && !overrides(earlier.value, value, one.switch)) {
    report(generatorDiagnostic("switch-repeated", { name, values: `${earlier.value} and ${value}` }));
    return;
  }
  given.push({ ...one, value });
}

/** /W0 goes with any other /W, which it overrides. */
function overrides(first: string, second: string, { name }: Switch): boolean {
  return name === "W" && (first === "0" || second === "0");
}

function isRepeatable({ parameter, effect }: Switch): boolean {
  if (effect.kind === "ignored") return true;
  return (parameter.kind === "text" || parameter.kind === "choice") && parameter.repeatable === true;
}

/** What a switch takes, as /help and messages say it. */
export function expectation({ parameter }: Switch): string {
  switch (parameter.kind) {
    case "none":
      return "";
    case "choice":
      return parameter.choices.join("|");
    case "text":
      return parameter.placeholder;
    case "pairs":
      return `${parameter.choices.join("|")} ${parameter.placeholder}`;
  }
}

function settingsOf(given: readonly GivenSwitch[], files: readonly string[]): Settings {
  let settings: Settings = { ...defaultSettings, files };
  for (const { switch: one, value } of given) {
    if (one.effect.kind === "option") settings = { ...settings, ...one.effect.set(value, settings) };
  }
  return settings;
}
