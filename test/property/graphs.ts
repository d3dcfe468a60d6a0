/** Random graphs of full pointers: aliases and cycles, and whether two graphs have the same shape. */
import type { SeededRandom } from "../support/seeded-random.ts";
import { property } from "../support/property.ts";

/** A node of a graph. */
export interface Vertex {
  value: number;
  left: Vertex | null;
  right: Vertex | null;
}

/** A graph of 1 to 12 nodes whose pointers lead anywhere, or nowhere. */
export function randomGraph(random: SeededRandom): Vertex {
  const root: Vertex = { value: 0, left: null, right: null };
  const vertices = [root];
  for (let count = random.below(12); count > 0; count--)
    vertices.push({ value: vertices.length, left: null, right: null });
  const target = (): Vertex | null => (random.chance(0.25) ? null : random.pick(vertices));
  for (const vertex of vertices) {
    vertex.left = target();
    vertex.right = target();
  }
  return root;
}

/** How many pointers lead to a node that was reached before: along the way that leads there (cycles), or by another way (aliases). */
export function sharing(root: Vertex): { readonly aliases: number; readonly cycles: number } {
  const seen = new Set<Vertex>();
  const open = new Set<Vertex>();
  let [aliases, cycles] = [0, 0];
  const visit = (vertex: Vertex | null): void => {
    if (vertex === null) return;
    if (open.has(vertex)) cycles++;
    else if (seen.has(vertex)) aliases++;
    else {
      seen.add(vertex);
      open.add(vertex);
      visit(vertex.left);
      visit(vertex.right);
      open.delete(vertex);
    }
  };
  visit(root);
  return { aliases, cycles };
}

/** Where another graph differs: in a value, a null pointer, or in which pointers lead to the same node; undefined where it does not. */
export function graphDifference(sent: Vertex, received: unknown): string | undefined {
  const partners = new Map<unknown, unknown>();
  const taken = new Set<unknown>();
  const pending: [Vertex | null, unknown, string][] = [[sent, received, "value"]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [from, to, path] = next;
    if (from === null || to === null) {
      if (from !== to) return `${path}: null on one side`;
      continue;
    }
    if (partners.has(from)) {
      if (partners.get(from) !== to) return `${path}: another node`;
      continue;
    }
    if (taken.has(to)) return `${path}: a node that stands for another`;
    partners.set(from, to);
    taken.add(to);
    if (property(to, "value") !== from.value) return `${path}.value: another number`;
    pending.push(
      [from.left, property(to, "left"), `${path}.left`],
      [from.right, property(to, "right"), `${path}.right`],
    );
  }
  return undefined;
}
