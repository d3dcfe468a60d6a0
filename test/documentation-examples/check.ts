/** Compares blocks of pages with what the list says about them. */
import { parseArguments } from "../../generator/command-line/parse-arguments.ts";
import { vocabulary } from "../../grammar/index.ts";
import { argumentsOf, commandLines } from "./command-lines.ts";
import { errorsOf, type ReportedError } from "./compile-sources.ts";
import type { CommandEntry, Entry, ExampleEntry } from "./entry.ts";
import type { FencedBlock } from "./fenced-blocks.ts";
import { framed } from "./frames.ts";
import { placeOf } from "./list.ts";
import type { Reduction } from "./reductions/reduction.ts";
import { reductions } from "./reductions/reductions.ts";

/**
 * What is wrong with the list, seen from one of its entries; undefined when the block does what the entry says. `syntaxCheck`: examples
 * are checked, and no stubs come of them.
 */
export async function failureOf(entry: Entry, block: FencedBlock, syntaxCheck = false): Promise<string | undefined> {
  switch (entry.kind) {
    case "compiles":
    case "mended":
    case "refused":
      return exampleFailure(entry, linesOf(entry, block), syntaxCheck);
    case "command":
      return commandFailure(entry, linesOf(entry, block));
    case "summary":
      return /^Examples?\b/.test(block.heading) ? "a summary below the heading of examples" : undefined;
    case "other":
      return undefined;
  }
}

/** Lines of a block that no entry is about, without those that are empty. */
export function uncoveredLines(block: FencedBlock, entries: readonly Entry[]): readonly number[] {
  const places = entries.map((entry) => placeOf(entry).lines ?? [1, block.lines.length]);
  return block.lines
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text, line }) => text.trim() !== "" && !places.some(([first, last]) => first <= line && line <= last))
    .map(({ line }) => line);
}

function linesOf(entry: Entry, block: FencedBlock): readonly string[] {
  const { lines } = placeOf(entry);
  return lines === undefined ? block.lines : block.lines.slice(lines[0] - 1, lines[1]);
}

async function exampleFailure(
  entry: ExampleEntry,
  lines: readonly string[],
  syntaxCheck: boolean,
): Promise<string | undefined> {
  const printed = lines.join("\n");
  let text = printed;
  for (const { misprint, find, put } of entry.mends) {
    const replaced = text.replaceAll(find, put);
    if (replaced === text) return `${misprint} : ${String(find)} is not there`;
    text = replaced;
  }
  const errors = await compileEntry(entry, text, syntaxCheck);
  if (entry.kind === "refused") {
    if (errors.length === 1 && errors[0]?.midl === entry.midl) return undefined;
    return `not refused with MIDL${(entry.midl ?? 0).toString()} alone:\n${texts(errors)}`;
  }
  if (errors.length > 0) return texts(errors);
  const missing = constructsMissing(text, reductions[entry.reduction]);
  if (missing.length > 0) return `the reduction does without ${missing.join(", ")}`;
  if (entry.kind === "mended" && (await compileEntry(entry, printed, true)).length === 0)
    return "compiles as it is printed";
  return undefined;
}

function compileEntry(entry: ExampleEntry, text: string, syntaxCheck: boolean): Promise<readonly ReportedError[]> {
  const imports = Object.fromEntries(entry.imports.map((name) => [name, ""]));
  return errorsOf({ ...imports, ...framed(entry.frame, text, entry.given) }, entry.frame, syntaxCheck);
}

/** Attributes and directives of an example that its reduction does not have. */
function constructsMissing(example: string, reduction: Reduction | undefined): readonly string[] {
  const sources = reduction === undefined ? {} : framed(reduction.frame, reduction.text, reduction.given);
  const shown = new Set(words(Object.values(sources).join("\n")));
  const { attributes, directives } = vocabulary;
  return [...new Set(words(example))].filter(
    (word) => (attributes.has(word) || directives.has(word)) && !shown.has(word),
  );
}

/** The words of a source, without its comments and strings. */
function words(text: string): readonly string[] {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"/g, " ").match(/[a-z_]\w*/g) ?? [];
}

function texts(errors: readonly ReportedError[]): string {
  return errors.map(({ text }) => text).join("\n");
}

function commandFailure(entry: CommandEntry, lines: readonly string[]): string | undefined {
  const printed = commandLines(lines);
  if (printed.join("\n") !== entry.lines.join("\n")) return `the page has ${printed.join(" and ")}`;
  return usageFailure(entry);
}

/** What is wrong with what an entry says about its command lines. */
export function usageFailure(entry: CommandEntry): string | undefined {
  for (const line of entry.lines) {
    const filled = Object.entries(entry.values).reduce((text, [name, value]) => text.replace(name, value), line);
    const given = argumentsOf(filled);
    const file = given.some((each) => /\.idl$|^filename$/.test(each)) ? [] : ["example.idl"];
    const { problems } = parseArguments([...given, ...file], (path) => (path === "response_file" ? "" : undefined));
    const found = problems.map(({ text }) => text).join("; ");
    const expected = entry.notTaken?.replace("{name}", given[0] ?? "") ?? "";
    if (found !== expected) return `midl ${filled} : ${found === "" ? "no usage error" : found}`;
  }
  return undefined;
}
