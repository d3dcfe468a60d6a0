/** Prints what the example shows. */
import { demonstrate } from "./demonstration.ts";

const isClean = await demonstrate((line) => {
  console.log(line);
});
process.exitCode = isClean ? 0 : 1;
