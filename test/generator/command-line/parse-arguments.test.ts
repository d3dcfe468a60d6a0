import { describe, expect, it } from "vitest";
import { formatPlaceless } from "../../../generator/diagnostics.ts";
import { parseArguments } from "../../../generator/command-line/parse-arguments.ts";
import { compileOptions, defaultSettings, type Settings } from "../../../generator/command-line/settings.ts";

describe("the command line", () => {
  it.each<[string, Partial<Settings>]>([
    ["x.idl", { files: ["x.idl"] }],
    ["a.idl b.idl", { files: ["a.idl", "b.idl"] }],
    ["/out dir", { outputFolder: "dir" }],
    ["-OUT dir", { outputFolder: "dir" }],
    ["/out=dir", { outputFolder: "dir" }],
    ["/out /tmp/dir", { outputFolder: "/tmp/dir" }],
    ["/DA -D B=2 /DC=x:y", { defines: ["A", "B=2", "C=x:y"] }],
    ["/UA /U B", { undefines: ["A", "B"] }],
    ["/Ia;b /I c -I/usr/include", { includePaths: ["a", "b", "c", "/usr/include"] }],
    ["/no_def_idir", { noDefaultIncludePaths: true }],
    ["/env win32", { environment: "win32" }],
    ["/env AMD64", { environment: "win64" }],
    ["/win32", { environment: "win32" }],
    ["/Zp4", { packing: 4 }],
    ["/align:2", { packing: 2 }],
    ["/pack 1", { packing: 1 }],
    ["/protocol ndr64", { protocol: "ndr64" }],
    ["/target nt50", {}],
    ["/target NT60", { targetHasAllProtocols: true }],
    ["/client none", { client: false }],
    ["/server none /client stub", { server: false }],
    ["/cstub x_c.c /sstub y.ts", { clientStubName: "x_c.ts", serverStubName: "y.ts" }],
    ["/acf x.acf", { acf: "x.acf" }],
    ["/acfx.acf", { acf: "x.acf" }],
    ["/app_config", { applicationConfiguration: true }],
    ["/osf", { mode: "osf" }],
    ["/ms_union", { msUnion: true }],
    ["/backward_compat maybenull_sizeis", { disableConsistencyCheck: true }],
    ["/backward_compat maybenull_sizeis /backward_compat signed_wchar_t", { disableConsistencyCheck: true }],
    ["/backward_compat zeroout_alignmentgap", {}],
    ["/W3 /WX", { warningLevel: 3, warningsAsErrors: true }],
    ["-warn4", { warningLevel: 4 }],
    ["/no_warn", { warningLevel: 0 }],
    ["/Zs", { syntaxCheck: true }],
    ["/syntax_check", { syntaxCheck: true }],
    ["/nologo /nologo", { logo: false }],
    ["/o log.txt", { messageFile: "log.txt" }],
    ["--check", { task: "check" }],
    ["--import-extension=.ts", { importExtension: ".ts" }],
    ["--import-extension none", { importExtension: "" }],
    ["/?", { task: "help" }],
    ["--help", { task: "help" }],
    ["/home/x.idl", { files: ["/home/x.idl"] }],
    ["/Users/me/gone.idl", { files: ["/Users/me/gone.idl"] }],
    ["/Oicf /robust /error all /char signed x.idl", { files: ["x.idl"] }],
    ["/prefix client c_ server s_ x.idl", { files: ["x.idl"] }],
  ])("reads %s", (commandLine, expected) => {
    const { settings, problems } = parse(commandLine);
    expect(problems).toEqual([]);
    expect(settings).toEqual({ ...defaultSettings, ...expected });
  });

  it.each([
    ["/W9", "MIDL1012 : argument illegal for switch : /W 9 : expected 0|1|2|3|4"],
    ["/Zp3", "MIDL1012 : argument illegal for switch : /Zp 3 : expected 1|2|4|8|16"],
    ["/env vax", "MIDL1012 : argument illegal for switch : /env vax : expected win32|win64|amd64|x64|ia64|arm64"],
    ["/client", "MIDL1011 : argument(s) missing for switch : /client stub|none"],
    ["/out /nologo", "MIDL1011 : argument(s) missing for switch : /out folder"],
    ["/prefix x", "MIDL1011 : argument(s) missing for switch : /prefix client|cstub|server|sstub|switch|all prefix"],
    ["/W1 /W2", "MIDL1007 : switch specified more than once on command line : /W 1 and 2"],
    ["/nolog", "MIDL1008 : unknown switch : /nolog; did you mean /nologo?"],
    ["-wach", "MIDL1008 : unknown switch : -wach; did you mean --watch?"],
    ["/zzzzzz", "MIDL1008 : unknown switch : /zzzzzz"],
    ["/old", "MIDL2397 : the compiler switch is not supported anymore : /old : use /oldtlb"],
  ])("refuses %s", (commandLine, expected) => {
    const { problems } = parse(commandLine);
    expect(problems.map(formatPlaceless)).toEqual([`midl-ts : command line error ${expected}`]);
  });

  it("searches the current folder, /I and the INCLUDE variable", () => {
    const folders = (commandLine: string): unknown =>
      compileOptions(parse(commandLine).settings, "/sdk;/crt").includePaths;
    expect(folders("/I a /I b")).toEqual([".", "a", "b", "/sdk", "/crt"]);
    expect(folders("/no_def_idir /I a")).toEqual(["a"]);
    expect(folders("/no_def_idir")).toEqual(["."]);
  });

  it.each([
    ["", "dce"],
    ["/target NT50", "dce"],
    ["/target NT60", "all"],
    ["/target NT60 /protocol dce", "dce"],
  ])("takes the transfer syntaxes of %j to be %s", (commandLine, expected) => {
    expect(compileOptions(parse(commandLine).settings, undefined).protocol).toBe(expected);
  });
});

function parse(commandLine: string): ReturnType<typeof parseArguments> {
  const arguments_ = commandLine.split(" ").filter((each) => each !== "");
  return parseArguments(arguments_, (path) => (path === "/home/x.idl" ? "" : undefined));
}
