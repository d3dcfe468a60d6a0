// Builds and runs the fuzzer, which measures live heap after collections; arguments go to it (`-- --count 5000000 --seed 1`).
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/tsconfig.programs.json");
run(process.execPath, ["--expose-gc", join(root, "dist/test/fuzz/main.js"), ...process.argv.slice(2)]);
