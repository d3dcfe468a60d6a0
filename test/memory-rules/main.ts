/**
 * `npm run test:memory`: runs the tests that bear the number of a memory rule and prints a line a rule; a rule without a test fails.
 * `-- --mutate [M12 ...]` applies to a copy of the project one recorded fault a rule, and expects the tests of that rule to find it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { FAULTS } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { RULES } from "./rules.ts";

/** Milliseconds for the tests of a rule. */
const PATIENCE = 300_000;

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values, positionals } = parseArgs({
  options: { mutate: { type: "boolean", default: false } },
  allowPositionals: true,
});
const folder = mkdtempSync(join(tmpdir(), "midl-ts-memory-"));
try {
  process.exitCode = values.mutate ? mutate() : show();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface TestResult {
  readonly name: string;
  readonly file: string;
  readonly passed: boolean;
}

/** Runs the tests whose names match, in a folder; what was skipped is left out. */
function results(project: string, pattern: string, files: readonly string[]): readonly TestResult[] {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const names = ["run", ...files, "-t", pattern, "--reporter=json", `--outputFile=${report}`];
  const options = { cwd: project, encoding: "utf8", detached: true, timeout: PATIENCE } as const;
  const { stderr, pid, error } = spawnSync(process.execPath, [vitest, ...names], options);
  if (error !== undefined) {
    process.kill(-pid, "SIGKILL"); // the runner's workers, one of which does not come to an end
    throw new Error(`the tests ${pattern} did not end: ${error.message}`);
  }
  let text: string;
  try {
    text = readFileSync(report, "utf8");
  } catch {
    throw new Error(`the test runner wrote no report\n${stderr}`);
  }
  return resultsIn(JSON.parse(text)).map((each) => ({ ...each, file: relative(project, each.file) }));
}

function resultsIn(report: unknown): TestResult[] {
  return list(report, "testResults").flatMap((file) => {
    const path = String(member(file, "name"));
    const tests = list(file, "assertionResults");
    // A file that does not load has no tests, and its rules are not shown.
    if (tests.length === 0 && member(file, "status") === "failed") return [{ name: "", file: path, passed: false }];
    return tests
      .filter((test) => ["passed", "failed"].includes(String(member(test, "status"))))
      .map((test) => ({
        name: String(member(test, "fullName")),
        file: path,
        passed: member(test, "status") === "passed",
      }));
  });
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}

function rulesOf(name: string): readonly string[] {
  return [...new Set([...name.matchAll(/\bM\d+\b/g)].map(([rule]) => rule))];
}

/** A line a rule. */
function show(): number {
  const found = results(root, "\\bM\\d+\\b", []);
  let bad = 0;
  for (const [rule, says] of Object.entries(RULES)) {
    const tests = found.filter(({ name }) => rulesOf(name).includes(rule));
    const failed = tests.filter(({ passed }) => !passed);
    const files = [...new Set(tests.map(({ file }) => basename(file)))].sort();
    const state = tests.length === 0 ? "no test" : failed.length > 0 ? `${failed.length} failed` : "ok";
    if (state !== "ok") bad++;
    console.log(
      `${rule.padEnd(4)} ${state.padEnd(8)} ${String(tests.length).padStart(3)} tests  ${says}  (${files.join(", ")})`,
    );
    for (const { name } of failed) console.log(`     ${name}`);
  }
  const unknown = new Set(found.flatMap(({ name }) => rulesOf(name)).filter((rule) => !(rule in RULES)));
  for (const rule of unknown) console.log(`${rule}: tests name a rule that there is not`);
  const broken = found.filter(({ name, passed }) => name === "" && !passed);
  for (const { file } of broken) console.log(`${file} does not load`);
  console.log(
    `${Object.keys(RULES).length - bad} of ${Object.keys(RULES).length} rules shown by ${found.length} tests`,
  );
  return bad + unknown.size + broken.length === 0 ? 0 : 1;
}

/** A line a fault. */
function mutate(): number {
  const chosen = FAULTS.filter(({ rule }) => positionals.length === 0 || positionals.includes(rule));
  const files = new Map<string, Set<string>>();
  for (const { name, file } of results(root, "\\bM\\d+\\b", []))
    for (const rule of rulesOf(name)) files.set(rule, (files.get(rule) ?? new Set()).add(file));
  const copy = join(folder, "project");
  const left = new Set(["node_modules", "dist", ".git", ".generated", "coverage"]);
  cpSync(root, copy, { recursive: true, filter: (source) => !left.has(basename(source)) });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  let missed = Object.keys(RULES).filter(
    (rule) => positionals.length === 0 && !FAULTS.some((each) => each.rule === rule),
  ).length;
  for (const each of chosen) {
    const found = withFault(copy, each, () => results(copy, `\\b${each.rule}\\b`, [...(files.get(each.rule) ?? [])]));
    const failed = found.filter(({ passed }) => !passed);
    if (failed.length === 0) missed++;
    console.log(
      `${each.rule.padEnd(4)} ${failed.length === 0 ? "MISSED" : "found"}  ${failed.length} of ${found.length} tests failed  ${each.file}`,
    );
  }
  console.log(`${chosen.length - missed} of ${chosen.length} faults found`);
  return missed === 0 ? 0 : 1;
}

function withFault<T>(project: string, { rule, file, find, replace }: Fault, run: () => T): T {
  const path = join(project, file);
  const text = readFileSync(path, "utf8");
  if (text.split(find).length !== 2) throw new Error(`${rule}: what the fault replaces does not stand once in ${file}`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  try {
    return run();
  } finally {
    writeFileSync(path, text);
  }
}
