import { identityOf } from "./linear-node.ts";

/**
 * Nodes that lie inside a block: the pair has never given them out, and the block is freed as one. The registry belongs to the identity
 * of the objects, like a property that nobody sees, so that they stay plain.
 */
const PLACED = new WeakSet();

/** Notes that a node lies inside a block. Returns it. */
export function notePlaced<T extends object>(node: T): T {
  PLACED.add(identityOf(node));
  return node;
}

/** Whether a node lies inside a block, so that it is not freed by itself. */
export function isPlaced(node: object): boolean {
  return PLACED.has(identityOf(node));
}
