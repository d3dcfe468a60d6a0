/** Switches of environment, wire protocol, run-time checks, optimization and messages. */
import { choice, choices, flag, ignored, oneOf, text, type Switch } from "./switch.ts";

const win32 = { environment: "win32" } as const;
const win64 = { environment: "win64" } as const;
const alwaysChecked = "stubs always check what they unmarshal";
const straightLine = "stubs are straight-line code";
const allProtocols = { targetHasAllProtocols: true } as const;

/** Switches of environment, wire protocol, run-time checks, optimization and messages. */
export const targetSwitches: readonly Switch[] = [
  {
    name: "env",
    group: "environment",
    help: "environment whose sizes and macros count; win64 by default",
    ...choice({ win32, win64, amd64: win64, x64: win64, ia64: win64, arm64: win64 }),
  },
  { name: "win32", group: "environment", help: "the same as /env win32", ...flag(win32) },
  {
    name: "win64",
    aliases: ["amd64", "x64", "ia64", "arm64"],
    group: "environment",
    help: "the same as /env win64",
    ...flag(win64),
  },
  {
    name: "protocol",
    group: "environment",
    help: "transfer syntaxes: NDR (default), NDR64, or both",
    ...choice({ dce: { protocol: "dce" }, ndr64: { protocol: "ndr64" }, all: { protocol: "all" } }),
  },
  {
    name: "target",
    group: "environment",
    help: "oldest Windows to work with; from NT51 on it implies /protocol all",
    ...choice({
      NT50: {},
      NT51: allProtocols,
      NT60: allProtocols,
      NT61: allProtocols,
      NT62: allProtocols,
      NT100: allProtocols,
    }),
  },
  {
    name: "backward_compat",
    group: "environment",
    help: "maybenull_sizeis: [disable_consistency_check] everywhere; others have no effect",
    ...choices({
      maybenull_sizeis: { disableConsistencyCheck: true },
      zeroout_alignmentgap: {},
      BSTR_byvalue_escaping: {},
      string_defaultvalue: {},
      signed_wchar_t: {},
    }),
  },
  {
    name: "rpcss",
    group: "environment",
    help: "enable_allocate for every operation; obsolete",
    ...flag({ rpcss: true }),
  },
  { name: "robust", group: "run-time checks", help: "check correlated arguments (default)", ...ignored(alwaysChecked) },
  {
    name: "no_robust",
    group: "run-time checks",
    help: "do not check correlated arguments",
    ...ignored(alwaysChecked),
  },
  {
    name: "error",
    group: "run-time checks",
    help: "what stubs check",
    ...ignored(alwaysChecked, oneOf("allocation", "stub_data", "ref", "bounds_check", "none", "all")),
  },
  {
    name: "Oi",
    aliases: ["Oic", "Oif", "Oicf", "Os", "Os1"],
    group: "optimization",
    help: "interpreted or mixed-mode stubs",
    ...ignored(straightLine),
  },
  {
    name: "no_format_opt",
    group: "optimization",
    help: "keep duplicate type descriptors",
    ...ignored(straightLine),
  },
  {
    name: "W",
    aliases: ["warn"],
    group: "miscellaneous",
    help: "warning level: none with 0, all with 4; 1 by default",
    ...warningLevel(),
  },
  { name: "no_warn", group: "miscellaneous", help: "the same as /W0", ...flag({ warningLevel: 0 }) },
  {
    name: "WX",
    group: "miscellaneous",
    help: "treat the warnings that are shown as errors",
    ...flag({ warningsAsErrors: true }),
  },
  {
    name: "o",
    group: "miscellaneous",
    help: "write messages to a file",
    ...text("file", (messageFile) => ({ messageFile })),
  },
  {
    name: "format",
    group: "miscellaneous",
    help: "form of the messages: text or json",
    own: true,
    ...choice({ text: { format: "text" }, json: { format: "json" } }),
  },
  { name: "nologo", group: "miscellaneous", help: "no banner", ...flag({ logo: false }) },
  {
    name: "confirm",
    group: "miscellaneous",
    help: "show the switches, response files included, and stop",
    ...flag({ task: "confirm" }),
  },
  {
    name: "version",
    own: true,
    group: "miscellaneous",
    help: "show the version and stop",
    ...flag({ task: "version" }),
  },
  { name: "help", aliases: ["?"], group: "miscellaneous", help: "show this list and stop", ...flag({ task: "help" }) },
];

/** /W0 and /no_warn take precedence over every other level (MIDL1015). */
function warningLevel(): Pick<Switch, "parameter" | "effect"> {
  const levels = choice(
    {
      0: { warningLevel: 0 },
      1: { warningLevel: 1 },
      2: { warningLevel: 2 },
      3: { warningLevel: 3 },
      4: { warningLevel: 4 },
    },
    true,
  );
  const { effect } = levels;
  if (effect.kind !== "option") return levels;
  const set: typeof effect.set = (value, settings) => (settings.warningLevel === 0 ? {} : effect.set(value, settings));
  return { ...levels, effect: { kind: "option", set } };
}
