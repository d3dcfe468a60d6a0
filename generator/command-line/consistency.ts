/** Which switches do not go together. */
import { basename } from "node:path";
import { generatorDiagnostic, type GeneratorDiagnostic } from "../diagnostics.ts";
import { spelling } from "./switch.ts";
import type { ParsedArguments } from "./parse-arguments.ts";

/** Pairs of switches of which each excludes the other (MIDL reference, "/app_config", "/osf", MIDL2338). */
const contradictions = [
  ["osf", "ms_ext"],
  ["osf", "c_ext"],
  ["osf", "app_config"],
  ["osf", "protocol"],
  ["win32", "win64"],
  ["check", "watch"],
  ["o", "watch"],
] as const;

/** What a command line says to no effect, because something else on it overrides that (MIDL reference, MIDL1015). */
export function overridden({ given }: ParsedArguments): readonly GeneratorDiagnostic[] {
  const none = given.find((each) => each.switch.name === "no_warn" || (each.switch.name === "W" && each.value === "0"));
  const level = given.find((each) => each.switch.name === "W" && each.value !== "0");
  if (none === undefined || level === undefined) return [];
  const [first, second] = [none, level].map(({ spelled, value }) => `${spelled}${value}`);
  return [generatorDiagnostic("warnings-overridden", { first: first ?? "", second: second ?? "" })];
}

/** What is wrong with a command line as a whole. */
export function inconsistencies({ settings, given }: ParsedArguments): readonly GeneratorDiagnostic[] {
  const problems: GeneratorDiagnostic[] = [];
  const spelled = new Map(given.map((each) => [each.switch.name, spelling(each.switch)]));
  for (const [one, other] of contradictions) {
    const [first, second] = [spelled.get(one), spelled.get(other)];
    if (first === undefined || second === undefined) continue;
    problems.push(generatorDiagnostic("switches-contradict", { first, second }));
  }
  const mismatch = (switches: string, reason: string): void =>
    void problems.push(generatorDiagnostic("switch-mismatch", { switches, reason }));
  if (settings.environment === "win32" && settings.protocol === "ndr64") {
    mismatch("/env win32 /protocol ndr64", "NDR64 needs a 64-bit environment");
  }
  const { acf, clientStubName, serverStubName, headerName, files } = settings;
  const named = { "/acf": acf, "/cstub": clientStubName, "/sstub": serverStubName, "/header": headerName };
  for (const [name, file] of Object.entries(named)) {
    if (file === undefined) continue;
    if (files.length > 1) mismatch(name, `it names one file, and there are ${files.length.toString()} input files`);
    if ((name === "/cstub" || name === "/sstub") && basename(file) !== file) {
      mismatch(`${name} ${file}`, "stubs lie beside the types that they import; give the folder with /out");
    }
  }
  if (files.length === 0) problems.push(generatorDiagnostic("no-input-file", {}));
  return problems;
}
