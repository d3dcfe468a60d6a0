/** Switches that say what is generated, and under which names. */
import {
  choice,
  flag,
  ignored,
  obsolete,
  oneOf,
  refused,
  someText,
  text,
  type Switch,
  type SwitchParameter,
} from "./switch.ts";

const forComponents = "object interfaces, type libraries and proxies are not generated";
const forC = "it concerns C source, and TypeScript is generated";
const winrt = "Windows Runtime interfaces do not travel over DCE/RPC";
const prefixes: SwitchParameter = {
  kind: "pairs",
  choices: ["client", "cstub", "server", "sstub", "switch", "all"],
  placeholder: "prefix",
};

/** Switches of output files and their names. */
export const outputSwitches: readonly Switch[] = [
  {
    name: "client",
    group: "output file generation",
    help: "generate the client stub NAME_c.ts (default), or not",
    ...choice({ stub: { client: true }, none: { client: false } }),
  },
  {
    name: "server",
    group: "output file generation",
    help: "generate the server stub NAME_s.ts (default), or not",
    ...choice({ stub: { server: true }, none: { server: false } }),
  },
  {
    name: "syntax_check",
    aliases: ["Zs"],
    group: "output file generation",
    help: "check the sources and generate nothing",
    ...flag({ syntaxCheck: true }),
  },
  {
    name: "check",
    own: true,
    group: "output file generation",
    help: "write nothing; fail when a generated file is missing or differs",
    ...flag({ task: "check" }),
  },
  {
    name: "watch",
    own: true,
    group: "output file generation",
    help: "generate again whenever a source changes",
    ...flag({ task: "watch" }),
  },
  {
    name: "memory-report",
    own: true,
    group: "output file generation",
    help: "add NAME.memory.md and NAME.memory.html: who allocates and who frees",
    ...flag({ memoryReport: true }),
  },
  {
    name: "import-extension",
    own: true,
    group: "output file generation",
    help: "extension in imports of generated files: .js by default, .ts, or none",
    ...choice({ ".js": { importExtension: ".js" }, ".ts": { importExtension: ".ts" }, none: { importExtension: "" } }),
  },
  {
    name: "prefix",
    group: "output file generation",
    help: "prefixes for the names of stub routines",
    ...ignored("client and server stubs are modules of their own, so that their names do not meet", prefixes),
  },
  {
    name: "oldnames",
    group: "output file generation",
    help: "interface names without the version",
    ...ignored("generated names have no version"),
  },
  { name: "use_epv", group: "output file generation", help: "call managers through an entry-point vector", ...epv() },
  { name: "no_default_epv", group: "output file generation", help: "no default entry-point vector", ...epv() },
  { name: "notlb", group: "output file generation", help: "no type library", ...ignored(forComponents) },
  {
    name: "newtlb",
    group: "output file generation",
    help: "type library of the new format",
    ...ignored(forComponents),
  },
  {
    name: "oldtlb",
    group: "output file generation",
    help: "type library of the old format",
    ...ignored(forComponents),
  },
  { name: "new", group: "output file generation", help: "now /newtlb", ...obsolete("use /newtlb") },
  { name: "old", group: "output file generation", help: "now /oldtlb", ...obsolete("use /oldtlb") },
  { name: "sal", group: "output file generation", help: "SAL annotations", ...ignored(forC) },
  { name: "sal_local", group: "output file generation", help: "SAL annotations of [local] methods", ...ignored(forC) },
  {
    name: "cstruct_out",
    group: "output file generation",
    help: "C++ convention for returned structs",
    ...ignored(forC),
  },
  {
    name: "version_stamp",
    aliases: ["no_stamp"],
    group: "output file generation",
    help: "no check of the version of Rpcndr.h",
    ...ignored(forC),
  },
  { name: "nomd", group: "output file generation", help: "no Windows Runtime metadata", ...refused(winrt) },
  { name: "nomidl", group: "output file generation", help: "do not run MIDL after MIDLRT", ...refused(winrt) },
  { name: "ns_prefix", group: "output file generation", help: "prefix ABI for types", ...refused(winrt) },
  { name: "enum_class", group: "output file generation", help: "C++ enum classes", ...refused(winrt) },
  {
    name: "out",
    group: "output file names",
    help: "folder of the generated files; the current folder by default",
    ...text("folder", (outputFolder) => ({ outputFolder })),
  },
  {
    name: "cstub",
    group: "output file names",
    help: "client stub in place of NAME_c.ts; .c becomes .ts",
    ...text("file", (value) => ({ clientStubName: typeScriptName(value) })),
  },
  {
    name: "sstub",
    group: "output file names",
    help: "server stub in place of NAME_s.ts; .c becomes .ts",
    ...text("file", (value) => ({ serverStubName: typeScriptName(value) })),
  },
  {
    name: "header",
    aliases: ["h"],
    group: "output file names",
    help: "generate a C header of this name, and NAME.h for each import",
    ...text("file", (headerName) => ({ headerName })),
  },
  { name: "iid", group: "output file names", help: "interface identifier file", ...fileOfComponents() },
  { name: "proxy", group: "output file names", help: "interface proxy file", ...fileOfComponents() },
  { name: "dlldata", group: "output file names", help: "dlldata file", ...fileOfComponents() },
  { name: "tlb", group: "output file names", help: "type library", ...fileOfComponents() },
  { name: "winmd", group: "output file names", help: "metadata file", ...refused(winrt, someText("file")) },
  { name: "caux", group: "output file names", help: "client auxiliary file", ...obsolete("there is no such file") },
  { name: "saux", group: "output file names", help: "server auxiliary file", ...obsolete("there is no such file") },
  {
    name: "char",
    group: "environment",
    help: "sign of char in the C compiler",
    ...ignored(forC, oneOf("signed", "unsigned", "ascii7")),
  },
  { name: "msc_ver", group: "environment", help: "version of the C compiler", ...ignored(forC, someText("version")) },
];

function epv(): Pick<Switch, "parameter" | "effect"> {
  return ignored("managers are objects that a server registers");
}

function fileOfComponents(): Pick<Switch, "parameter" | "effect"> {
  return ignored(forComponents, someText("file"));
}

/** Build files written for MIDL name C files. */
function typeScriptName(name: string): string {
  return name.replace(/\.(?:c|cc|cpp|cxx)$/i, ".ts");
}
