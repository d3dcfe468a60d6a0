// Compiles the fenced examples of the MIDL and RPC documentation and compares what comes of them with the list (`-- FOLDER`).
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build("test/documentation-examples");
run(process.execPath, [join(root, "dist/test/documentation-examples/main.js"), ...process.argv.slice(2)], {
  cwd: process.cwd(),
});
