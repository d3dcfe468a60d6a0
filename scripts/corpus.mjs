// Compiles every .idl of some folders, type-checks what is generated and carries random values through it. Arguments: folders, and
// `--seed NUMBER`, `--rounds NUMBER`.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

const given = process.argv.slice(2);
const corpus = join(root, "../shared/corpus");
const namesFolder = given.some((argument, index) => !argument.startsWith("--") && !given[index - 1]?.startsWith("--"));
if (!namesFolder && !existsSync(corpus)) console.log(`skipped: there is no ${corpus}`);
else {
  build("test/corpus");
  const main = join(root, "dist/test/corpus/main.js");
  run(process.execPath, [main, ...given, ...(namesFolder ? [] : [corpus])], { cwd: process.cwd() });
}
