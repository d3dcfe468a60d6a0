import { defineConfig } from "vitest/config";
import unit from "../../vitest.config.ts";

/** Tests against other implementations, one file at a time: they share ports and time. */
export default defineConfig({
  resolve: unit.resolve ?? {},
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/interop/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    reporters: ["verbose", "./test/interop/closing-line.ts"],
  },
});
