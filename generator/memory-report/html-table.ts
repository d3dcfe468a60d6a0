/** The table of an operation. On a narrow page each row becomes a card, its cells labelled by `data-label`. */
import type { ConversionMemory, ParameterMemory, PointerMemory, Referent } from "../ownership/facts.ts";
import { escaped } from "./escape.ts";
import { rowsOf, type Row } from "./rows.ts";
import {
  chosenBy,
  clientAllocates,
  clientFrees,
  modelText,
  notesOf,
  orphanText,
  placeText,
  serverAllocates,
  serverFrees,
  type Doing,
} from "./words.ts";

const HEADS = [
  "Pointer",
  "Refers to",
  "Client allocates",
  "Client frees",
  "Server allocates",
  "Server frees",
  "Model",
  "Notes",
] as const;

/** The rows of the parameters that involve memory. */
export function tableText(operation: string, parameters: readonly ParameterMemory[]): string {
  const heads = HEADS.map((head) => `<th scope="col">${head}</th>`).join("");
  const rows = parameters.flatMap((parameter) => [
    ...rowsOf(parameter).map((row) => pointerRow(row, parameter)),
    ...parameter.conversions.map((each) => rowText(conversionCells(each))),
  ]);
  return `<table><caption class="hidden">Memory of ${escaped(operation)}</caption><thead><tr>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function rowText(values: readonly string[]): string {
  const texts = values.map((value, index) =>
    index === 0 ? `<td class="pointer">${value}</td>` : `<td data-label="${HEADS[index] ?? ""}">${value}</td>`,
  );
  return `<tr>${texts.join("")}</tr>`;
}

function pointerRow({ first, pointers }: Row, parameter: ParameterMemory): string {
  const paths = pointers.map(({ path }) => code(path)).join(", ");
  if (first.referent.kind === "value") {
    const types = [...new Set(pointers.map(({ referent }) => code(referent.type)))].join(", ");
    return `<tr><td class="pointer">${paths}</td><td colspan="${HEADS.length - 1}" class="quiet">${types}, held by value: comes and goes with what holds it</td></tr>`;
  }
  return rowText([
    `${paths}${kindText(first, parameter)}`,
    referentText(first.referent),
    doing(clientAllocates(first.client)),
    doing(clientFrees(first.client)),
    doing(serverAllocates(first.server)),
    doing(serverFrees(first.server)),
    first.models
      .map((each) => `${escaped(modelText(each))} <span class="quiet">${escaped(chosenBy(each))}</span>`)
      .join("<br>"),
    notesText(first),
  ]);
}

function conversionCells({ path, attribute, presented, transmitted, span }: ConversionMemory): readonly string[] {
  const allocates = "the object: its holder; behind it: your routines";
  return [
    code(path),
    `${code(presented)}, sent as ${code(transmitted)}`,
    allocates,
    "your routines",
    allocates,
    "your routines, after the reply",
    `[${attribute}] <span class="quiet">${escaped(placeText(span))}</span>`,
    "",
  ];
}

function notesText(pointer: PointerMemory): string {
  const items = [
    ...notesOf(pointer).map(escaped),
    ...pointer.orphans.map((each) => `<span class="badge lost">orphan</span> ${escaped(orphanText(each))}`),
  ];
  return items.length === 0 ? "" : `<ul class="notes">${items.map((each) => `<li>${each}</li>`).join("")}</ul>`;
}

function kindText({ pointer, holder }: PointerMemory, { direction }: ParameterMemory): string {
  const way = holder === undefined && direction !== "return" ? [direction] : [];
  const words = [...way, ...(pointer === "array" ? [] : [pointer])];
  return words.length === 0 ? "" : ` <span class="badge">${words.join(", ")}</span>`;
}

function referentText(referent: Referent): string {
  switch (referent.kind) {
    case "node":
      return `<span class="quiet">${referent.id}</span> ${code(referent.type)}`;
    case "again":
      return `<span class="quiet">${referent.isAround ? "another, as" : "as"} ${referent.id}</span> ${code(referent.type)}`;
    case "value":
    case "pointer":
      return code(referent.type);
    default:
      return referent satisfies never;
  }
}

function doing({ parties, text }: Doing): string {
  const dots = parties.map((party) => `<i class="dot ${party}"></i>`).join("");
  return `<span class="doing"><span class="dots" aria-hidden="true">${dots}</span><span>${escaped(text)}</span></span>`;
}

/** Long names may break after `->`, `.` and `_`. */
function code(text: string): string {
  return `<code>${escaped(text).replaceAll(/-&gt;|[._]/g, "$&<wbr>")}</code>`;
}
