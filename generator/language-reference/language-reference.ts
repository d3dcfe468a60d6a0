/** LANGUAGE.md: every attribute, type, directive, switch and message number, as the compiler's own tables have them. */
import {
  diagnosticTable,
  documentedNumbers,
  vocabulary,
  type AttributeEntry,
  type DiagnosticEntry,
  type DocumentedNumber,
  type VocabularyEntry,
} from "../../grammar/index.ts";
import { expectation } from "../command-line/parse-arguments.ts";
import { switchTable } from "../command-line/switch-table.ts";
import { spelling, type Switch } from "../command-line/switch.ts";
import { commandLineNumbers } from "./command-line-numbers.ts";

/** The text of LANGUAGE.md, not yet formatted. */
export function languageReference(): string {
  const { attributes, types, directives, arguments: words } = vocabulary;
  return `# The language

What the compiler does with each word of the MIDL reference. This page is made from the compiler's own tables (\`npm run language\`).

- **yes**: it does what the reference says.
- **accepted**: it is read and has no effect here.
- **ignored**: it has no effect, and a warning says so (MIDL2176 where no other number is given).
- **refused**: it is an error, with the number given.

Under /osf, words that are Microsoft's extensions are refused with the number in the last column.

## Attributes

${table(["attribute", "in .idl", "in .acf", "", "what it is", "/osf"], sorted(attributes).map(attributeRow))}

## Types

${table(["type", "", "what it is", "/osf"], sorted(types).map(wordRow))}

## Directives and declarations

${table(["word", "", "what it is", "/osf"], [...directives].map(wordRow))}

## Arguments of attributes

${table(["word", "", "what it is", "/osf"], [...words].map(wordRow))}

## Switches

A switch begins with \`/\` or \`-\`; our own have two hyphens.

${table(["switch", "value", "", "what it does"], switchTable.map(switchRow))}

## Message numbers

Every number that the MIDL reference documents. Our own begin at 9100.

${table(["number", "", "message, or why there is none"], [...documentedNumbers()].map(numberRow))}

${table(["our own", "message"], ownRows())}
`;
}

function attributeRow([name, entry]: readonly [string, AttributeEntry]): readonly string[] {
  const [word = "", ...rest] = wordRow([name, entry]);
  return [`[${word}]`, places(entry.idl), places(entry.acf), ...rest];
}

function places(list: AttributeEntry["idl"]): string {
  return list.length === 0 ? "-" : list.join(", ");
}

function wordRow([name, entry]: readonly [string, VocabularyEntry]): readonly string[] {
  return [name, effect(entry), entry.note, entry.osf === undefined ? "" : midl(entry.osf)];
}

function effect({ effect: kind, midl: number }: VocabularyEntry): string {
  switch (kind) {
    case "implemented":
      return "yes";
    case "accepted":
      return kind;
    case "ignored":
    case "refused":
      return number === undefined ? kind : `${kind}, ${midl(number)}`;
  }
}

function switchRow(one: Switch): readonly string[] {
  const names = [one.name, ...(one.aliases ?? [])].map((name) => spelling(one, name)).join(", ");
  switch (one.effect.kind) {
    case "option":
      return [names, expectation(one), "yes", one.help];
    case "ignored":
      return [names, expectation(one), "accepted", `${one.help}: ${one.effect.reason}`];
    case "refused":
      return [names, expectation(one), `refused, ${midl(one.effect.obsolete ? 2397 : 1010)}`, one.effect.reason];
  }
}

function numberRow([number, documented]: readonly [number, DocumentedNumber]): readonly string[] {
  switch (documented.status) {
    case "implemented":
      return [midl(number), "yes", messagesOf(number)];
    case "command line": {
      const here = commandLineNumbers().get(number);
      return [midl(number), here?.isReported === true ? "yes" : "cannot occur", here?.text ?? ""];
    }
    case "cannot occur":
      return [midl(number), documented.status, documented.because];
  }
}

function messagesOf(number: number): string {
  const entries = Object.values<DiagnosticEntry>(diagnosticTable).filter((entry) => entry.midl === number);
  return [...new Set(entries.map(({ message }) => message))].join("; ");
}

function ownRows(): readonly (readonly string[])[] {
  const own = Object.values<DiagnosticEntry>(diagnosticTable).filter((entry) => entry.midl >= 9100);
  const rows = [...own.map((entry): [number, string] => [entry.midl, entry.message]), ...commandLineRows()];
  return rows.sort(([left], [right]) => left - right).map(([number, message]) => [midl(number), message]);
}

function commandLineRows(): readonly [number, string][] {
  return [...commandLineNumbers()].flatMap(([number, { text }]): [number, string][] =>
    number >= 9100 ? [[number, text]] : [],
  );
}

function sorted<Entry>(words: ReadonlyMap<string, Entry>): readonly (readonly [string, Entry])[] {
  return [...words].sort(([left], [right]) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1));
}

function midl(number: number): string {
  return `MIDL${number.toString()}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const row = ([word = "", ...others]: readonly string[]): string => line([`\`${word}\``, ...others.map(cell)]);
  return [line(heads), `|${" --- |".repeat(heads.length)}`, ...rows.map(row)].join("\n");
}

/** Text in which nothing is Markdown. */
function cell(text: string): string {
  return text.replace(/[|<*\\]/g, "\\$&");
}
