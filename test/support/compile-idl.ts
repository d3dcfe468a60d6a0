/** Compiles IDL for a test and loads what comes out, through the test runner's own TypeScript loader. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "../../generator/generate.ts";
import type { GenerateOptions } from "../../generator/generate.ts";
import { analyze, formatDiagnostic } from "../../grammar/index.ts";
import type { AnalyzeOptions, Model } from "../../grammar/index.ts";

/** Where generated modules go: inside the project, so that the loader sees them. */
const GENERATED = fileURLToPath(new URL("../../.generated/", import.meta.url));

/** A compiled .idl: its model, and its modules as loaded. */
export interface Compiled {
  readonly model: Model;
  /** Exports of NAME.ts, NAME_c.ts and NAME_s.ts together. */
  readonly exports: ReadonlyMap<string, unknown>;
  /** Texts by file name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly omitted: readonly string[];
}

export interface CompileOptions extends AnalyzeOptions, Partial<GenerateOptions> {
  readonly acf?: string | undefined;
  /** Further files by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Compiles IDL text.
 *
 * @throws Error with every diagnostic when the IDL has errors
 */
export function compileIdl(name: string, idl: string, options: CompileOptions = {}): Promise<Compiled> {
  const key = JSON.stringify([name, idl, options]);
  let compiled = cache.get(key);
  if (compiled === undefined) cache.set(key, (compiled = compile(name, idl, options)));
  return compiled;
}

const cache = new Map<string, Promise<Compiled>>();

async function compile(name: string, idl: string, options: CompileOptions): Promise<Compiled> {
  const { texts, model, omitted } = await generateIdl(name, idl, options);
  const folder = join(
    GENERATED,
    createHash("sha256")
      .update(JSON.stringify([...texts]))
      .digest("hex")
      .slice(0, 16),
  );
  mkdirSync(folder, { recursive: true });
  const loaded = new Map<string, unknown>();
  for (const [file, text] of texts) {
    const path = join(folder, file);
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  }
  for (const file of texts.keys()) {
    const module: unknown = await import(join(folder, file));
    if (typeof module === "object" && module !== null)
      for (const [key, value] of Object.entries(module)) loaded.set(key, value);
  }
  return { model, exports: loaded, texts, omitted };
}

/** The same without loading. */
export async function generateIdl(
  name: string,
  idl: string,
  options: CompileOptions = {},
): Promise<Omit<Compiled, "exports">> {
  const files = new Map(Object.entries({ [`${name}.idl`]: idl, ...options.files }));
  if (options.acf !== undefined) files.set(`${name}.acf`, options.acf);
  const host = {
    readFile: (path: string) => {
      const text = files.get(path.replace(/^\.\//, ""));
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    readDirectory: () => [...files.keys()],
  };
  const { model, diagnostics } = analyze(
    `${name}.idl`,
    { ...options, acfPath: options.acf === undefined ? undefined : `${name}.acf` },
    host,
  );
  if (model === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  const generated = await generate(model, {
    environment: options.environment ?? "win64",
    transferSyntaxes: options.transferSyntaxes ?? ["ndr", "ndr64"],
    importExtension: ".ts",
    osf: options.osf ?? options.mode === "osf",
    rpcss: options.rpcss,
    disableConsistencyCheck: options.disableConsistencyCheck,
    client: options.client ?? true,
    server: options.server ?? true,
  });
  return {
    model,
    texts: new Map(generated.files.map((file) => [file.name, file.text])),
    omitted: generated.omitted.map((each) => `${each.operation.name}: ${each.reason}`),
  };
}
