// What the other scripts share: run a command, and stop when it fails.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the project's root with its output shown; ends the process when it fails. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(signal === null ? (status ?? 1) : 1);
}

/** Runs a program of node_modules/.bin with this Node.js. */
export function tool(name, args, options = {}) {
  const path = {
    tsc: "typescript/bin/tsc",
    vitest: "vitest/vitest.mjs",
    prettier: "prettier/bin/prettier.cjs",
    eslint: "eslint/bin/eslint.js",
  }[name];
  run(process.execPath, [fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url)), ...args], options);
}

/** Builds the compiler and the runtime. */
export function build(...projects) {
  tool("tsc", ["-b", ...projects]);
}
