// Builds and runs mutants of interface definitions through the front end (`-- --count 100000 --seed 1`).
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/tsconfig.programs.json");
run(process.execPath, [join(root, "dist/test/mutation/main.js"), ...process.argv.slice(2)]);
