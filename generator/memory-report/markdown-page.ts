/** The memory report as Markdown: a table for each operation. */
import type { ParameterMemory, PointerMemory, Referent } from "../ownership/facts.ts";
import type { InterfaceReport, MemoryReport, OperationReport } from "./report.ts";
import { involvesMemory, rowsOf, type Row } from "./rows.ts";
import {
  chosenBy,
  clientAllocates,
  clientFrees,
  environmentText,
  modelText,
  notesOf,
  orphanText,
  placeText,
  serverAllocates,
  serverFrees,
} from "./words.ts";

/** The page. */
export function markdownPage({ file, interfaces }: MemoryReport): string {
  const parts = [
    `# Memory of ${code(file)}`,
    "Who allocates what each operation carries, who frees it and when. On the client, _caller_ is the application and _stub_ the client stub; on the server, _manager_ is the application's routine and _stub_ the server stub. Stubs allocate and free with the application's `midl_user_allocate` and `midl_user_free`. A server stub frees after the reply has been marshaled, also when the manager throws; a call that fails leaves nothing allocated on the client.",
    ...interfaces.flatMap(interfaceParts),
  ];
  if (interfaces.every(({ operations }) => operations.length === 0)) parts.push("There are no operations.");
  return `${parts.join("\n\n")}\n`;
}

function interfaceParts({ interface: owner, operations }: InterfaceReport): readonly string[] {
  if (operations.length === 0) return [];
  return [
    `## Interface ${code(owner.name)}`,
    `${owner.uuid}, version ${owner.version.major}.${owner.version.minor}, ${plain(placeText(owner.span))}`,
    ...operations.flatMap(operationParts),
  ];
}

function operationParts(report: OperationReport): readonly string[] {
  const { operation, opnum, parameters, omitted } = report;
  const parts = [
    `### ${opnum}. ${code(operation.name)}`,
    `${code(operation.signature)}, ${plain(placeText(operation.span))}`,
  ];
  if (operation.documentation !== undefined) parts.push(plain(operation.documentation.trim()));
  if (omitted !== undefined) parts.push(`Left out of the stubs: ${plain(omitted)}.`);
  const environment = environmentText(report);
  if (environment !== "") parts.push(plain(environment));
  const involved = parameters.filter(involvesMemory);
  if (involved.length > 0) parts.push(table(involved));
  const others = parameters.filter((each) => !involvesMemory(each)).map(otherText);
  if (others.length > 0)
    parts.push(`${involved.length > 0 ? "No nodes" : "There are no nodes"}: ${others.join(", ")}.`);
  return parts;
}

const HEADS = [
  "Pointer",
  "Refers to",
  "Client allocates",
  "Client frees",
  "Server allocates",
  "Server frees",
  "Model",
  "Notes",
];

function table(parameters: readonly ParameterMemory[]): string {
  const rows = parameters.flatMap((parameter) => [
    ...rowsOf(parameter).map((row) => cells(row, parameter)),
    ...parameter.conversions.map(({ path, attribute, presented, transmitted, span }) => [
      code(path),
      `${code(presented)}, sent as ${code(transmitted)}`,
      "the object: its holder; behind it: your routines",
      "your routines",
      "the object: its holder; behind it: your routines",
      "your routines, after the reply",
      `${code(`[${attribute}]`)} ${plain(placeText(span))}`,
      "",
    ]),
  ]);
  const line = (values: readonly string[]): string => `| ${values.join(" | ")} |`;
  return [line(HEADS), line(HEADS.map(() => "---")), ...rows.map(line)].join("\n");
}

function cells({ first, pointers }: Row, parameter: ParameterMemory): readonly string[] {
  const paths = pointers.map(({ path }) => code(path)).join(", ");
  if (first.referent.kind === "value") {
    const types = [...new Set(pointers.map(({ referent }) => code(referent.type)))].join(", ");
    return [paths, types, "held by value", "with its holder", "held by value", "with its holder", "", ""];
  }
  const orphans = first.orphans.map((each) => `**orphan** ${plain(orphanText(each))}`);
  return [
    `${paths} ${kindText(first, parameter)}`.trimEnd(),
    referentText(first.referent),
    clientAllocates(first.client).text,
    clientFrees(first.client).text,
    serverAllocates(first.server).text,
    serverFrees(first.server).text,
    first.models.map((each) => `${plain(modelText(each))} (${plain(chosenBy(each))})`).join(", "),
    [...notesOf(first).map(plain), ...orphans].join("; "),
  ];
}

/** `[in, out, unique]` for what stands in the parameter, `[unique]` deeper. */
function kindText({ pointer, holder }: PointerMemory, { direction }: ParameterMemory): string {
  const kind = pointer === "array" ? [] : [pointer];
  const way = holder === undefined && direction !== "return" ? [direction] : [];
  const words = [...way, ...kind];
  return words.length === 0 ? "" : `\\[${words.join(", ")}\\]`;
}

function referentText(referent: Referent): string {
  switch (referent.kind) {
    case "node":
      return `node ${referent.id}: ${code(referent.type)}`;
    case "again":
      return referent.isAround
        ? `another ${code(referent.type)}, as node ${referent.id}`
        : `as node ${referent.id}: ${code(referent.type)}`;
    case "value":
    case "pointer":
      return code(referent.type);
    default:
      return referent satisfies never;
  }
}

function otherText({ name, form, direction }: ParameterMemory): string {
  const shown = direction === "return" ? "the return value" : code(name);
  return form === "data" ? shown : `${shown} (${form.replace("-", " ")})`;
}

/** Text between backquotes in which nothing is Markdown, also in a table. */
function code(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  const ticks = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([each]) => each.length));
  const fence = "`".repeat(ticks + 1);
  return ticks === 0 ? `\`${flat}\`` : `${fence} ${flat} ${fence}`;
}

/** Text in which nothing is Markdown. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|]/g, "\\$&");
}
