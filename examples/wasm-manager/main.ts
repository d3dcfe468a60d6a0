/** Runs the example with the module that is checked in; ends with status 1 when the module's memory leaks. */
import { runExample } from "./example.ts";

// From dist/examples/wasm-manager to the sources.
const path = new URL("../../../examples/wasm-manager/manager.wasm", import.meta.url);
const leaked = await runExample(path, console.log);
console.log(`server  ends with ${leaked} blocks in use`);
process.exitCode = leaked === 0 ? 0 : 1;
