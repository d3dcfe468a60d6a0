import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const runtime = (file: string): string => fileURLToPath(new URL(`runtime/${file}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@midl-ts\/runtime$/, replacement: runtime("index.ts") },
      { find: /^@midl-ts\/runtime\/stub$/, replacement: runtime("stub.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/interop/**"],
    // A slow machine is no failure: what must be fast is measured by the benchmark.
    // Tests share nothing mutable, so that files can share the loaded modules: a third of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["grammar/**/*.ts", "generator/**/*.ts", "runtime/**/*.ts"],
      exclude: ["runtime/dist/**", "**/*.d.ts"],
      reportOnFailure: true,
      thresholds: { lines: 90 },
    },
  },
});
