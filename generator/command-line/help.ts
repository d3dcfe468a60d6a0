/** The text of /help and /confirm. */
import { expectation, type GivenSwitch } from "./parse-arguments.ts";
import { spelling, switchGroups, type Switch } from "./switch.ts";

const NAME_WIDTH = 36;

/** What /help shows: every switch, in groups. */
export function helpText(table: readonly Switch[]): string {
  const sections = switchGroups.map((group) => {
    const rows = table.filter((each) => each.group === group).map(row);
    return `${group.toUpperCase()}\n${rows.join("\n")}\n`;
  });
  return `midl-ts [switches] file.idl... : compiles MIDL and DCE interface definitions to TypeScript stubs

A switch begins with / or -. @file stands for the arguments in a file. NAME.acf beside NAME.idl is read by itself.

${sections.join("\n")}
EXIT STATUS
  0 when all files were generated, 1 when there were errors, 2 when the command line is wrong
`;
}

/** What /confirm shows: the switches that were given, response files included, and the input files. */
export function confirmText(given: readonly GivenSwitch[], files: readonly string[]): string {
  const lines = given.map((each) => `  ${`${each.spelled} ${each.value}`.trimEnd()}`);
  return ["switches:", ...lines, "input files:", ...files.map((file) => `  ${file}`), ""].join("\n");
}

function row(one: Switch): string {
  const names = [one.name, ...(one.aliases ?? [])].map((name) => spelling(one, name)).join(", ");
  const usage = `  ${names} ${expectation(one)}`.trimEnd();
  const separator = usage.length < NAME_WIDTH ? " ".repeat(NAME_WIDTH - usage.length) : `\n${" ".repeat(NAME_WIDTH)}`;
  return `${usage}${separator}${one.help}${remark(one)}`;
}

/** The reason comes when the switch is used. */
function remark({ effect }: Switch): string {
  switch (effect.kind) {
    case "option":
      return "";
    case "ignored":
      return " (no effect)";
    case "refused":
      return " (not available)";
  }
}
