import type { StructType, Type, UnionType } from "../../grammar/index.ts";
import { conversionOf } from "./conversions.ts";

/** A type that has routines of its own. */
export type Constructed = StructType | UnionType;

/**
 * Finds the recursion groups: strongly connected components of "holds or points to" (Tarjan), without a recursion of its own.
 * A type outside every group nests to a depth that the IDL fixes.
 */
export function recursionGroups(types: Iterable<Constructed>): ReadonlyMap<Constructed, number> {
  const groups = new Map<Constructed, number>();
  const index = new Map<Constructed, number>();
  const low = new Map<Constructed, number>();
  const open: Constructed[] = [];
  const isOpen = new Set<Constructed>();
  let groupCount = 0;

  const visit = (root: Constructed): void => {
    const work: { type: Constructed; targets: readonly Constructed[]; next: number }[] = [];
    const enter = (type: Constructed): void => {
      index.set(type, index.size);
      low.set(type, index.get(type) ?? 0);
      open.push(type);
      isOpen.add(type);
      work.push({ type, targets: reaches(type), next: 0 });
    };
    const lower = (type: Constructed, to: number | undefined): void => {
      low.set(type, Math.min(low.get(type) ?? 0, to ?? 0));
    };
    enter(root);
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const target = frame.targets[frame.next++];
      if (target !== undefined) {
        if (!index.has(target)) enter(target);
        else if (isOpen.has(target)) lower(frame.type, index.get(target));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) lower(parent.type, low.get(frame.type));
      if (low.get(frame.type) === index.get(frame.type)) closeGroup(frame.type);
    }
  };

  const closeGroup = (root: Constructed): void => {
    const members: Constructed[] = [];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      isOpen.delete(member);
      members.push(member);
      if (member === root) break;
    }
    if (members.length === 1 && !reaches(root).includes(root)) return;
    groupCount++;
    for (const member of members) groups.set(member, groupCount);
  };

  for (const type of types) if (!index.has(type)) visit(type);
  return groups;
}

/** The constructed types that a type holds or points to directly. */
export function reaches(type: Constructed): readonly Constructed[] {
  const found: Constructed[] = [];
  const parts = type.kind === "struct" ? type.fields : type.arms;
  for (const part of parts) if (part.type !== undefined) found.push(...constructedIn(part.type));
  return found;
}

/** The constructed types in a type as it travels: through aliases, pointers and arrays. */
export function constructedIn(type: Type): readonly Constructed[] {
  let current = type;
  for (;;) {
    switch (current.kind) {
      case "struct":
      case "union":
        return [current];
      case "alias":
        current = conversionOf(current)?.transmitted ?? current.target;
        break;
      case "pointer":
        current = current.pointee;
        break;
      case "array":
      case "pipe":
        current = current.element;
        break;
      default:
        return [];
    }
  }
}
