/** The wasm-manager example with a module that clang compiles now: it does what the one that is checked in does. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runExample } from "../../examples/wasm-manager/example.ts";
import { WASM_MANAGER_LINES } from "../support/wasm-manager-lines.ts";
import { needs } from "./peers.ts";
import { projectFile, run } from "./processes.ts";

/** The compiler that made the module that is checked in: the same one makes the same octets. */
const SAME_COMPILER = "Debian clang version 14.0.6\n";

it("the C manager compiles from its generated header and serves the same", async (context) => {
  needs(context, "clang", "lld");
  const folder = mkdtempSync(join(tmpdir(), "midl-ts-wasm-"));
  try {
    const built = join(folder, "manager.wasm");
    const { status, stdout, stderr } = await run(projectFile("examples/wasm-manager/build.sh"), [built]);
    expect(`${status} ${stdout}${stderr}`).toBe("0 ");
    const lines: string[] = [];
    expect(await runExample(built, (line) => void lines.push(line))).toBe(0);
    expect(lines).toEqual(WASM_MANAGER_LINES);
    const { stdout: version } = await run("clang", ["--version"]);
    if (version.startsWith(SAME_COMPILER))
      expect(readFileSync(built).equals(readFileSync(projectFile("examples/wasm-manager/manager.wasm")))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
