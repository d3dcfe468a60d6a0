#!/usr/bin/env node
/** The command `midl-ts`. */
import { run } from "./run.ts";

process.exitCode = await run(process.argv.slice(2), {
  writeOutput: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  variables: process.env,
  folder: process.cwd(),
  interruption() {
    const interrupted = new AbortController();
    process.once("SIGINT", () => {
      interrupted.abort();
    });
    return interrupted.signal;
  },
});
