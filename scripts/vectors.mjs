// Octets that other implementations made, decoded to the values that belong to them and encoded again. Arguments: folders of such files
// (test/vectors/README.md); without any, those that lie beside the project, or else the project's own.
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { root, tool } from "./run.mjs";

const shared = join(root, "../shared/vectors");
const given = process.argv.slice(2).map((folder) => resolve(folder));
const folders = given.length > 0 ? given : [existsSync(shared) ? shared : join(root, "test/vectors")];
const missing = folders.filter((folder) => !existsSync(folder));
if (missing.length > 0) {
  console.error(`no such folder: ${missing.join(", ")}`);
  process.exit(1);
}
tool("vitest", ["run", "test/vectors.test.ts", "--reporter=default", "--reporter=./test/vectors/vector-count.ts"], {
  env: { ...process.env, VECTORS: folders.join(delimiter) },
});
