// Installs the dependencies when they are missing or older than package-lock.json. Uses nothing but Node.js itself.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";

const LOCK = "package-lock.json";
const STAMP = "node_modules/.installed-lock.json";

process.chdir(new URL("..", import.meta.url).pathname);
const isInstalled = existsSync(STAMP) && readFileSync(STAMP, "utf8") === readFileSync(LOCK, "utf8");
if (!isInstalled) {
  console.error("Installing the dependencies (once) ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
  copyFileSync(LOCK, STAMP);
}
