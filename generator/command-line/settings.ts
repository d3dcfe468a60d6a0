/** What a command line asks for. */
import type { CompileOptions } from "../compile.ts";

/** The settings of a run, filled in by the switches. */
export interface Settings {
  /** The .idl files. */
  readonly files: readonly string[];
  readonly acf: string | undefined;
  /** /I, in order. */
  readonly includePaths: readonly string[];
  /** /no_def_idir */
  readonly noDefaultIncludePaths: boolean;
  readonly defines: readonly string[];
  readonly undefines: readonly string[];
  readonly environment: "win32" | "win64";
  readonly packing: 1 | 2 | 4 | 8 | 16;
  readonly mode: "ms_ext" | "c_ext" | "osf";
  readonly msUnion: boolean;
  readonly applicationConfiguration: boolean;
  readonly rpcss: boolean;
  /** /backward_compat maybenull_sizeis */
  readonly disableConsistencyCheck: boolean;
  readonly outputFolder: string | undefined;
  readonly client: boolean;
  readonly server: boolean;
  readonly clientStubName: string | undefined;
  readonly serverStubName: string | undefined;
  readonly headerName: string | undefined;
  /** Undefined: what /target says, else dce. */
  readonly protocol: "dce" | "ndr64" | "all" | undefined;
  /** /target of Windows XP or later, which implies /protocol all. */
  readonly targetHasAllProtocols: boolean;
  readonly importExtension: string;
  readonly syntaxCheck: boolean;
  readonly warningLevel: 0 | 1 | 2 | 3 | 4;
  readonly warningsAsErrors: boolean;
  readonly logo: boolean;
  /** /o: file that takes the messages. */
  readonly messageFile: string | undefined;
  /** --format: messages for people, or one JSON object a line. */
  readonly format: "text" | "json";
  /** /savePP */
  readonly savePreprocessed: boolean;
  /** --memory-report */
  readonly memoryReport: boolean;
  /** What to do in place of a compilation, or with its result. */
  readonly task: "compile" | "check" | "watch" | "confirm" | "help" | "version";
}

/** The settings of an empty command line: MIDL's defaults. */
export const defaultSettings: Settings = {
  files: [],
  acf: undefined,
  includePaths: [],
  noDefaultIncludePaths: false,
  defines: [],
  undefines: [],
  environment: "win64",
  packing: 8,
  mode: "ms_ext",
  msUnion: false,
  applicationConfiguration: false,
  rpcss: false,
  disableConsistencyCheck: false,
  outputFolder: undefined,
  client: true,
  server: true,
  clientStubName: undefined,
  serverStubName: undefined,
  headerName: undefined,
  protocol: undefined,
  targetHasAllProtocols: false,
  importExtension: ".js",
  syntaxCheck: false,
  warningLevel: 1,
  warningsAsErrors: false,
  logo: true,
  messageFile: undefined,
  format: "text",
  savePreprocessed: false,
  memoryReport: false,
  task: "compile",
};

/**
 * The settings as compile() takes them. Files are searched in the current folder, along /I, then along the INCLUDE variable;
 * /no_def_idir leaves /I alone, or the current folder when there is no /I (MIDL reference, "/no_def_idir").
 */
export function compileOptions(settings: Settings, include: string | undefined): CompileOptions {
  const { includePaths, noDefaultIncludePaths, protocol, targetHasAllProtocols } = settings;
  const fromVariable = (include ?? "").split(";").filter((folder) => folder !== "");
  const given = includePaths.length > 0 ? includePaths : ["."];
  return {
    files: settings.files,
    acf: settings.acf,
    includePaths: noDefaultIncludePaths ? given : [".", ...includePaths, ...fromVariable],
    defines: settings.defines,
    undefines: settings.undefines,
    environment: settings.environment,
    packing: settings.packing,
    mode: settings.mode,
    msUnion: settings.msUnion,
    applicationConfiguration: settings.applicationConfiguration,
    rpcss: settings.rpcss,
    disableConsistencyCheck: settings.disableConsistencyCheck,
    outputFolder: settings.outputFolder,
    client: settings.client,
    server: settings.server,
    clientStubName: settings.clientStubName,
    serverStubName: settings.serverStubName,
    protocol: protocol ?? (targetHasAllProtocols && settings.mode !== "osf" ? "all" : "dce"),
    headerName: settings.headerName,
    importExtension: settings.importExtension,
    syntaxCheck: settings.syntaxCheck,
    savePreprocessed: settings.savePreprocessed,
    memoryReport: settings.memoryReport,
    warningLevel: settings.warningLevel,
    warningsAsErrors: settings.warningsAsErrors,
  };
}
