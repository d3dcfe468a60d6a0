/** `npm run corpus [-- FOLDER... --seed NUMBER --rounds NUMBER]`: see README.md. */
import { mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { corpusFiles, type CorpusFile } from "./sources.ts";
import { typeCheck } from "./type-check.ts";
import { work } from "./workers.ts";
import type { Outcome, Task } from "./worker.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const output = join(project, ".generated/corpus");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, rounds: { type: "string", default: "4" } },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : Number(values.seed);
const files = positionals.flatMap((folder) => corpusFiles(resolve(folder)));
const failures: string[] = [];

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const compiled = await timed("compile", () => work(files.map((file): Task => ({ file, output, calls: undefined }))));
collect(compiled);
const complaints = await timed("type-check", () => Promise.resolve(typeCheck(output, project)));
if (complaints !== "") failures.push(`type-check:\n${complaints}`);
const settings = { seed, rounds: Number(values.rounds) };
const compiles = compiled.filter(([, outcome]) => outcome.failures.length === 0).map(([file]) => file);
const called = await timed("calls", () => work(compiles.map((file): Task => ({ file, output, calls: settings }))));
collect(called);

const omitted = compiled.flatMap(([file, outcome]) => (outcome.omitted ?? []).map((text) => `${shown(file)}: ${text}`));
for (const each of omitted) console.log(`left out: ${each}`);
for (const each of failures) console.log(`FAILED: ${each}`);
console.log(`files compiled, as they are and with CRLF and Ctrl-Z: ${compiles.length} of ${files.length}`);
console.log(
  `operations generated: ${sum(called, "generated")} of ${sum(called, "declared")}, ${omitted.length} left out`,
);
console.log(`calls with random values, both ways, NDR and NDR64: ${sum(called, "calls")}, seed ${seed}`);
console.log(`calls around an allocation that failed, on either side: ${sum(called, "exhausted")}`);
const uncalled = sum(called, "uncalled");
if (uncalled > 0) console.log(`operations not called, for only the application knows what it converts: ${uncalled}`);
process.exitCode = failures.length > 0 || files.length === 0 ? 1 : 0;

function collect(outcomes: readonly (readonly [CorpusFile, Outcome])[]): void {
  for (const [file, outcome] of outcomes) failures.push(...outcome.failures.map((text) => `${shown(file)}: ${text}`));
}

function shown({ path }: CorpusFile): string {
  return relative(process.cwd(), path);
}

function sum(
  outcomes: readonly (readonly [CorpusFile, Outcome])[],
  name: "declared" | "generated" | "calls" | "exhausted" | "uncalled",
): number {
  return outcomes.reduce((total, [, outcome]) => total + (outcome[name] ?? 0), 0);
}

async function timed<Value>(what: string, act: () => Promise<Value>): Promise<Value> {
  const start = performance.now();
  const value = await act();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return value;
}
