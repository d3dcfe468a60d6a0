import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeType } from "./node-type.ts";
import { shapeOf } from "./node-shape.ts";
import type { NodeShape } from "./node-shape.ts";

/** What a pool may keep. */
export interface PooledMemoryOptions {
  /** Freed nodes that are kept of one type and size; 1024 by default. What is freed beyond goes to the garbage collector. */
  readonly nodesPerType?: number;
  /** Octets in C layout of all that is kept, 16 MB by default. A pool that is full lets go of everything and begins anew. */
  readonly octets?: number;
}

/** Nodes of one type and size. */
interface Bucket {
  /** Whose it is. */
  readonly pool: object;
  readonly shape: NodeShape;
  readonly cBytes: number;
  readonly free: PooledNode[];
  /** The pool was full and began anew: what comes back goes to the garbage collector. */
  isLetGo: boolean;
}

/** A node that the pool made. */
interface PooledNode {
  readonly node: object;
  readonly bucket: Bucket;
  /** Objects that lie in the node: they go with it, whatever its members refer to now. */
  readonly parts: readonly object[];
  isFree: boolean;
}

/**
 * Ordinary objects that are used again: `midl_user_free` keeps a node, and `midl_user_allocate` gives it out anew, zeroed as `create` makes it.
 * Arrays are kept by length.
 *
 * Freeing something twice, or something that the pool never gave out, does nothing. As in C, a node must not be used after it was freed, nor
 * what lies in it (embedded structs, fixed arrays): it may be another node by then. What is never freed is collected as any object.
 */
export function pooledMemory(options: PooledMemoryOptions = {}): MidlUserMemory {
  const { nodesPerType = 1024, octets: limit = 0x100_0000 } = options;
  const types = new Map<NodeType<object>, Map<number, Bucket>>();
  let octets = 0;
  return {
    midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T {
      const bucket = types.get(type)?.get(cBytes);
      const kept = bucket?.free.pop();
      if (kept === undefined) {
        const node = type.create(cBytes);
        remember(node, cBytes, type, bucket);
        return node;
      }
      octets -= cBytes;
      kept.isFree = false;
      kept.bucket.shape.reset(kept.node, kept.parts);
      return nodeOf(kept, type);
    },
    midl_user_free(node) {
      const known = noteOf(node);
      if (known?.bucket.pool !== types || known.isFree) return;
      known.isFree = true;
      const { free, cBytes } = known.bucket;
      if (known.bucket.isLetGo || free.length >= nodesPerType) return;
      octets += cBytes;
      if (octets > limit) letGo();
      else free.push(known);
    },
  };

  function letGo(): void {
    for (const sizes of types.values()) for (const bucket of sizes.values()) bucket.isLetGo = true;
    types.clear();
    octets = 0;
  }

  function remember(node: object, cBytes: number, type: NodeType<object>, known: Bucket | undefined): void {
    let bucket = known;
    if (bucket === undefined) {
      let sizes = types.get(type);
      if (sizes === undefined) types.set(type, (sizes = new Map<number, Bucket>()));
      sizes.set(cBytes, (bucket = { pool: types, shape: shapeOf(node), cBytes, free: [], isLetGo: false }));
    }
    const note: PooledNode = { node, bucket, parts: bucket.shape.partsOf(node), isFree: false };
    Object.defineProperty(node, POOLED, { value: note });
  }
}

/** Where a node says which pool it is from, to nobody else: a WeakMap would be work for the collector. */
const POOLED: unique symbol = Symbol("pooled node");

function noteOf(node: MaybePooled): PooledNode | undefined {
  return node[POOLED];
}

interface MaybePooled {
  readonly [POOLED]?: PooledNode;
}

function nodeOf<T extends object>(kept: PooledNode, type: NodeType<T>): T {
  const { node } = kept;
  if (isNodeOf(node, type)) return node;
  throw new TypeError(`not a ${type.name}`);
}

/** A bucket holds what `create` of its type made. */
function isNodeOf<T extends object>(node: object, _type: NodeType<T>): node is T {
  return typeof node === "object";
}
