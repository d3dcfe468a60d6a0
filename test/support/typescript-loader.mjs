/** Hooks of Node.js with which a worker thread of a test loads the project's sources, as the test itself does. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const runtime = new URL("../../runtime/", import.meta.url);
const ENTRIES = { "@midl-ts/runtime": "index.ts", "@midl-ts/runtime/stub": "stub.ts" };

export function resolve(specifier, context, next) {
  const entry = ENTRIES[specifier];
  return entry === undefined
    ? next(specifier, context)
    : { url: new URL(entry, runtime).href, format: "module", shortCircuit: true };
}

export function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), "utf8"), { compilerOptions: options });
  return { format: "module", source: outputText, shortCircuit: true };
}
