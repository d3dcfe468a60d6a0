/** What the benchmark prints and what its page says: tables of measurements beside peers. */
import type { ProfiledFunction } from "./profile.ts";

/** A number in the unit of its section; of something measured several times, the median and half the distance between the quartiles. */
export type Quantity = number | { readonly median: number; readonly spread: number };

/** A measurement beside a peer's. */
export interface Row {
  readonly name: string;
  /** What was measured of midl-ts. */
  readonly ours: Quantity;
  /** The peer's; undefined where the peer is not installed. */
  readonly theirs: Quantity | undefined;
  /** More is better (a rate), instead of less (a time). */
  readonly isRate?: boolean;
  /** The ratio and how far it spreads, where the two were measured in pairs. */
  readonly paired?: { readonly ratio: number; readonly spread: number };
}

export interface Section {
  readonly title: string;
  /** Unit of both numbers. */
  readonly unit: string;
  readonly peer: string;
  readonly rows: readonly Row[];
}

/** How many times as good as the peer; undefined without one, and where there was nothing to measure. */
export function ratio({ isRate = false, paired, ...row }: Row): number | undefined {
  if (paired !== undefined) return paired.ratio;
  const [ours, theirs] = [medianOf(row.ours), row.theirs === undefined ? undefined : medianOf(row.theirs)];
  if (theirs === undefined || ours === 0 || theirs === 0) return undefined;
  return isRate ? ours / theirs : theirs / ours;
}

/** A section as lines for a terminal. */
export function sectionText(section: Section): string {
  const lines = section.rows.map((row) => {
    const times = ratio(row);
    const peer = row.theirs === undefined ? "not installed" : quantity(row.theirs);
    return `  ${row.name.padEnd(44)} ${quantity(row.ours).padStart(13)} beside ${peer.padStart(13)}${times === undefined ? "" : `: ${times.toFixed(2)}${spread(row)}`}`;
  });
  return [`${section.title}, ${section.unit} (midl-ts beside ${section.peer}: how many times as good)`, ...lines].join(
    "\n",
  );
}

/** Where time goes, as lines for a terminal. */
export function profileText(title: string, found: readonly ProfiledFunction[]): string {
  return [title, ...found.map(({ name, share }) => `  ${percent(share).padStart(6)}  ${name}`)].join("\n");
}

/** The same as Markdown. */
export function profileMarkdown(title: string, found: readonly ProfiledFunction[]): string {
  const rows = found.map(({ name, share }) => `| ${percent(share)} | ${name} |`);
  return [`## ${title}`, "", "| of the samples | function |", "| ---: | --- |", ...rows, ""].join("\n");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A section as Markdown: a table, and a chart of the ratios. */
export function sectionMarkdown(section: Section): string {
  const rows = section.rows.map((row) => {
    const times = ratio(row);
    return `| ${row.name} | ${quantity(row.ours)} | ${row.theirs === undefined ? "not installed" : quantity(row.theirs)} | ${times?.toFixed(2) ?? ""}${spread(row)} |`;
  });
  const drawn = section.rows.filter((row) => ratio(row) !== undefined);
  const most = Math.max(2, ...drawn.map((row) => ratio(row) ?? 0));
  const chart = [
    "```mermaid",
    "xychart-beta horizontal",
    `    title "times as good as ${section.peer}"`,
    `    x-axis [${drawn.map((row) => JSON.stringify(row.name)).join(", ")}]`,
    `    y-axis "ratio" 0 --> ${Math.ceil(most)}`,
    `    bar [${drawn.map((row) => (ratio(row) ?? 0).toFixed(2)).join(", ")}]`,
    "```",
  ];
  return [
    `## ${section.title}`,
    "",
    `| | midl-ts (${section.unit}) | ${section.peer} (${section.unit}) | ratio |`,
    "| --- | ---: | ---: | ---: |",
    ...rows,
    "",
    ...(drawn.length === 0 ? [] : [...chart, ""]),
  ].join("\n");
}

function spread({ paired }: Row): string {
  return paired === undefined ? "" : ` ± ${paired.spread.toFixed(2)}`;
}

function medianOf(value: Quantity): number {
  return typeof value === "number" ? value : value.median;
}

/** `116 ± 2 %`. */
function quantity(value: Quantity): string {
  if (typeof value === "number") return number(value);
  return `${number(value.median)} ± ${(value.spread * 100).toFixed(0)} %`;
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
