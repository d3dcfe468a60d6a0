import { identityOf, linearNodeOf } from "./linear-node.ts";

/**
 * Takes nodes that are about to be freed out of storage that stays: every pointer to one of them becomes null (M3).
 *
 * @param nodes identities of the nodes
 * @param storage what the application passed in; walked without recursion, each object once, not into the nodes themselves
 * @returns identities of the objects that stay reachable from it
 */
export function disown(storage: object, nodes: ReadonlySet<object>): ReadonlySet<object> {
  const seen = new Set<object>([storage]);
  const pending: object[] = [storage];
  for (let owner = pending.pop(); owner !== undefined; owner = pending.pop()) {
    if (ArrayBuffer.isView(owner)) continue;
    for (const key of linearNodeOf(owner)?.members ?? Object.keys(owner)) {
      const value: unknown = Reflect.get(owner, key);
      if (!isObject(value)) continue;
      if (nodes.has(identityOf(value))) Reflect.set(owner, key, null);
      else if (!seen.has(identityOf(value))) {
        seen.add(identityOf(value));
        pending.push(value);
      }
    }
  }
  return seen;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
