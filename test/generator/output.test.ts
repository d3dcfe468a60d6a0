import * as disk from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { staleFiles, writeFiles, type OutputFileSystem } from "../../generator/output.ts";
import { filesIn, inFolder } from "./command-line/scenario.ts";

const long = new Date("2001-01-01T00:00:00Z");

describe("writing generated files", () => {
  it("makes folders and writes every file", async () => {
    await inFolder({}, async (folder) => {
      const files = [
        { path: "a/b/one.ts", text: "1\n" },
        { path: "two.ts", text: "2\n" },
      ];
      expect(await writeFiles(files, { folder })).toEqual({ written: ["a/b/one.ts", "two.ts"], unchanged: [] });
      expect(await filesIn(folder)).toEqual(["a/b/one.ts", "two.ts"]);
      expect(await disk.readFile(join(folder, "a/b/one.ts"), "utf8")).toBe("1\n");
    });
  });

  it("leaves a file with the same content alone", async () => {
    await inFolder({ "same.ts": "same\n", "other.ts": "old\n" }, async (folder) => {
      await disk.utimes(join(folder, "same.ts"), long, long);
      const files = [
        { path: "same.ts", text: "same\n" },
        { path: "other.ts", text: "new\n" },
      ];
      expect(await writeFiles(files, { folder })).toEqual({ written: ["other.ts"], unchanged: ["same.ts"] });
      expect((await disk.stat(join(folder, "same.ts"))).mtime).toEqual(long);
      expect(await disk.readFile(join(folder, "other.ts"), "utf8")).toBe("new\n");
    });
  });

  it("keeps permissions, and follows a symbolic link", async () => {
    await inFolder({ "shared.ts": "old\n" }, async (folder) => {
      await disk.chmod(join(folder, "shared.ts"), 0o640);
      await disk.symlink("shared.ts", join(folder, "link.ts"));
      await writeFiles([{ path: "link.ts", text: "new\n" }], { folder });
      expect((await disk.lstat(join(folder, "link.ts"))).isSymbolicLink()).toBe(true);
      expect(await disk.readFile(join(folder, "shared.ts"), "utf8")).toBe("new\n");
      expect((await disk.stat(join(folder, "shared.ts"))).mode & 0o777).toBe(0o640);
    });
  });

  it.each([
    ["a full disk", "ENOSPC", "no space left on the disk (ENOSPC)", "writeFile"],
    ["a folder without permission", "EACCES", "permission denied (EACCES)", "writeFile"],
    ["a target that cannot be replaced", "EPERM", "operation not permitted (EPERM)", "rename"],
  ] as const)("puts everything back after %s", async (_, code, reason, failing) => {
    await inFolder({ "one.ts": "old 1\n", "three.ts": "old 3\n" }, async (folder) => {
      const files = ["one.ts", "two.ts", "three.ts"].map((path) => ({ path, text: `new ${path}\n` }));
      const fileSystem = failingAt(failing, "three.ts", code);
      await expect(writeFiles(files, { folder, fileSystem })).rejects.toMatchObject({
        name: "OutputError",
        path: "three.ts",
        reason,
        message: `three.ts : ${reason}`,
      });
      expect(await filesIn(folder)).toEqual(["one.ts", "three.ts"]);
      expect(await disk.readFile(join(folder, "one.ts"), "utf8")).toBe("old 1\n");
      expect(await disk.readFile(join(folder, "three.ts"), "utf8")).toBe("old 3\n");
    });
  });

  it("gives up where the system takes no folders", async () => {
    await inFolder({}, async (folder) => {
      const mkdir = (): Promise<never> => Promise.reject(Object.assign(new Error("no"), { code: "ENOENT" }));
      const fileSystem = { ...disk, mkdir };
      await expect(writeFiles([{ path: "a/b.ts", text: "" }], { folder, fileSystem })).rejects.toThrow(
        "a/b.ts : the folder cannot be made (ENOENT)",
      );
    });
  });

  it("names the file that a folder stands in the way of", async () => {
    await inFolder({ "one.ts/file": "" }, async (folder) => {
      await expect(writeFiles([{ path: "one.ts", text: "" }], { folder })).rejects.toThrow(
        "one.ts : there is a folder of that name (EISDIR)",
      );
    });
  });
});

describe("stale files", () => {
  it("are those that are missing or differ", async () => {
    await inFolder({ "same.ts": "same\n", "other.ts": "old\n" }, async (folder) => {
      const files = [
        { path: "same.ts", text: "same\n" },
        { path: "other.ts", text: "new\n" },
        { path: "missing/file.ts", text: "" },
      ];
      expect(await staleFiles(files, { folder })).toEqual(["other.ts", "missing/file.ts"]);
    });
  });
});

/** The disk, on which one operation fails for one file; for its first use, so that putting back works. */
function failingAt(operation: "rename" | "writeFile", name: string, code: string): OutputFileSystem {
  let failed = false;
  const check = (path: unknown): void => {
    if (failed || !String(path).includes(name)) return;
    failed = true;
    throw Object.assign(new Error(`${code}: simulated`), { code });
  };
  return {
    ...disk,
    writeFile: async (file, data, options) => {
      if (operation === "writeFile") check(file);
      await disk.writeFile(file, data, options);
    },
    rename: async (from, to) => {
      if (operation === "rename") check(to);
      await disk.rename(from, to);
    },
  };
}
