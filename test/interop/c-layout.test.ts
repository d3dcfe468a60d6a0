/** Generated C headers against C compilers: every size and offset that a header asserts is what the compiler lays out. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cHeaders } from "../../generator/header/headers.ts";
import { diskHost } from "../../generator/file-host.ts";
import { analyze, formatDiagnostic, type AnalyzeOptions, type FileHost } from "../../grammar/index.ts";
import { corpusFiles } from "../corpus/sources.ts";
import { framed } from "../documentation-examples/frames.ts";
import { reductions } from "../documentation-examples/reductions/reductions.ts";
import { randomTypes } from "../support/random-types.ts";
import { CORPUS, needs } from "./peers.ts";
import { run } from "./processes.ts";

/** A compiler and its target. */
interface Target {
  readonly name: string;
  readonly environment: "win32" | "win64";
  readonly compiler: readonly [command: string, ...args: string[]];
  readonly extension: "c" | "cpp";
}

// Pragmas are handed on to compilers that know them.
const warnings = ["-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas", "-fsyntax-only"];
const C = ["-std=c11", ...warnings];
const CPP = ["-std=c++17", ...warnings];
// x86 of System V aligns 64-bit integers at 4: a 32-bit target with the alignment of Windows is wasm32.
const TARGETS: readonly Target[] = [
  { name: "x86-64", environment: "win64", compiler: ["clang", ...C], extension: "c" },
  {
    name: "x86-64, 16-bit wchar_t, C++",
    environment: "win64",
    compiler: ["clang", "-fshort-wchar", ...CPP],
    extension: "cpp",
  },
  {
    name: "Windows",
    environment: "win64",
    compiler: ["clang", "--target=x86_64-pc-windows-msvc", "-ffreestanding", ...C],
    extension: "c",
  },
  {
    name: "Windows",
    environment: "win32",
    compiler: ["clang", "--target=i686-pc-windows-msvc", "-ffreestanding", ...C],
    extension: "c",
  },
  { name: "wasm32", environment: "win32", compiler: ["clang", "--target=wasm32", ...C], extension: "c" },
  {
    name: "wasm32, C++",
    environment: "win32",
    compiler: ["clang", "--target=wasm32", "-ffreestanding", ...CPP],
    extension: "cpp",
  },
];

/** Definitions with one of everything. */
const SCENARIOS = fileURLToPath(new URL("../generator/header", import.meta.url));

const PACKINGS = [1, 2, 4, 8, 16] as const;

/** The example of cpp_quote, which includes a header that nobody has. */
const QUOTES_ANOTHER_HEADER = "cpp_quote";

/** What the compilers must see of random types. */
const RANDOM_TYPES = 400;

describe("a C compiler lays out as the header says", () => {
  const disk = diskHost(process.cwd());
  let folder = "";

  beforeEach((context) => {
    needs(context, "clang");
  });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "midl-ts-c-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Writes the headers of a file, and the source that includes them; gives its path and the number of sizes and offsets asserted. */
  function source(
    path: string,
    host: FileHost,
    options: AnalyzeOptions,
    target: Target,
  ): { path: string; asserted: number } {
    const { model, diagnostics } = analyze(path, options, host);
    if (model === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
    const own = mkdtempSync(join(folder, "h-"));
    const files = cHeaders(model, { environment: target.environment, name: "main.h" });
    for (const { name, text } of files) writeFileSync(join(own, name), text);
    const main = join(own, `main.${target.extension}`);
    writeFileSync(main, '#include "main.h"\n#include "main.h"\n');
    const asserted = files.flatMap(({ text }) => text.match(/^MIDL_(?:SIZE|OFFSET)_IS\(/gm) ?? []);
    return { path: main, asserted: asserted.length };
  }

  async function compileAll(target: Target, sources: readonly { readonly path: string }[]): Promise<string> {
    const [command, ...args] = target.compiler;
    const { stdout, stderr } = await run(command, [...args, ...sources.map(({ path }) => path)]);
    return `${stdout}${stderr}`;
  }

  it.for(TARGETS)("$environment on $name: every published interface definition", async (target, context) => {
    needs(context, "corpus");
    const { environment } = target;
    const corpus = [...corpusFiles(dirname(CORPUS)), ...corpusFiles(SCENARIOS)];
    const sources = corpus.map(({ path, acf }) => {
      const includePaths = [dirname(path)];
      const options = { environment, includePaths, acfPath: acf, applicationConfiguration: true };
      return source(path, disk, options, target);
    });
    expect(await compileAll(target, sources)).toBe("");
    expect(corpus.length).toBeGreaterThan(60);
    expect(sources.reduce((sum, { asserted }) => sum + asserted, 0)).toBeGreaterThan(10_000);
  });

  it.for(TARGETS)("$environment on $name: MS-SRVS, MS-SAMR and MS-DTYP under every /Zp", async (target, context) => {
    needs(context, "corpus");
    const { environment } = target;
    const sources = ["ms-srvs", "ms-samr", "ms-dtyp"].flatMap((name) =>
      PACKINGS.map((packing) =>
        source(join(CORPUS, `${name}.idl`), disk, { environment, packing, includePaths: [CORPUS] }, target),
      ),
    );
    expect(await compileAll(target, sources)).toBe("");
  });

  it.for(TARGETS)("$environment on $name: every construct of Microsoft's documentation", async (target) => {
    const sources = Object.entries(reductions).flatMap(([name, { frame, text, given, midl }]) => {
      if (midl !== undefined || name === QUOTES_ANOTHER_HEADER) return [];
      const files: Readonly<Record<string, string>> = framed(frame, text, given);
      const host: FileHost = {
        readFile: (path) => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path])),
        readDirectory: () => Object.keys(files),
      };
      const options = {
        environment: target.environment,
        acfPath: "main.acf" in files ? "main.acf" : undefined,
        applicationConfiguration: frame === "interface with /app_config",
      };
      return [source("main.idl", host, options, target)];
    });
    expect(sources.length).toBeGreaterThan(100);
    expect(await compileAll(target, sources)).toBe("");
  });

  it.for(TARGETS)("$environment on $name: random types under every /Zp", async (target) => {
    const { environment } = target;
    const sources = PACKINGS.map((packing) => {
      const text = randomTypes(packing, RANDOM_TYPES);
      const host = { readFile: () => new TextEncoder().encode(text) };
      return source("random.idl", host, { environment, packing }, target);
    });
    expect(await compileAll(target, sources)).toBe("");
    for (const { asserted } of sources) expect(asserted).toBeGreaterThan(RANDOM_TYPES);
  });

  it("says in words that the target is the wrong one", async () => {
    const host = { readFile: () => new TextEncoder().encode("typedef struct { hyper h; } S;") };
    const [x86] = TARGETS;
    if (x86 === undefined) throw new Error("no target");
    const wide = source("s.idl", host, { environment: "win32" }, { ...x86, environment: "win32" });
    expect(await compileAll(x86, [wide])).toContain(
      "made with /env win32: compile for a 32-bit target, such as clang --target=wasm32",
    );
    const compiler = ["clang", "-m32", "-ffreestanding", ...C] as const;
    const narrow = source("s.idl", host, { environment: "win32" }, { ...x86, environment: "win32" });
    expect(await compileAll({ ...x86, compiler: [...compiler] }, [narrow])).toContain(
      "64-bit integers lie at multiples of 4: compile for a target that aligns them at 8, such as clang --target=wasm32",
    );
  });
});
