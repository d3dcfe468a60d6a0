/** The nodes of an operation as boxes, each with the pointers in it and the boxes that they lead to. */
import type { ParameterMemory, PointerMemory } from "../ownership/facts.ts";
import { involvesMemory } from "./rows.ts";

/** A box: a node, or a parameter where the arrows begin. */
export interface Box {
  /** A node's number; below 0 for parameters. */
  readonly id: number;
  readonly depth: number;
  /** The box that holds the pointer to this one; undefined for parameters. */
  readonly holder: number | undefined;
  /** The type of a node, the name of a parameter. */
  readonly title: string;
  /** Which way a parameter travels; empty for nodes and for the return value. */
  readonly direction: string;
  /** The pointer that leads here; undefined for parameters. */
  readonly pointer: PointerMemory | undefined;
  readonly rows: readonly BoxRow[];
}

/** A line in a box. */
export type BoxRow =
  /** An arrow begins here. */
  | { readonly kind: "arrow"; readonly text: string; readonly kindText: string; readonly to: number }
  /** Another node of a kind that has its box already. */
  | {
      readonly kind: "again";
      readonly text: string;
      readonly pointer: PointerMemory;
      readonly to: number;
      readonly isLoop: boolean;
    }
  /** Strings and scalars that are held by value. */
  | { readonly kind: "values"; readonly text: string }
  | { readonly kind: "more"; readonly text: string };

/** Lines of a box that a picture shows at most. */
const MOST_ROWS = 10;

/** The boxes of an operation: each parameter that involves memory, followed by its nodes in the order of the .idl. */
export function boxesOf(parameters: readonly ParameterMemory[]): readonly Box[] {
  return parameters.filter(involvesMemory).flatMap((parameter, index) => parameterBoxes(parameter, -1 - index));
}

function parameterBoxes(parameter: ParameterMemory, root: number): readonly Box[] {
  const byHolder = new Map<number, PointerMemory[]>();
  for (const pointer of parameter.pointers) {
    if (pointer.referent.kind === "pointer") continue;
    const holder = pointer.holder ?? root;
    const known = byHolder.get(holder);
    if (known === undefined) byHolder.set(holder, [pointer]);
    else known.push(pointer);
  }
  const { name, direction } = parameter;
  const rootRows = rowsIn(byHolder.get(root) ?? [], root);
  const boxes: Box[] = [
    {
      id: root,
      depth: 0,
      holder: undefined,
      title: direction === "return" ? "return value" : name,
      direction: direction === "return" ? "" : direction,
      pointer: undefined,
      rows: rootRows,
    },
  ];
  const depths = new Map([[root, 0]]);
  for (const pointer of parameter.pointers) {
    const { referent } = pointer;
    if (referent.kind !== "node") continue;
    const holder = pointer.holder ?? root;
    const depth = (depths.get(holder) ?? 0) + 1;
    depths.set(referent.id, depth);
    const rows = rowsIn(byHolder.get(referent.id) ?? [], referent.id);
    boxes.push({ id: referent.id, depth, holder, title: referent.type, direction: "", pointer, rows });
  }
  return boxes;
}

function rowsIn(pointers: readonly PointerMemory[], id: number): readonly BoxRow[] {
  const values = pointers.filter(({ referent }) => referent.kind === "value").map(({ label }) => label);
  const rows = pointers.flatMap((pointer): BoxRow[] => {
    const { referent, label } = pointer;
    const kindText = pointer.pointer === "array" ? "" : pointer.pointer;
    if (referent.kind === "node") return [{ kind: "arrow", text: label, kindText, to: referent.id }];
    if (referent.kind !== "again") return [];
    return [{ kind: "again", text: label, pointer, to: referent.id, isLoop: referent.id === id }];
  });
  // Every arrow begins in a row; of the others, those that find room are shown.
  const arrows = rows.filter((row) => row.kind === "arrow" || (row.kind === "again" && row.isLoop));
  const room = Math.max(0, MOST_ROWS - arrows.length);
  const others = rows.filter((row) => !arrows.includes(row));
  const shown = new Set<BoxRow>([...arrows, ...others.slice(0, room)]);
  const left = others.length - Math.min(room, others.length);
  return [
    ...(values.length > 0 ? [{ kind: "values", text: values.join(", ") } as const] : []),
    ...rows.filter((row) => shown.has(row)),
    ...(left > 0 ? [{ kind: "more", text: `and ${left} more` } as const] : []),
  ];
}
