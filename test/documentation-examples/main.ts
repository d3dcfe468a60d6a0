/** `npm run documentation-examples -- FOLDER`: see README.md. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { failureOf, uncoveredLines } from "./check.ts";
import type { Entry } from "./entry.ts";
import { fencedBlocks, folders, type FencedBlock } from "./fenced-blocks.ts";
import { entries, placeOf } from "./list.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined || folders.some((name) => !existsSync(join(folder, name)))) {
  console.error(
    "usage: npm run documentation-examples -- FOLDER, where FOLDER has the folders Midl and Rpc of the pages",
  );
  process.exit(2);
}

const blocks = new Map(fencedBlocks(folder).map((block) => [block.id, block]));
const failures = [...blocks.values()].flatMap(incompleteness);
const tally = new Map<string, { agreeing: number; all: number }>();
for (const entry of entries) await check(entry, blocks.get(placeOf(entry).block));

console.log(`${blocks.size.toString()} fenced blocks, ${entries.length.toString()} entries`);
for (const [kind, { agreeing, all }] of tally) console.log(`${kind}: ${agreeing.toString()} of ${all.toString()}`);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

function incompleteness(block: FencedBlock): readonly string[] {
  const own = entries.filter((entry) => placeOf(entry).block === block.id);
  if (own.length === 0) return [`${block.id}: not listed`];
  const lines = uncoveredLines(block, own);
  return lines.length === 0 ? [] : [`${block.id}: lines ${lines.join(", ")} are not listed`];
}

async function check(entry: Entry, block: FencedBlock | undefined): Promise<void> {
  const counts = tally.get(entry.kind) ?? { agreeing: 0, all: 0 };
  const failure = block === undefined ? "no page has this block" : await failureOf(entry, block);
  if (failure !== undefined) failures.push(`${entry.id}: ${entry.kind}: ${failure}`);
  tally.set(entry.kind, { agreeing: counts.agreeing + (failure === undefined ? 1 : 0), all: counts.all + 1 });
}
