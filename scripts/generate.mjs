// Generates the stubs of the examples again: what is committed must not differ (`git diff --exit-code`).
import { build, root, run } from "./run.mjs";
import { join } from "node:path";
import { examples } from "./examples.mjs";

build("generator");
const wanted = process.argv.slice(2);
for (const { name, args, missing } of examples) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (missing !== undefined) {
    console.log(`examples/${name}: not generated again, ${missing}`);
    continue;
  }
  run(process.execPath, [join(root, "dist/generator/command-line/main.js"), "-nologo", ...args]);
}
