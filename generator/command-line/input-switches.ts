/** Switches that say what is read and how. */
import { choice, flag, ignored, list, obsolete, refused, someText, text, type Switch } from "./switch.ts";

const preprocessorIsOurs = "the preprocessor is built in; /D, /U and /I reach it";

/** Switches of mode, input and preprocessor. */
export const inputSwitches: readonly Switch[] = [
  {
    name: "ms_ext",
    group: "mode",
    help: "Microsoft's extensions to DCE IDL (default)",
    ...flag({ mode: "ms_ext" }),
  },
  {
    name: "c_ext",
    group: "mode",
    help: "C language extensions; part of /ms_ext",
    ...flag({ mode: "c_ext" }),
  },
  {
    name: "osf",
    group: "mode",
    help: "strict DCE IDL, without Microsoft's extensions; asks for no pair",
    ...flag({ mode: "osf" }),
  },
  {
    name: "app_config",
    group: "mode",
    help: "accept ACF attributes in the .idl file",
    ...flag({ applicationConfiguration: true }),
  },
  {
    name: "ms_union",
    group: "mode",
    help: "align nonencapsulated unions as MIDL before version 2 did",
    ...flag({ msUnion: true }),
  },
  {
    name: "mktyplib203",
    group: "mode",
    help: "read an .odl file as MkTypLib 2.03 did",
    ...refused("type libraries are not generated"),
  },
  {
    name: "winrt",
    group: "mode",
    help: "Windows Runtime semantics",
    ...refused("Windows Runtime interfaces do not travel over DCE/RPC"),
  },
  {
    name: "acf",
    group: "input",
    help: "application configuration file in place of NAME.acf beside NAME.idl",
    ...text("file", (acf) => ({ acf }), /./),
  },
  {
    name: "I",
    group: "input",
    help: "folders for import, #include and /acf, separated by ; in order of the search",
    ...list("folders", /./, (value, { includePaths }) => ({
      includePaths: [...includePaths, ...value.split(";").filter((folder) => folder !== "")],
    })),
  },
  {
    name: "no_def_idir",
    group: "input",
    help: "search only the folders of /I, not the current folder and the INCLUDE variable",
    ...flag({ noDefaultIncludePaths: true }),
  },
  {
    name: "import",
    group: "input",
    help: "treatment of imported files",
    ...obsolete("imported files always become modules of their own"),
  },
  {
    name: "lcid",
    group: "input",
    help: "locale of the input files",
    ...ignored("sources are read as UTF-8, UTF-16 or Windows-1252", someText("locale")),
  },
  {
    name: "metadata_dir",
    group: "input",
    help: "folders of Windows Runtime metadata",
    ...refused("Windows Runtime interfaces do not travel over DCE/RPC", someText("folder")),
  },
  {
    name: "D",
    group: "preprocessor",
    help: "define a macro, 1 without =value",
    ...list("name[=value]", /^[A-Za-z_]/, (value, { defines }) => ({ defines: [...defines, value] })),
  },
  {
    name: "U",
    group: "preprocessor",
    help: "remove a predefined macro",
    ...list("name", /^[A-Za-z_]\w*$/, (value, { undefines }) => ({ undefines: [...undefines, value] })),
  },
  {
    name: "savePP",
    group: "preprocessor",
    help: "write the preprocessed sources too, as NAME.idl.i and NAME.acf.i",
    ...flag({ savePreprocessed: true }),
  },
  {
    name: "no_cpp",
    aliases: ["nocpp"],
    group: "preprocessor",
    help: "do not run the C preprocessor",
    ...ignored("the preprocessor is built in and costs nothing where there are no directives"),
  },
  {
    name: "cpp_cmd",
    group: "preprocessor",
    help: "command of the C preprocessor",
    ...ignored(preprocessorIsOurs, someText("command")),
  },
  {
    name: "cpp_opt",
    group: "preprocessor",
    help: "options of the C preprocessor",
    ...ignored(preprocessorIsOurs, someText("options")),
  },
  {
    name: "Zp",
    aliases: ["pack", "align"],
    group: "environment",
    help: "packing of structures in memory: what sizeof sees; 8 by default",
    ...choice(
      { 1: { packing: 1 }, 2: { packing: 2 }, 4: { packing: 4 }, 8: { packing: 8 }, 16: { packing: 16 } },
      true,
    ),
  },
];
