/** Compiles sources in memory and says what is wrong with them. */
import { compile, formatCompileDiagnostic, type FileHost } from "../../generator/index.ts";
import type { FrameName, Sources } from "./frames.ts";

/** An error that the compiler reports. */
export interface ReportedError {
  readonly midl: number;
  /** As it is printed, with the line and a caret. */
  readonly text: string;
}

/** The errors in `main.idl`, with its ACF and, unless it is only checked, with the stubs that come of it. The frame says how it is compiled. */
export async function errorsOf(
  sources: Sources,
  frame: FrameName,
  syntaxCheck = false,
): Promise<readonly ReportedError[]> {
  const host: FileHost = {
    readFile: (path) => {
      const text = sources[path];
      return text === undefined ? undefined : Buffer.from(text);
    },
    readDirectory: () => Object.keys(sources),
  };
  const applicationConfiguration = frame === "interface with /app_config";
  const { diagnostics } = await compile({ files: ["main.idl"], applicationConfiguration, syntaxCheck, host });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map((each) => ({ midl: each.midl, text: formatCompileDiagnostic(each) }));
}
