/** The plugin for bundlers: an .idl file is a module. */
import { resolve } from "node:path";
import { createUnplugin, type UnpluginBuildContext, type UnpluginContext, type UnpluginInstance } from "unplugin";
import { positionAt } from "../../grammar/index.ts";
import type { CompileDiagnostic } from "../compile.ts";
import { diskHost } from "../file-host.ts";
import { formatCompileDiagnostic } from "../format-diagnostic.ts";
import { OutputError, writeFiles } from "../output.ts";
import { declarationsPath } from "./declarations.ts";
import { IdlCompiler, type IdlModules, type PluginOptions } from "./idl-modules.ts";

/** `phonebook.idl`, or one of its modules: `phonebook.idl?module=phonebook_c`. */
const IDL = /^(.*\.idl)(?:\?module=(.+))?$/i;

/** The plugin: `midl.vite()`, `midl.rollup()`, `midl.esbuild()` and so on. */
export const midl: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin(
  (options: PluginOptions | undefined) => {
    const compiler = new IdlCompiler(options ?? {}, diskHost(process.cwd()));
    return {
      name: "midl-ts",
      resolveId(source: string, importer: string | undefined) {
        // Imports between the modules of one .idl file.
        const [, owner] = IDL.exec(importer ?? "") ?? [];
        const [, name] = /^\.\/([^/]+)\.js$/.exec(source) ?? [];
        if (owner !== undefined && name !== undefined) return moduleId(owner, name);
        return IDL.test(source) && source.includes("?module=") ? source : undefined;
      },
      load: {
        filter: { id: /\.idl(?:\?module=.+)?$/i },
        async handler(this: UnpluginBuildContext & UnpluginContext, id: string) {
          const [, path = id, name] = IDL.exec(id) ?? [];
          const modules = await compiler.modules(resolve(path));
          for (const [read, octets] of modules.readings) if (octets !== undefined) this.addWatchFile(resolve(read));
          if (name !== undefined) return modules.code.get(name);
          report(modules, this);
          await writeDeclarations(resolve(path), modules, this);
          return modules.exported.map((each) => `export * from ${JSON.stringify(moduleId(path, each))};\n`).join("");
        },
      },
      esbuild: { loader: "js" },
    };
  },
);

function moduleId(path: string, name: string): string {
  return `${path}?module=${name}`;
}

/** Writes NAME.d.idl.ts where it is not what it should be. That it cannot be written is no reason to stop a build. */
async function writeDeclarations(path: string, { declarations }: IdlModules, context: UnpluginContext): Promise<void> {
  if (declarations === undefined) return;
  try {
    await writeFiles([{ path: declarationsPath(path), text: declarations }]);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    context.warn({ name: "midl-ts", message: `no types for ${path} : ${error.message}`, id: path });
  }
}

/** Warnings become the bundler's warnings, errors its error: at the place of the first, with the text of all. */
function report({ diagnostics }: IdlModules, context: UnpluginContext): void {
  for (const each of diagnostics) if (each.severity === "warning") context.warn(message(each));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  context.error({ ...message(first), message: errors.map(formatCompileDiagnostic).join("\n") });
}

type Message = Exclude<Parameters<UnpluginContext["warn"]>[0], string>;

/** Bundlers count lines from 1 and columns from 0. */
function message(diagnostic: CompileDiagnostic): Message {
  const text = formatCompileDiagnostic(diagnostic);
  const { span } = diagnostic;
  if (span === undefined) return { name: "midl-ts", message: text };
  const { line, column } = positionAt(span.file, span.start);
  const file = resolve(span.file.path);
  return { name: "midl-ts", message: text, id: file, loc: { file, line, column: column - 1 } };
}
