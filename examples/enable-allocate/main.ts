/** Prints what the operations and their memory come to. */
import { run } from "./demo.ts";

await run(console.log);
