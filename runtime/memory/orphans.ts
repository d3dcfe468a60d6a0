import { identityOf } from "./linear-node.ts";
import { pathInside } from "./node-type.ts";
import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeType, ReferentVisitor } from "./node-type.ts";

/** Visits the pointers of a call's parameters that storage of the application hangs on, as they stand when it is called. */
export type VisitStorage = (visit: ReferentVisitor) => void;

/** Stands for the path of the owner in the path of a pointer: the whole path of every pointer of a long list would be long. */
const OWNER = "@";

interface Owner {
  /** IDL path of the pointer that leads to the owner. */
  readonly path: string;
  /** The pointers in the owner that are not null, by their IDL path from the owner on. */
  readonly pointers: ReadonlyMap<string, object>;
  /** Visits them as they stand now. */
  readonly visit: VisitStorage;
}

/**
 * The pointers of existing storage before a call, to find those that the reply severed: pointers that are null now or refer to
 * something else, arms that a union has not any more, elements that an array has not any more (MIDL "Memory Orphaning").
 */
export class ExistingStorage {
  readonly #owners: readonly Owner[];

  constructor(parameters: VisitStorage) {
    this.#owners = ownersFrom(parameters);
  }

  /**
   * Tells the pair of every pointer that the reply severed, unless something that the parameters lead to now still refers to the node
   * (M20, M21). What lies behind a severed pointer is not told of.
   *
   * @param parameters the parameters as the reply left them
   */
  reportOrphans(parameters: VisitStorage, memory: MidlUserMemory): void {
    const severed = this.#severed(parameters);
    if (severed.length === 0) return;
    const reachable = new Set<object>();
    walk(parameters, (node) => {
      reachable.add(identityOf(node));
    });
    for (const { node, path } of severed) if (!reachable.has(identityOf(node))) memory.midl_user_orphaned?.(node, path);
  }

  /** Pointers that do not refer to what they referred to before. The first owner are the parameters themselves. */
  #severed(parameters: VisitStorage): { readonly node: object; readonly path: string }[] {
    return this.#owners.flatMap(({ path: owner, pointers, visit }, index) => {
      if (pointers.size === 0) return [];
      const now = pointersOf(index === 0 ? parameters : visit);
      return [...pointers].flatMap(([path, node]) =>
        isSame(now.get(path), node) ? [] : [{ node, path: path.replace(OWNER, () => owner) }],
      );
    });
  }
}

function isSame(now: object | undefined, node: object): boolean {
  return now !== undefined && identityOf(now) === identityOf(node);
}

function ownersFrom(parameters: VisitStorage): Owner[] {
  const owners: Owner[] = [{ path: "", pointers: pointersOf(parameters), visit: parameters }];
  walk(parameters, (node, type, path) => {
    const visit: VisitStorage = (visitor) => {
      type.referents(node, visitor, pathInside(type, OWNER));
    };
    owners.push({ path, pointers: pointersOf(visit), visit });
  });
  return owners;
}

function pointersOf(visit: VisitStorage): Map<string, object> {
  const pointers = new Map<string, object>();
  visit((node, _type, path = "") => {
    if (node !== null && node !== undefined) pointers.set(path, node);
  });
  return pointers;
}

/** Calls `found` for everything that is reachable, each object once, without recursion. */
function walk(from: VisitStorage, found: <T extends object>(node: T, type: NodeType<T>, path: string) => void): void {
  const seen = new Set<object>();
  const pending: VisitStorage[] = [from];
  const add: ReferentVisitor = (node, type, path = "") => {
    if (node === null || node === undefined || seen.has(identityOf(node))) return;
    seen.add(identityOf(node));
    found(node, type, path);
    pending.push((visitor) => {
      type.referents(node, visitor, pathInside(type, path));
    });
  };
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) visit(add);
}
