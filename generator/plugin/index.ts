/** `midl-ts/plugin`: .idl files as modules, in Vite, Rollup, Rolldown, esbuild, webpack and Rspack. */
export { midl as default, midl } from "./plugin.ts";
export type { PluginOptions } from "./idl-modules.ts";
