// Builds and runs the benchmark; arguments go to it (`-- --json FILE`).
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/bench");
run(process.execPath, [join(root, "dist/bench/main.js"), ...process.argv.slice(2)]);
