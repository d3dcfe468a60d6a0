/** Compiles IDL with the built compiler and loads the stubs as JavaScript: what runs is what a user's build would run. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile, formatCompileDiagnostic } from "midl-ts";
import ts from "typescript";

/** The project, from dist/test/bench. */
const root = new URL("../../../", import.meta.url);

/**
 * The IDL of a file of vectors.
 *
 * @throws Error when it has none
 */
export function vectorIdl(name: string): string {
  const vectors: unknown = JSON.parse(readFileSync(new URL(`test/vectors/${name}`, root), "utf8"));
  if (typeof vectors === "object" && vectors !== null && "idl" in vectors && typeof vectors.idl === "string")
    return vectors.idl;
  throw new Error(`${name} has no IDL`);
}

/** How stubs are made. */
interface StubOptions {
  readonly acf?: string;
  /** Changes what was generated. */
  readonly rewrite?: (text: string) => string;
}

/** Exports of NAME.ts, NAME_c.ts and NAME_s.ts. */
export async function loadStubs(
  name: string,
  idl: string,
  { acf, rewrite = (text) => text }: StubOptions = {},
): Promise<ReadonlyMap<string, unknown>> {
  const sources = new Map([[`${name}.idl`, idl], ...(acf === undefined ? [] : [[`${name}.acf`, acf] as const])]);
  const host = {
    readFile: (path: string) => {
      const text = sources.get(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    readDirectory: () => [...sources.keys()],
  };
  const { files, diagnostics, errorCount } = await compile({
    files: [`${name}.idl`],
    protocol: "all",
    tolerate: [2040],
    host,
  });
  if (errorCount > 0) throw new Error(diagnostics.map(formatCompileDiagnostic).join("\n"));
  const folder = new URL(`.generated/bench/${name}/`, root);
  mkdirSync(fileURLToPath(folder), { recursive: true });
  const loaded = new Map<string, unknown>();
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  for (const file of files)
    writeFileSync(
      new URL(file.path.replace(/\.ts$/, ".js"), folder),
      ts.transpileModule(rewrite(file.text), { compilerOptions: options }).outputText,
    );
  for (const file of files) {
    const module: unknown = await import(new URL(file.path.replace(/\.ts$/, ".js"), folder).href);
    if (typeof module !== "object" || module === null) continue;
    for (const [key, value] of Object.entries(module)) loaded.set(key, value);
  }
  return loaded;
}
