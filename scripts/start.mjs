// Compiles the phone book, serves it, calls it from another process, and shows what happened to memory.
import { build, root, run } from "./run.mjs";
import { join } from "node:path";

run(process.execPath, [join(root, "scripts/generate.mjs"), "phonebook"]);
build("examples");
run(process.execPath, [join(root, "dist/examples/phonebook/main.js")]);
