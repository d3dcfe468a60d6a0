/** Documented numbers that concern the command line. */
import { generatorDiagnosticTable, type GeneratorDiagnosticEntry } from "../diagnostics.ts";

/** Numbers of the MIDL reference that this command line has no use for, and why. */
const unused: Readonly<Record<number, string>> = {
  1002: "a file that cannot be read is reported as one that cannot be opened, MIDL1001",
  1009: "an argument that is no switch names an input file",
  1013: "a value may follow its switch with a space, a colon or an equals sign; anything else is MIDL1008 or MIDL1012",
  2334: "/O with another letter is an unknown switch, MIDL1008",
  2345: "/lcid has no effect",
  2346: "/lcid has no effect",
  2356: "there is no switch /internal",
  2364: "/env says whose sizes and macros count, and is here to stay",
};

/** What becomes of a number: the messages that have it, or why there are none. */
export interface CommandLineNumber {
  readonly isReported: boolean;
  readonly text: string;
}

/** What becomes of each documented number that concerns the command line. */
export function commandLineNumbers(): ReadonlyMap<number, CommandLineNumber> {
  const found = new Map<number, CommandLineNumber>();
  for (const [number, text] of Object.entries(unused)) found.set(Number(number), { isReported: false, text });
  for (const { midl, message } of Object.values<GeneratorDiagnosticEntry>(generatorDiagnosticTable)) {
    found.set(midl, { isReported: true, text: message });
  }
  return found;
}
