/** Compiles the files that its arguments name, in this process, and tells how long it took and how much memory. */
import { compile } from "midl-ts";

const start = performance.now();
const { errorCount } = await compile({ files: process.argv.slice(2), protocol: "all" });
const milliseconds = performance.now() - start;
process.send?.({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 });
process.exitCode = errorCount > 0 ? 1 : 0;
process.disconnect();
