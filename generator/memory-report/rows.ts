/** Rows of the tables: a pointer each, but that those of one node of which the same holds stand together. */
import type { ParameterMemory, PointerMemory } from "../ownership/facts.ts";

/** A row of an operation's table. */
export interface Row {
  /** What holds for all pointers of the row. */
  readonly first: PointerMemory;
  /** One, or several that lie in one node: strings and scalars, or pointers to nodes of a kind that has a row already. */
  readonly pointers: readonly PointerMemory[];
}

/** The rows of a parameter, in the order of the .idl; pointers that stand together come where the first of them stands. */
export function rowsOf({ pointers }: ParameterMemory): readonly Row[] {
  const rows: { readonly first: PointerMemory; readonly pointers: PointerMemory[] }[] = [];
  const byKey = new Map<string, PointerMemory[]>();
  for (const pointer of pointers) {
    if (pointer.referent.kind === "pointer") continue;
    const key = keyOf(pointer);
    const known = key === undefined ? undefined : byKey.get(key);
    if (known !== undefined) {
      known.push(pointer);
      continue;
    }
    const list = [pointer];
    if (key !== undefined) byKey.set(key, list);
    rows.push({ first: pointer, pointers: list });
  }
  return rows;
}

/** What pointers have in common that stand in one row; undefined for one that has a row of its own. */
function keyOf({ referent, holder, pointer, orphans, models }: PointerMemory): string | undefined {
  switch (referent.kind) {
    case "value":
      return `${holder ?? ""} value`;
    case "again": {
      const choices = models.map(({ text, span }) => [text, span?.start]);
      return JSON.stringify([holder, referent.id, pointer, orphans, choices]);
    }
    default:
      return undefined;
  }
}

/** Whether a parameter has rows: pointers to nodes, or conversions. Strings and scalars alone make none. */
export function involvesMemory({ pointers, conversions }: ParameterMemory): boolean {
  return conversions.length > 0 || pointers.some(({ referent }) => referent.kind === "node");
}
