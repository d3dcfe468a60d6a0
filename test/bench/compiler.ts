/** What the compiler costs: printed by `npm run bench` after the rest, and appended to its page. */
import { execFileSync, fork } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile, watch } from "midl-ts";
import { repeated } from "./repeated-idl.ts";

const { values } = parseArgs({ options: { json: { type: "string" }, page: { type: "string" } } });
const rows: string[] = [];
const root = fileURLToPath(new URL("../../../", import.meta.url));
const command = join(root, "dist/generator/command-line/main.js");
const definitions = join(root, "../shared/corpus/openspecs");
const hello = `[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5a), version(1.0)]
interface hello { long Say([in, string] const char *text); }
`;

const folder = mkdtempSync(join(tmpdir(), "midl-ts-bench-"));
try {
  console.log("\nThe compiler");
  writeFileSync(join(folder, "hello.idl"), hello);
  print("midl-ts hello.idl, the whole process", await median(7, coldStart), "ms");
  print("a rebuild of hello.idl under --watch, from saving to the result", await rebuild("hello.idl", hello), "ms");
  if (existsSync(definitions)) await published();
  else console.log("  (the published interface definitions are not here)");
  if (values.page !== undefined) appendFileSync(values.page, `\n## The compiler\n\n${table()}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** What needs real interface definitions. */
async function published(): Promise<void> {
  const { milliseconds, megabytes, files } = await allAtOnce();
  print(`${files} published definitions in one process`, milliseconds / 1000, "s");
  print("its peak memory", megabytes, "MB");
  const samr = readFileSync(join(definitions, "ms-samr.idl"), "utf8");
  const imported = readFileSync(join(definitions, "ms-dtyp.idl"), "utf8");
  writeFileSync(join(folder, "ms-dtyp.idl"), imported);
  const copies = (count: number): Promise<number> => timeOf(repeated(samr, imported, count));
  await copies(1);
  const one = await median(3, () => copies(1));
  print("ms-samr.idl, warm", one, "ms");
  for (const count of [2, 4, 8]) {
    const time = await copies(count);
    print(`${count} times ms-samr.idl under new names: ${(time / one).toFixed(1)} times as long`, time, "ms");
  }
  print("a rebuild of ms-samr.idl under --watch", await rebuild("ms-samr.idl", samr), "ms");
}

function coldStart(): Promise<number> {
  const start = performance.now();
  execFileSync(process.execPath, [command, "/nologo", "hello.idl"], { cwd: folder });
  return Promise.resolve(performance.now() - start);
}

interface Everything {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly files: number;
}

/** All definitions, in a process of their own that tells its peak memory. */
function allAtOnce(): Promise<Everything> {
  const names = readdirSync(definitions).filter((name) => name.endsWith(".idl"));
  const files = names.map((name) => join(definitions, name));
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("compile-all.js", import.meta.url)), files);
    child.once("message", (measured: Omit<Everything, "files">) => {
      resolve({ ...measured, files: files.length });
    });
    child.once("exit", (status) => {
      if (status !== 0) reject(new Error("the published definitions do not compile"));
    });
  });
}

async function timeOf(text: string): Promise<number> {
  const path = join(folder, "repeated.idl");
  writeFileSync(path, text);
  const start = performance.now();
  const { errorCount } = await compile({ files: [path] });
  if (errorCount > 0) throw new Error("the repeated definitions do not compile");
  return performance.now() - start;
}

/** Milliseconds from saving a file to the result of its compilation, modules loaded and warm. */
async function rebuild(name: string, text: string): Promise<number> {
  writeFileSync(join(folder, name), text);
  const end = new AbortController();
  let built: () => void = () => undefined;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      built = resolve;
    });
  const first = next();
  const onBuild = (): void => {
    built();
  };
  const watching = watch({ files: [name], folder, onBuild }, end.signal);
  await first;
  let edits = 0;
  const time = await median(9, async () => {
    const result = next();
    const start = performance.now();
    writeFileSync(join(folder, name), `${text}\n// edited ${++edits}\n`);
    await result;
    return performance.now() - start;
  });
  end.abort();
  await watching;
  return time;
}

async function median(times: number, measure: () => Promise<number>): Promise<number> {
  const samples: number[] = [];
  for (let count = 0; count < times; count++) samples.push(await measure());
  return samples.sort((left, right) => left - right)[times >> 1] ?? Number.NaN;
}

function print(name: string, value: number, unit: string): void {
  const text = value.toFixed(unit === "s" ? 1 : 0);
  console.log(`  ${name.padEnd(66)} ${text.padStart(7)} ${unit}`);
  rows.push(`| ${name} | ${text} ${unit} |`);
}

function table(): string {
  return ["| | |", "| --- | ---: |", ...rows, ""].join("\n");
}
