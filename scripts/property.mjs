// Random interfaces with random values, 10,000 cases: `npm run property [-- COUNT [SEED]]`. Prints how often each construct occurred.
import { tool } from "./run.mjs";

const [count = "10000", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
tool("vitest", ["run", "test/property", "--disable-console-intercept"], {
  env: { ...process.env, PROPERTY_CASES: count, PROPERTY_SEED: seed },
});
