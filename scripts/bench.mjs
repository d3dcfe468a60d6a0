// Builds and runs the benchmark; arguments go to it (`-- --json FILE`).
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/tsconfig.programs.json");
run(process.execPath, ["--expose-gc", join(root, "dist/test/bench/main.js"), ...process.argv.slice(2)]);
run(process.execPath, [join(root, "dist/test/bench/compiler.js"), ...process.argv.slice(2)]);
