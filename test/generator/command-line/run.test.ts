import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { property } from "../../support/property.ts";
import { filesIn, inFolder, session } from "./scenario.ts";

const good = "typedef long NUMBER;\n";
const bad = "typedef UNKNOWN NUMBER;\n";
const mistake = "error MIDL2011 : unresolved type declaration : UNKNOWN";

describe("a run", () => {
  it("shows progress on a terminal and takes it away again", async () => {
    await inFolder({ "a.idl": good, "b.idl": good }, async (folder) => {
      const { error, status } = await session(["/nologo", "/Zs", "a.idl", "b.idl"], folder, { isTerminal: true });
      expect(error).toBe("\r\u001b[K[1/2] a.idl\r\u001b[K[2/2] b.idl\r\u001b[K");
      expect(status).toBe(0);
    });
  });

  it("names itself on a terminal, unless /nologo", async () => {
    await inFolder({ "a.idl": good }, async (folder) => {
      const { error } = await session(["/Zs", "a.idl"], folder, { isTerminal: true });
      expect(error).toMatch(/^midl-ts \d+\.\d+\.\d+\n/);
    });
  });

  it("says nothing in a pipe when all is well", async () => {
    await inFolder({ "a.idl": good }, async (folder) => {
      expect(await session(["/Zs", "a.idl"], folder)).toEqual({ output: "", error: "", status: 0 });
    });
  });

  it("colours messages on a terminal, unless NO_COLOR is set", async () => {
    await inFolder({ "a.idl": bad }, async (folder) => {
      const commandLine = ["/nologo", "/Zs", "a.idl"];
      const coloured = await session(commandLine, folder, { isTerminal: true });
      expect(coloured.error).toContain("a.idl(1)\u001b[1m\u001b[31m : error MIDL2011\u001b[0m : unresolved");
      expect(coloured.error).toContain("\n\u001b[32m        ^~~~~~~\u001b[0m\n");
      const plain = await session(commandLine, folder, { isTerminal: true, variables: { NO_COLOR: "1" } });
      expect(plain.error).toContain(`a.idl(1) : ${mistake}\n`);
    });
  });

  it("counts errors and warnings at the end", async () => {
    const source = `typedef struct A { LATER x; UNKNOWN y; MISSING z; } A;\ntypedef long LATER;\n`;
    await inFolder({ "a.idl": source }, async (folder) => {
      const { error, status } = await session(["/W4", "a.idl"], folder);
      expect(error.split("\n").at(-2)).toBe("midl-ts : 2 errors, 1 warning; nothing was written");
      expect(status).toBe(1);
    });
  });

  it("gives messages in the order of the files as they are read, and of their places in each", async () => {
    const files = {
      "a.idl": `import "b.idl";\ntypedef long T;\nconst long A = 1 / 0;\n#include "c.h"\nimport "d.idl";\ntypedef MISSING\n  struct;\nconst long C = LATER;\n`,
      "b.idl": "const long B = 1 / 0;\nconst long B2 = 2 / 0\n;typedef UNKNOWN U;\n",
      "c.h": "const long H = 1 / 0;\n",
      "d.idl": "typedef UNDEFINED D;\n",
    };
    await inFolder(files, async (folder) => {
      const places = ["a.idl(3)", "a.idl(6)", "a.idl(8)", "c.h(1)", "b.idl(1)", "b.idl(2)", "b.idl(3)", "d.idl(1)"];
      const { error } = await session(["/Zs", "a.idl", "d.idl"], folder);
      expect(error.match(/^[a-z.]+\(\d+\)/gm)).toEqual(places);
      const { output } = await session(["/Zs", "--format", "json", "a.idl"], folder);
      const records = output
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
      expect(
        records.map(
          (record) => `${String(property(record, "file"))}(${String(property(property(record, "start"), "line"))})`,
        ),
      ).toEqual(places);
    });
  });

  it("says that /W0 or /no_warn overrides another level, and obeys", async () => {
    const source = "typedef struct A { LATER x; } A;\ntypedef long LATER;\n";
    await inFolder({ "a.idl": source }, async (folder) => {
      for (const [first, second] of [
        ["/W0", "/W4"],
        ["/W4", "/W0"],
        ["/no_warn", "/W4"],
        ["/W4", "/no_warn"],
        ["/no_warn", "/warn4"],
      ] as const) {
        const [none, level] = first.endsWith("4") ? [second, first] : [first, second];
        expect(await session(["/Zs", "/WX", first, second, "a.idl"], folder)).toEqual({
          output: "",
          error: `midl-ts : command line warning MIDL1015 : /W0 or /no_warn overrides warning-level switch : ${none} and ${level}\n`,
          status: 0,
        });
      }
      expect((await session(["/Zs", "/W0", "/no_warn", "a.idl"], folder)).error).toBe("");
      expect((await session(["/Zs", "/W4", "a.idl"], folder)).error).toContain("a.idl(1) : warning MIDL9120");
    });
  });

  it("writes its messages to the file of /o", async () => {
    await inFolder({ "a.idl": bad }, async (folder) => {
      expect(await session(["/o", "log.txt", "a.idl"], folder)).toEqual({ output: "", error: "", status: 1 });
      expect(await readFile(join(folder, "log.txt"), "utf8")).toBe(
        `a.idl(1) : ${mistake}\n${bad}        ^~~~~~~\nmidl-ts : 1 error; nothing was written\n`,
      );
    });
  });

  it("says it when the file of /o cannot be written", async () => {
    await inFolder({ "a.idl": good, file: "" }, async (folder) => {
      const { error, status } = await session(["/Zs", "/o", "file/log.txt", "a.idl"], folder);
      expect(error).toBe(
        "midl-ts : error MIDL2212 : error while writing to file : file/log.txt : its folder is a file (EEXIST)\n",
      );
      expect(status).toBe(1);
    });
  });

  it("searches the folders of the INCLUDE variable", async () => {
    await inFolder({ "a.idl": `import "b.idl";\n`, "sdk/b.idl": good }, async (folder) => {
      expect((await session(["/Zs", "a.idl"], folder)).status).toBe(1);
      expect((await session(["/Zs", "a.idl"], folder, { variables: { INCLUDE: "sdk" } })).status).toBe(0);
    });
  });

  it("prints its version", async () => {
    const { output, status } = await session(["--version"], "/");
    expect(output).toMatch(/^midl-ts \d+\.\d+\.\d+\n$/);
    expect(status).toBe(0);
  });

  it("writes nothing to check, and fails when a file is stale", async () => {
    await inFolder({ "a.idl": good }, async (folder) => {
      const { error, status } = await session(["--check", "a.idl"], folder);
      expect(error).toBe(
        "midl-ts : error MIDL9202 : a.ts is not what its .idl file gives\nmidl-ts : 1 error; nothing was written\n",
      );
      expect(status).toBe(1);
      expect(await filesIn(folder)).toEqual(["a.idl"]);
    });
  });
});
