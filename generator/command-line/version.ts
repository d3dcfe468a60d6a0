/** The version of this package. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version that the package.json above this module names. */
export function version(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (!existsSync(path)) continue;
    return /"version": "([^"]+)"/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
  }
  return "";
}
