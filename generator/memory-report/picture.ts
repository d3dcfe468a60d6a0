/** The picture of an operation: a box for each node, an arrow for each pointer, the owners on both sides. */
import type { ClientShare, PointerMemory, ServerShare } from "../ownership/facts.ts";
import { boxesOf, type Box, type BoxRow } from "./boxes.ts";
import { cutEnd, cutStart, escaped } from "./escape.ts";
import {
  heightOf,
  measures,
  narrowLayout,
  rowsShown,
  wideLayout,
  widthOf,
  type Layout,
  type PlacedBox,
} from "./picture-layout.ts";
import type { OperationReport } from "./report.ts";
import { clientAllocates, clientFrees, serverAllocates, serverFrees, type Party } from "./words.ts";

/** An operation's picture for wide and for narrow pages; the boxes are drawn once and used by both. Nothing without nodes. */
export function pictureText({ operation, parameters }: OperationReport, prefix: string): string {
  const boxes = boxesOf(parameters);
  if (!boxes.some(({ pointer }) => pointer !== undefined)) return "";
  const title = `Pointers of ${operation.name}`;
  const text = boxes.flatMap((box) => (box.pointer === undefined ? [] : [spoken(box, box.pointer)])).join(" ");
  const drawn = boxes.map((box) => boxText(box, prefix)).join("");
  const picture = (kind: "wide" | "narrow", layout: Layout): string => {
    const { width, height } = layout;
    const id = `${prefix}-${kind}`;
    return (
      `<div class="picture ${kind}"><svg role="img" aria-labelledby="${id}-t ${id}-d" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(text)}</desc>` +
      `${arrowsText(layout, kind)}${layout.boxes.map((each) => placedText(each, prefix)).join("")}</svg></div>`
    );
  };
  const whole =
    `<svg class="parts" aria-hidden="true" width="0" height="0"><defs>${drawn}</defs></svg>` +
    picture("wide", wideLayout(boxes)) +
    picture("narrow", narrowLayout(boxes));
  if (boxes.length <= MOST_BOXES_SHOWN) return whole;
  return `<details class="drawing"><summary>Picture of ${boxes.length} boxes</summary>${whole}</details>`;
}

/** A picture of more boxes is shown on demand. */
const MOST_BOXES_SHOWN = 24;

/** What one who does not see the picture is told of a box. */
function spoken({ title }: Box, pointer: PointerMemory): string {
  const { client, server, path } = pointer;
  return (
    `${path} points to ${title}; client: allocated by ${clientAllocates(client).text}, freed by ${clientFrees(client).text}; ` +
    `server: allocated by ${serverAllocates(server).text}, freed by ${serverFrees(server).text}.`
  );
}

function boxText(box: Box, prefix: string): string {
  const width = widthOf(box);
  const height = heightOf(box);
  const { pointer, title, direction, id } = box;
  const frame = `x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"`;
  const parts = [
    ...(pointer === undefined ? [] : [`<rect class="p-node" ${frame}/>`]),
    pointer === undefined
      ? `<text class="p-name" x="12" y="20">${escaped(cutEnd(title, 15))}</text><text class="p-number" x="${width - 12}" y="20">${direction}</text>`
      : `<text class="p-name" x="12" y="20">${escaped(cutEnd(title, 28))}<title>${escaped(title)}</title></text><text class="p-number" x="${width - 12}" y="20">${id}</text>`,
    ...rowsShown(box).map((row, index) => rowText(row, rowTop(index), width)),
    ...(pointer === undefined ? [] : ownersText(pointer, height)),
    `<rect class="p-edge${pointer === undefined ? " p-root" : ""}" ${frame}/>`,
  ];
  return `<g id="${prefix}-${boxName(id)}">${parts.join("")}</g>`;
}

/** Identifiers have no minus sign. */
function boxName(id: number): string {
  return id > 0 ? `n${id}` : `p${-id}`;
}

function rowTop(index: number): number {
  return measures.header + 4 + index * measures.row;
}

function rowText(row: BoxRow, top: number, width: number): string {
  const y = top + 13;
  const right = width - 14;
  const room = width > measures.rootWidth ? 26 : 18;
  switch (row.kind) {
    case "arrow":
      return `<text class="p-field" x="12" y="${y}">${escaped(cutEnd(row.text, room))}</text><text class="p-kind" x="${right}" y="${y}">${escaped(row.kindText)}</text><circle class="p-port" cx="${width - 0.5}" cy="${y - 4}" r="3.5"/>`;
    case "again":
      return `<text class="p-field" x="12" y="${y}">${escaped(cutEnd(row.text, room - 2))}</text><text class="p-kind" x="${right}" y="${y}">${row.isLoop ? escaped(row.pointer.pointer) : `= ${row.to}`}</text>${row.isLoop ? `<circle class="p-port" cx="${width - 0.5}" cy="${y - 4}" r="3.5"/>` : ""}`;
    case "values":
      return `<text class="p-value" x="12" y="${y}">${escaped(cutEnd(row.text, 36))}<title>${escaped(row.text)}</title></text>`;
    case "more":
      return `<text class="p-value" x="12" y="${y}">${escaped(row.text)}</text>`;
    default:
      return row satisfies never;
  }
}

/** The lower part of a box: who allocates and who frees the node, on the client and on the server. */
function ownersText(pointer: PointerMemory, height: number): readonly string[] {
  const top = height - measures.owners;
  return [
    `<text class="p-small" x="52" y="${top + 12}">allocates</text><text class="p-small" x="186" y="${top + 12}">frees</text>`,
    sideText("client", top + 17, clientParties(pointer.client), 0),
    sideText("server", top + 40, serverParties(pointer.server), 7),
  ];
}

