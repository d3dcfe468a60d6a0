// The unit and end-to-end tests, with coverage where the arguments ask for it.
import { tool } from "./run.mjs";

tool("vitest", ["run", ...process.argv.slice(2)]);
