/** Prints each call with its result, and what the environments hold. */
import { run } from "./demo.ts";

await run(console.log);
