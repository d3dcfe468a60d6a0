// The tests of the memory rules, a line a rule; with `-- --mutate`, whether they find a fault that breaks it.
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/tsconfig.programs.json");
run(process.execPath, [join(root, "dist/test/memory-rules/main.js"), ...process.argv.slice(2)]);