interface Parties {
  readonly allocating: readonly Party[];
  readonly allocates: string;
  readonly freeing: Party;
  readonly frees: string;
}

function clientParties(share: ClientShare): Parties {
  const { parties } = clientAllocates(share);
  const [freeing = "caller"] = clientFrees(share).parties;
  const or = share.allocates === "application-or-stub" ? " or " : " + ";
  const allocates = share.allocates === "application-buffer" ? "caller's buffer" : parties.map(shortName).join(or);
  return {
    allocating: parties,
    allocates,
    freeing,
    frees: share.frees === "application-block" ? "caller (block)" : shortName(freeing),
  };
}

function serverParties(share: ServerShare): Parties {
  const { parties } = serverAllocates(share);
  const [freeing = "server-stub"] = serverFrees(share).parties;
  const allocates = parties.map(shortName).join(" + ");
  return {
    allocating: parties,
    allocates,
    freeing,
    frees: share.frees === "stub-block" ? "stub (block)" : shortName(freeing),
  };
}

function shortName(party: Party): string {
  switch (party) {
    case "client-stub":
    case "server-stub":
      return "stub";
    case "environment":
      return "RpcSs";
    default:
      return party;
  }
}

/** One side's line on the colour of the one who frees; `radius` rounds the lower corners. */
function sideText(side: "client" | "server", top: number, parties: Parties, radius: number): string {
  const { allocating, allocates, freeing, frees } = parties;
  const right = measures.boxWidth - 1;
  const corner = (x: number, y: number): string => (radius === 0 ? "" : `a${radius} ${radius} 0 0 1 ${x} ${y}`);
  const shape = `M1 ${top}H${right}v${22 - radius}${corner(-radius, radius)}H${1 + radius}${corner(-radius, -radius)}Z`;
  return (
    `<path class="half ${freeing}" d="${shape}"/><text class="p-small" x="10" y="${top + 15}">${side}</text>` +
    partiesText(52, top + 15, allocating, allocates) +
    partiesText(186, top + 15, [freeing], frees)
  );
}

function partiesText(x: number, y: number, parties: readonly Party[], text: string): string {
  const dots = parties.map(
    (party, index) => `<circle class="dot ${party}" cx="${x + 4 + index * 10}" cy="${y - 4}" r="4"/>`,
  );
  return `${dots.join("")}<text class="p-party" x="${x + parties.length * 10 + 3}" y="${y}">${escaped(text)}</text>`;
}

function placedText({ box, x, y }: PlacedBox, prefix: string): string {
  const { pointer } = box;
  const use = `<use href="#${prefix}-${boxName(box.id)}" x="${x}" y="${y}"/>`;
  if (pointer === undefined) return use;
  const mark = pointer.orphans.length > 0 ? ` class="p-path lost"` : ` class="p-path"`;
  return `<text${mark} x="${x + 2}" y="${y - 6}">${escaped(cutStart(pointer.path, 36))}<title>${escaped(pointer.path)}</title></text>${use}`;
}

/** Arrows from the rows of boxes to the boxes that they lead to, and around a box to itself. */
function arrowsText({ boxes }: Layout, kind: "wide" | "narrow"): string {
  const places = new Map(boxes.map((each) => [each.box.id, each]));
  return boxes
    .flatMap((from) =>
      from.box.rows.flatMap((row, index) => {
        if (row.kind === "again" && row.isLoop) return [loopText(from, index, row.pointer)];
        const to = row.kind === "arrow" ? places.get(row.to) : undefined;
        if (to === undefined) return [];
        return [kind === "wide" ? acrossText(from, index, to) : downText(from, to)];
      }),
    )
    .join("");
}

function portOf({ box, x, y }: PlacedBox, index: number): { readonly x: number; readonly y: number } {
  return { x: x + widthOf(box), y: y + (rowsShown(box).length === 0 ? 15 : rowTop(index) + 9) };
}

function acrossText(from: PlacedBox, index: number, to: PlacedBox): string {
  const port = portOf(from, index);
  const end = { x: to.x - 2, y: to.y + 15 };
  const bend = (end.x - port.x) / 2;
  return arrow(
    `M${port.x} ${port.y}C${port.x + bend} ${port.y} ${end.x - bend} ${end.y} ${end.x - 6} ${end.y}`,
    end,
    to.box.pointer,
  );
}

function downText(from: PlacedBox, to: PlacedBox): string {
  const x = from.x + 7;
  const end = { x: to.x - 1, y: to.y + 15 };
  return arrow(
    `M${x} ${from.y + from.height}V${end.y - 6}Q${x} ${end.y} ${x + 4} ${end.y}H${end.x - 5}`,
    end,
    to.box.pointer,
  );
}

function loopText(from: PlacedBox, index: number, pointer: PointerMemory): string {
  const port = portOf(from, index);
  const end = { x: port.x + 1, y: from.y + 15 };
  const path = `M${port.x} ${port.y}C${port.x + 22} ${port.y} ${port.x + 22} ${end.y} ${end.x + 6} ${end.y}`;
  return arrow(path, end, pointer, -1);
}

/** A line with a head that points to the right, or with `way` -1 to the left. */
function arrow(
  path: string,
  end: { readonly x: number; readonly y: number },
  pointer: PointerMemory | undefined,
  way: 1 | -1 = 1,
): string {
  const lost = pointer !== undefined && pointer.orphans.length > 0 ? " lost" : "";
  const back = end.x - way * 8;
  const title = pointer === undefined ? "" : `<title>${escaped(pointer.path)}</title>`;
  return `<g class="arrow${lost}">${title}<path d="${path}"/><path class="head" d="M${end.x} ${end.y}L${back} ${end.y - 4.5}V${end.y + 4.5}Z"/></g>`;
}
