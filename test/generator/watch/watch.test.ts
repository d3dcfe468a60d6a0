import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { watch, type WatchBuild } from "../../../generator/index.ts";
import { inFolder } from "../command-line/scenario.ts";

const good = "typedef long NUMBER;\n";
const other = "typedef short NUMBER;\n";
const importing = `import "types.idl";\ntypedef NUMBER AGE;\n`;
const interfaceText = `[uuid(12345678-1234-1234-1234-123456789abc), version(1.0)]\ninterface one { void A(); }\n`;

describe("watching", () => {
  it("compiles all files first, then what a change touches", async () => {
    await watched({ "a.idl": good, "b.idl": good }, ["a.idl", "b.idl"], async (folder, next) => {
      expect((await next()).files).toEqual(["a.idl", "b.idl"]);
      writeFileSync(join(folder, "b.idl"), other);
      const build = await next();
      expect(build.files).toEqual(["b.idl"]);
      expect(build.result.files.map(({ path }) => path)).toEqual(["b.ts"]);
    });
  });

  it("follows imports and includes", async () => {
    const sources = { "a.idl": importing, "b.idl": good, "types.idl": `#include "size.h"\n`, "size.h": good };
    await watched(sources, ["a.idl", "b.idl"], async (folder, next) => {
      await next();
      writeFileSync(join(folder, "size.h"), other);
      expect((await next()).files).toEqual(["a.idl"]);
    });
  });

  it("sees an ACF and an import that were not there before", async () => {
    await watched({ "a.idl": importing, "one.idl": interfaceText }, ["a.idl", "one.idl"], async (folder, next) => {
      expect((await next()).result.errorCount).toBeGreaterThan(0);
      writeFileSync(join(folder, "types.idl"), good);
      expect(await next()).toMatchObject({ files: ["a.idl"], result: { errorCount: 0 } });
      writeFileSync(join(folder, "one.acf"), "interface one { }\n");
      expect(await next()).toMatchObject({ files: ["one.idl"], result: { dependencies: ["one.idl", "one.acf"] } });
    });
  });

  it("survives editors that save by renaming, and files that go and come", async () => {
    await watched({ "a.idl": good }, ["a.idl"], async (folder, next) => {
      await next();
      writeFileSync(join(folder, "a.idl~"), other);
      renameSync(join(folder, "a.idl~"), join(folder, "a.idl"));
      expect((await next()).result.errorCount).toBe(0);
      rmSync(join(folder, "a.idl"));
      expect((await next()).result.errorCount).toBe(1);
      writeFileSync(join(folder, "a.idl"), good);
      expect((await next()).result.errorCount).toBe(0);
    });
  });

  it("takes a burst of changes as one, and what changes nothing as none", async () => {
    await watched({ "a.idl": good, "b.idl": good }, ["a.idl", "b.idl"], async (folder, next) => {
      await next();
      writeFileSync(join(folder, "a.idl"), good);
      writeFileSync(join(folder, "unrelated.txt"), "");
      for (let count = 0; count < 5; count++) writeFileSync(join(folder, "a.idl"), `${other}// ${count.toString()}\n`);
      writeFileSync(join(folder, "b.idl"), other);
      expect((await next()).files).toEqual(["a.idl", "b.idl"]);
    });
  });

  it("looks along the include folders", async () => {
    await watched({ "a.idl": importing, "sdk/types.idl": good }, ["a.idl"], async (folder, next) => {
      await next();
      mkdirSync(join(folder, "sdk/more"), { recursive: true });
      writeFileSync(join(folder, "sdk/types.idl"), other);
      expect((await next()).files).toEqual(["a.idl"]);
    });
  });

  it("ends with what onBuild throws", async () => {
    await inFolder({ "a.idl": good }, async (folder) => {
      const onBuild = (): never => {
        throw new Error("the disk is full");
      };
      const options = { files: ["a.idl"], folder, syntaxCheck: true, onBuild };
      await expect(watch(options, new AbortController().signal)).rejects.toThrow("the disk is full");
    });
  });
});

/** Watches files in a folder of their own; `next` gives the builds one after the other. */
async function watched(
  sources: Readonly<Record<string, string>>,
  files: readonly string[],
  use: (folder: string, next: () => Promise<WatchBuild>) => Promise<void>,
): Promise<void> {
  await inFolder(sources, async (folder) => {
    const builds: WatchBuild[] = [];
    let arrived: () => void = () => undefined;
    const onBuild = (build: WatchBuild): void => {
      builds.push(build);
      arrived();
    };
    const next = async (): Promise<WatchBuild> => {
      for (;;) {
        const build = builds.shift();
        if (build !== undefined) return build;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    };
    const end = new AbortController();
    const watching = watch({ files, folder, includePaths: ["sdk"], onBuild }, end.signal);
    try {
      await use(folder, next);
    } finally {
      end.abort();
      await watching;
    }
  });
}
