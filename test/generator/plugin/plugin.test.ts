import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as esbuild, type BuildOptions } from "esbuild";
import { rollup, type RollupLog } from "rollup";
import { describe, expect, it } from "vitest";
import { build as vite } from "vite";
import { midl } from "../../../generator/plugin/index.ts";
import { inFolder } from "../command-line/scenario.ts";

const sources = {
  "main.js": `import { PhoneClient, phoneServerStub, ENTRY } from "./idl/phone.idl";\nexport { PhoneClient, phoneServerStub, ENTRY };\n`,
  "idl/phone.idl": `import "types.idl";
[uuid(12345678-1234-1234-1234-123456789abc), version(1.0), pointer_default(unique)]
interface phone
{
    typedef struct ENTRY { NUMBER number; struct ENTRY *next; } ENTRY;
    NUMBER Find([in, string] const wchar_t *name, [out] ENTRY **entries);
}
`,
  "sdk/types.idl": `typedef unsigned long NUMBER;\ntypedef struct RANGE { NUMBER first; NUMBER last; } RANGE;\n`,
};
const mistaken = { ...sources, "idl/phone.idl": sources["idl/phone.idl"].replace("NUMBER Find", "UNKNOWN Find") };
const external = ["@midl-ts/runtime/stub"];
const mistake = "error MIDL2011 : unresolved type declaration : UNKNOWN";

describe("the plugin", () => {
  it("makes a module of an .idl file for Rollup, and watches what it read", async () => {
    await inFolder(sources, async (folder) => {
      const plugins = [midl.rollup({ includePaths: [join(folder, "sdk")] })];
      const bundle = await rollup({ input: join(folder, "main.js"), external, plugins });
      const { output } = await bundle.generate({ format: "es" });
      expect(output[0].exports).toEqual(["ENTRY", "PhoneClient", "phoneServerStub"]);
      expect(output[0].code).toContain("class PhoneClient extends ClientStub");
      const watched = bundle.watchFiles
        .filter((path) => path.endsWith(".idl"))
        .map((path) => path.slice(folder.length));
      expect(watched).toEqual(expect.arrayContaining(["/idl/phone.idl", "/sdk/types.idl"]));
    });
  });

  it("tells Rollup file, line and column of a mistake", async () => {
    await inFolder(mistaken, async (folder) => {
      const plugins = [midl.rollup({ includePaths: [join(folder, "sdk")] })];
      const failure = await rejection(rollup({ input: join(folder, "main.js"), external, plugins }));
      expect(failure).toMatchObject({
        plugin: "midl-ts",
        loc: { file: join(folder, "idl/phone.idl"), line: 6, column: 4 },
      });
      expect(failure).toMatchObject({ message: expect.stringContaining(mistake) as unknown });
    });
  });

  it("gives Rollup warnings", async () => {
    const late = "typedef struct A { LATER x; } A;\ntypedef long LATER;\n";
    await inFolder({ "main.js": `export * from "./late.idl";\n`, "late.idl": late }, async (folder) => {
      const warnings: RollupLog[] = [];
      const plugins = [midl.rollup({ warningLevel: 2 })];
      await rollup({ input: join(folder, "main.js"), external, plugins, onwarn: (warning) => warnings.push(warning) });
      expect(warnings.map(({ loc }) => loc)).toEqual([{ file: join(folder, "late.idl"), line: 1, column: 19 }]);
    });
  });

  it("compiles again what has changed, and only that", async () => {
    await inFolder(sources, async (folder) => {
      const plugins = [midl.rollup({ includePaths: [join(folder, "sdk")] })];
      const code = async (): Promise<string> => {
        const bundle = await rollup({ input: join(folder, "main.js"), external, plugins, treeshake: false });
        return (await bundle.generate({ format: "es" })).output[0].code;
      };
      const before = await code();
      expect(await code()).toBe(before);
      writeFileSync(join(folder, "sdk/types.idl"), `typedef short NUMBER;\n`);
      expect(await code()).not.toBe(before);
    });
  });

  it("makes a module of an .idl file for Vite", async () => {
    await inFolder(sources, async (folder) => {
      const result = await vite({
        root: folder,
        configFile: false,
        logLevel: "silent",
        plugins: [midl.vite({ includePaths: [join(folder, "sdk")] })],
        build: {
          write: false,
          minify: false,
          lib: { entry: join(folder, "main.js"), formats: ["es"] },
          rolldownOptions: { external },
        },
      });
      expect(JSON.stringify(result)).toContain('"exports":["ENTRY","PhoneClient","phoneServerStub"]');
    });
  }, 60_000);

  it("makes a module of an .idl file for esbuild", async () => {
    await inFolder(sources, async (folder) => {
      const plugins = [midl.esbuild({ includePaths: [join(folder, "sdk")] })];
      const { outputFiles, errors } = await esbuild({ ...esbuildOptions(folder), external, plugins });
      expect(errors).toEqual([]);
      expect(outputFiles.map(({ text }) => text).join("")).toContain("PhoneClient = class extends ClientStub");
    });
  });

  it("takes an .idl file under any name", async () => {
    const named = { ...sources, "idl/$téléphone 1.v2.idl": sources["idl/phone.idl"] };
    const main = sources["main.js"].replace("phone.idl", "$téléphone 1.v2.idl");
    await inFolder({ ...named, "main.js": main }, async (folder) => {
      const plugins = [midl.esbuild({ includePaths: [join(folder, "sdk")] })];
      const { outputFiles } = await esbuild({ ...esbuildOptions(folder), external, plugins });
      expect(outputFiles.map(({ text }) => text).join("")).toContain("PhoneClient = class extends ClientStub");
    });
  });

  it("tells esbuild file, line and column of a mistake", async () => {
    await inFolder(mistaken, async (folder) => {
      const plugins = [midl.esbuild({ includePaths: [join(folder, "sdk")] })];
      const failure = await rejection(esbuild({ ...esbuildOptions(folder), external, plugins }));
      expect(failure).toMatchObject({ errors: [{ location: { line: 6, column: 4 } }] });
      expect(failure).toMatchObject({ message: expect.stringContaining(mistake) as unknown });
    });
  });
});

function esbuildOptions(folder: string): BuildOptions & { write: false } {
  return {
    entryPoints: [join(folder, "main.js")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  };
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
