import { describe, expect, it } from "vitest";
import { compile, formatCompileDiagnostic, type CompileOptions, type CompileResult } from "../../generator/index.ts";

const header = `[uuid(12345678-1234-1234-1234-123456789abc), version(1.0), pointer_default(unique)]`;
const types = `typedef struct POINT { long x; long y; } POINT;\n`;
const one = `import "types.idl";\n${header}\ninterface one { void Move([in] POINT to); }\n`;
const two = `import "types.idl";\n${header}\ninterface two { void Copy([in] POINT from); }\n`;
const unsized = `${header}\ninterface late { void Early([in] Later x); typedef long Later; }\n`;

describe("compile", () => {
  it("gives the types, the client stub and the server stub of an interface", async () => {
    const result = await compileFiles({ "one.idl": one, "types.idl": types }, { files: ["one.idl"] });
    expect(texts(result)).toEqual([]);
    expect(paths(result)).toEqual(["types.ts", "one.ts", "one_c.ts", "one_s.ts"]);
    expect(result.dependencies).toEqual(["one.idl", "types.idl"]);
    expect(result.files[2]?.text).toContain(`from "./one.js"`);
  });

  it("generates what several files import once", async () => {
    const sources = { "one.idl": one, "two.idl": two, "types.idl": types };
    const options = { files: ["one.idl", "two.idl"], outputFolder: "out", server: false };
    const result = await compileFiles(sources, options);
    expect(texts(result)).toEqual([]);
    expect(paths(result)).toEqual(["out/types.ts", "out/one.ts", "out/one_c.ts", "out/two.ts", "out/two_c.ts"]);
  });

  it("writes what a file imports and is compiled itself as once", async () => {
    const sources = { "one.idl": one, "types.idl": types };
    const result = await compileFiles(sources, { files: ["one.idl", "types.idl"], server: false });
    expect(texts(result)).toEqual([]);
    expect(paths(result)).toEqual(["types.ts", "one.ts", "one_c.ts"]);
  });

  it("tells what each file read and tried to read", async () => {
    const result = await compileFiles({ "one.idl": one, "types.idl": types }, { files: ["one.idl"], server: false });
    const read = [...(result.readings.get("one.idl") ?? [])].map(([path, octets]) => [path, octets !== undefined]);
    expect(read).toEqual([
      ["one.acf", false],
      ["one.idl", true],
      ["types.idl", true],
    ]);
  });

  it("uses the names and the extension that are asked for", async () => {
    const options = {
      files: ["one.idl"],
      clientStubName: "caller.ts",
      serverStubName: "manager.ts",
      importExtension: ".ts",
    };
    const result = await compileFiles({ "one.idl": one, "types.idl": types }, options);
    expect(paths(result)).toEqual(["types.ts", "one.ts", "caller.ts", "manager.ts"]);
    expect(result.files[2]?.text).toContain(`from "./one.ts"`);
  });

  it("/rpcss marks every operation in both stubs, and says once that it is obsolete", async () => {
    const options = { files: ["one.idl", "two.idl"], rpcss: true };
    const result = await compileFiles({ "one.idl": one, "two.idl": two, "types.idl": types }, options);
    expect(texts(result)).toEqual(["midl-ts : command line warning MIDL9203 : /rpcss is obsolete"]);
    for (const path of ["one_c.ts", "two_c.ts"])
      expect(result.files.find((file) => file.path === path)?.text).toContain("sensitive: true");
    for (const path of ["one_s.ts", "two_s.ts"])
      expect(result.files.find((file) => file.path === path)?.text).toContain("enableAllocate: true");
  });

  it("lets every null pointer have a size when consistency is not checked", async () => {
    const idl = `${header}\ninterface one { void Put([in] long n, [in, unique, size_is(n)] byte *value); }\n`;
    const server = async (options: Partial<CompileOptions>): Promise<string> =>
      (await compileFiles({ "one.idl": idl }, { files: ["one.idl"], client: false, ...options })).files[1]?.text ?? "";
    const exempt = idl.replace("in, unique", "in, unique, disable_consistency_check");
    const attribute = await compileFiles({ "one.idl": exempt }, { files: ["one.idl"], client: false });
    const [checked, unchecked] = [await server({}), await server({ disableConsistencyCheck: true })];
    expect(checked).toContain(`r.nullArray(n, "Put.value")`);
    expect(unchecked).toBe(attribute.files[1]?.text.replaceAll(" disable_consistency_check,", ""));
    expect(unchecked).not.toContain("nullArray");
  });

  it("M41: adds a memory report of each file that is named, and none when there are errors", async () => {
    const sources = { "one.idl": one, "types.idl": types, "bad.idl": `${header} interface bad { void F(MISSING x); }` };
    const options = { files: ["one.idl"], outputFolder: "out", memoryReport: true };
    const result = await compileFiles(sources, options);
    expect(texts(result)).toEqual([]);
    expect(paths(result).slice(-2)).toEqual(["out/one.memory.md", "out/one.memory.html"]);
    expect(result.files.at(-1)?.text).toContain("<title>Memory of one.idl</title>");
    expect(paths(await compileFiles(sources, { ...options, files: ["one.idl", "bad.idl"] }))).toEqual([]);
    expect(paths(await compileFiles(sources, { ...options, syntaxCheck: true }))).toEqual([]);
  });

  it("refuses to give one file two texts", async () => {
    const sources = { "a/same.idl": types, "b/same.idl": types.replaceAll("POINT", "SIZE") };
    const result = await compileFiles(sources, { files: ["a/same.idl", "b/same.idl"] });
    expect(texts(result)).toEqual([
      "midl-ts : error MIDL9201 : same.ts would be written twice, from a/same.idl and from b/same.idl",
    ]);
    expect(result.files).toEqual([]);
  });

  it("names the imported files of which one would be written over the other", async () => {
    const main = 'import "a/same.idl"; import "b/same.idl";';
    const sources = { "a/same.idl": types, "b/same.idl": types.replaceAll("POINT", "SIZE"), "main.idl": main };
    const result = await compileFiles(sources, { files: ["main.idl"] });
    expect(texts(result)).toEqual([
      "midl-ts : error MIDL9201 : same.ts would be written twice, from a/same.idl and from b/same.idl",
    ]);
  });

  it("reports a file that is not there", async () => {
    const result = await compileFiles({}, { files: ["missing.idl"] });
    expect(texts(result)).toEqual(["midl-ts : command line error MIDL1001 : cannot open input file : missing.idl"]);
    expect(result).toMatchObject({ files: [], errorCount: 1, warningCount: 0 });
  });

  it("gives no file when one of the sources has a mistake", async () => {
    const sources = { "one.idl": one, "types.idl": types, "bad.idl": "typedef struct NONE x" };
    const result = await compileFiles(sources, { files: ["one.idl", "bad.idl"] });
    expect(result.files).toEqual([]);
    expect(result.errorCount).toBeGreaterThan(0);
  });

  it("reports a mistake in an imported file once", async () => {
    const sources = { "one.idl": one, "two.idl": two, "types.idl": `typedef struct POINT { UNKNOWN x; } POINT;\n` };
    const result = await compileFiles(sources, { files: ["one.idl", "two.idl"] });
    expect(texts(result)).toEqual([
      "types.idl(1) : error MIDL2011 : unresolved type declaration : UNKNOWN\n" +
        "typedef struct POINT { UNKNOWN x; } POINT;\n" +
        "                       ^~~~~~~",
    ]);
  });

  it("shows warnings up to the level, and makes them errors when asked", async () => {
    const sources = { "late.idl": unsized };
    const quiet = await compileFiles(sources, { files: ["late.idl"] });
    expect(texts(quiet)).toEqual([]);
    const loud = await compileFiles(sources, { files: ["late.idl"], warningLevel: 2 });
    expect(loud).toMatchObject({ errorCount: 0, warningCount: 1 });
    expect(loud.diagnostics[0]).toMatchObject({ severity: "warning", code: "used-before-declaration" });
    const strict = { files: ["late.idl"], warningLevel: 2, warningsAsErrors: true } as const;
    const failed = await compileFiles(sources, strict);
    expect(failed).toMatchObject({ files: [], errorCount: 1, warningCount: 0 });
  });

  it("finds NAME.acf beside NAME.idl in any case, and another along the include folders", async () => {
    const sources = { "f/one.idl": `${header}\ninterface one { void A(); }\n`, "f/ONE.ACF": "interface one { }\n" };
    const beside = await compileFiles(sources, { files: ["f/one.idl"] });
    expect(beside.dependencies).toEqual(["f/one.idl", "f/ONE.ACF"]);
    const elsewhere = { ...sources, "g/other.acf": "interface one { }\n" };
    const named = await compileFiles(elsewhere, { files: ["f/one.idl"], acf: "other.acf", includePaths: ["g"] });
    expect(named.dependencies).toEqual(["f/one.idl", "g/other.acf"]);
    const shared = { ...sources, "g/other.acf": "interface shared { }\n" };
    const options = { files: ["f/one.idl"], acf: "other.acf", includePaths: ["g"] };
    expect(texts(await compileFiles(shared, options))).toEqual([]);
    const missing = await compileFiles(sources, { files: ["f/one.idl"], acf: "none.acf" });
    expect(texts(missing)).toEqual(["midl-ts : command line error MIDL1001 : cannot open input file : none.acf"]);
  });

  it("warns of an operation that it leaves out, and generates the others", async () => {
    const body = `    typedef void *HANDLE;\n    void Open([in, system_handle(sh_file)] HANDLE file);\n    void Ask();\n`;
    const source = `${header}\ninterface flow\n{\n${body}}\n`;
    const result = await compileFiles({ "flow.idl": source }, { files: ["flow.idl"] });
    expect(texts(result)).toEqual([
      "flow.idl(5) : warning MIDL9200 : Open of interface flow is left out of the stubs : [system_handle] on file : system handles pass between processes of one machine only\n" +
        "    void Open([in, system_handle(sh_file)] HANDLE file);\n" +
        "         ^~~~",
    ]);
    expect(paths(result).slice(-3)).toEqual(["flow.ts", "flow_c.ts", "flow_s.ts"]);
    expect(result.files.at(-2)?.text).toContain("Ask");
  });

  it("warns of [nocode] where a server stub is generated", async () => {
    const sources = {
      "a.idl": `${header}\ninterface a { void Ask(); }\n`,
      "a.acf": "interface a { [nocode] Ask(); }\n",
    };
    const both = await compileFiles(sources, { files: ["a.idl"] });
    expect(texts(both)).toEqual([
      'a.idl(2) : warning MIDL2230 : [nocode] ignored for server side since "/server none" not specified : Ask\n' +
        "interface a { void Ask(); }\n" +
        "                   ^~~",
    ]);
    expect(texts(await compileFiles(sources, { files: ["a.idl"], server: false }))).toEqual([]);
  });

  it("generates nothing for a check of the syntax", async () => {
    const result = await compileFiles(
      { "one.idl": one, "types.idl": types },
      { files: ["one.idl"], syntaxCheck: true },
    );
    expect(result).toMatchObject({ files: [], errorCount: 0 });
  });

  it("tells before each file what it compiles", async () => {
    const seen: string[] = [];
    const onFile = (path: string, index: number): void => void seen.push(`${index.toString()} ${path}`);
    await compileFiles({ "a.idl": types, "b.idl": types }, { files: ["a.idl", "b.idl"], syntaxCheck: true, onFile });
    expect(seen).toEqual(["0 a.idl", "1 b.idl"]);
  });
});

function compileFiles(
  sources: Readonly<Record<string, string>>,
  options: Omit<CompileOptions, "host">,
): Promise<CompileResult> {
  const files = new Map(Object.entries(sources).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const inFolder = (folder: string): readonly string[] =>
    [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  return compile({ ...options, host: { readFile: (path) => files.get(path), readDirectory: inFolder } });
}

function texts(result: CompileResult): readonly string[] {
  return result.diagnostics.map(formatCompileDiagnostic);
}

function paths(result: CompileResult): readonly string[] {
  return result.files.map(({ path }) => path);
}
