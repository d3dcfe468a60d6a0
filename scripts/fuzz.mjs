// Builds and runs the fuzzer; arguments go to it (`-- --count 5000000 --seed 1`).
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/tsconfig.programs.json");
run(process.execPath, [join(root, "dist/test/fuzz/main.js"), ...process.argv.slice(2)]);
