/**
 * `npm run mutate [-- --count N --seed N --folder FOLDER]`: mutants of published interface definitions through the front end. Whatever the
 * text, nothing is thrown, no run takes two seconds, and every error has a place inside a file that was read.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile } from "midl-ts";
import type { FileHost } from "midl-ts";
import { Random } from "../fuzz/mutate.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    folder: { type: "string", default: fileURLToPath(new URL("../../../../shared/corpus/", import.meta.url)) },
  },
});
const { folder } = values;
const count = Number(values.count);
const seed = Number(values.seed);
const LONGEST = 2000;
const PIECES = [
  "[",
  "]",
  "{",
  "}",
  "(",
  ")",
  "*",
  ",",
  ";",
  ":",
  "#",
  '"',
  "'",
  "\\",
  "..",
  "0x",
  "/*",
  "*/",
  "\n",
  "\0",
  "typedef",
  "union",
  "interface",
  "size_is(",
  "#if 1\n",
  "#define f f(f)\n",
  "import",
  "é",
];

if (!existsSync(folder)) {
  console.log(`${folder} is not there: no interface definitions to change`);
  process.exit(process.env["CI"] === undefined ? 0 : 1);
}

const sources = new Map<string, Buffer>();
for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
  if (/\.(idl|acf|h)$/i.test(name)) sources.set(join(folder, name), readFileSync(join(folder, name)));
const interfaces = [...sources.keys()].filter((path) => /\.idl$/i.test(path));
const random = new Random(seed);
const failures: string[] = [];
let slowest = 0;
let withErrors = 0;
const started = performance.now();

let done = 0;
for (; done < count && failures.length < 10; done++) {
  const path = interfaces[random.below(interfaces.length)] ?? "";
  let text = sources.get(path)?.toString("latin1") ?? "";
  for (let changes = 1 + random.below(4); changes > 0; changes--) text = mutate(text);
  await check(path, text);
}

console.log(
  `${interfaces.length} files, ${done} of ${count} mutants in ${((performance.now() - started) / 1000).toFixed(0)} s, seed ${seed}: ${withErrors} with errors, ` +
    `slowest ${slowest.toFixed(0)} ms, ${failures.length} failures`,
);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

async function check(path: string, text: string): Promise<void> {
  const host: FileHost = {
    readFile: (name) => (name === path ? Buffer.from(text, "latin1") : sources.get(name)),
    readDirectory: (name) =>
      [...sources.keys()].filter((each) => dirname(each) === name).map((each) => each.slice(name.length + 1)),
  };
  const start = process.cpuUsage();
  try {
    const { diagnostics, errorCount } = await compile({
      files: [path],
      includePaths: [dirname(path)],
      syntaxCheck: true,
      warningLevel: 4,
      host,
    });
    if (errorCount > 0) withErrors++;
    for (const each of diagnostics) {
      const { span } = each;
      if (
        span !== undefined &&
        span.start >= 0 &&
        span.start <= span.file.text.length &&
        span.end <= span.file.text.length
      )
        continue;
      failures.push(`${path}: no place inside the file for: ${each.text}`);
    }
  } catch (error) {
    failures.push(`${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  // The time of this process alone: what else the machine does is no fault of the compiler.
  const { user, system } = process.cpuUsage(start);
  const elapsed = (user + system) / 1000;
  slowest = Math.max(slowest, elapsed);
  if (elapsed > LONGEST) failures.push(`${path}: took ${elapsed.toFixed(0)} ms`);
}

/** Changes an octet, removes or doubles a piece, puts a token in, swaps two pieces, or cuts the text off. */
function mutate(text: string): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + random.below(24));
  switch (random.below(6)) {
    case 0:
      return text.slice(0, start) + String.fromCharCode(random.below(256)) + text.slice(start + 1);
    case 1:
      return text.slice(0, start) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(start);
    case 3:
      return text.slice(0, start) + (PIECES[random.below(PIECES.length)] ?? "") + text.slice(start);
    case 4: {
      const later = Math.min(text.length, end + random.below(200));
      return text.slice(0, start) + text.slice(end, later) + text.slice(start, end) + text.slice(later);
    }
    default:
      return random.below(4) === 0 ? text.slice(0, start) : text.slice(0, start) + text.slice(start + 1);
  }
}
