/** The vocabulary as a whole, and looking words up in it. */
import { attributeArguments } from "./arguments.ts";
import { automationAttributes } from "./automation-attributes.ts";
import { configurationAttributes } from "./configuration-attributes.ts";
import { directives } from "./directives.ts";
import type { AttributeEntry, VocabularyEntry } from "./entry.ts";
import { remoteAttributes } from "./remote-attributes.ts";
import { types } from "./types.ts";

/** Everything that the language reference lists. */
export interface Vocabulary {
  readonly attributes: ReadonlyMap<string, AttributeEntry>;
  readonly types: ReadonlyMap<string, VocabularyEntry>;
  readonly directives: ReadonlyMap<string, VocabularyEntry>;
  /** Words that are arguments of attributes. */
  readonly arguments: ReadonlyMap<string, VocabularyEntry>;
}

/** The vocabulary by name. */
export const vocabulary: Vocabulary = {
  attributes: new Map<string, AttributeEntry>([
    ...Object.entries(remoteAttributes),
    ...Object.entries(configurationAttributes),
    ...Object.entries(automationAttributes),
  ]),
  types: new Map<string, VocabularyEntry>(Object.entries(types)),
  directives: new Map<string, VocabularyEntry>(Object.entries(directives)),
  arguments: new Map<string, VocabularyEntry>(Object.entries(attributeArguments)),
};

/** The known attribute whose name is most like an unknown one; undefined when none is near. */
export function nearestAttribute(name: string): string | undefined {
  let nearest: string | undefined;
  let best = Math.min(3, Math.ceil(name.length / 3) + 1);
  for (const known of vocabulary.attributes.keys()) {
    const distance = editDistance(name, known, best);
    if (distance >= best) continue;
    best = distance;
    nearest = known;
  }
  return nearest;
}

/** How many letters must be changed, added, left out or exchanged with their neighbour; `limit` when it is that or more. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const exchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const changed = (previous[column - 1] ?? 0) + (same ? 0 : 1);
      const shifted = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      const swapped = exchanged ? (beforePrevious[column - 2] ?? 0) + 1 : limit;
      current.push(Math.min(changed, shifted, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? limit;
}
