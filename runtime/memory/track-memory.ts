import { identityOf } from "./linear-node.ts";
import type { MidlUserMemory } from "./midl-user-memory.ts";
import type { NodeType } from "./node-type.ts";

/** A node that a tracked pair gave out. */
export interface TrackedNode {
  readonly node: object;
  /** IDL name of the node's type. */
  readonly type: string;
  /** Octets in C layout. */
  readonly cBytes: number;
}

/** A node that a stub was told to forget. */
export interface OrphanedNode {
  readonly node: object;
  /** IDL path of the pointer that was severed. */
  readonly path: string;
}

/** A pair that keeps account of another one. All numbers are since it was made. */
export interface TrackedMemory extends MidlUserMemory {
  /** Nodes given out and not yet freed, in the order in which they were given out. */
  readonly live: readonly TrackedNode[];
  readonly liveCount: number;
  /** Octets of the live nodes in C layout. */
  readonly liveOctets: number;
  readonly peakOctets: number;
  readonly allocations: number;
  /** Allocations for which the pair had nothing. */
  readonly failedAllocations: number;
  readonly frees: number;
  readonly doubleFrees: number;
  /** Frees of objects that the pair never gave out: harmless where the garbage collector owns them, an error elsewhere. */
  readonly foreignFrees: number;
  readonly orphaned: readonly OrphanedNode[];
}

/**
 * Wraps a pair and says at any time what is live, what was orphaned, how much there was at most, and what was freed wrongly. A double
 * free and a foreign one are counted and not passed on.
 */
export function trackMemory(memory: MidlUserMemory): TrackedMemory {
  const live = new Map<object, TrackedNode>();
  const freed = new WeakSet();
  const orphaned: OrphanedNode[] = [];
  let [liveOctets, peakOctets, allocations, failedAllocations, frees, doubleFrees, foreignFrees] = [
    0, 0, 0, 0, 0, 0, 0,
  ];
  return {
    copiesStubData: memory.copiesStubData ?? false,
    midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
      const node = memory.midl_user_allocate(cBytes, type);
      if (node === null) {
        failedAllocations++;
        return null;
      }
      allocations++;
      liveOctets += cBytes;
      peakOctets = Math.max(peakOctets, liveOctets);
      const identity = identityOf(node);
      live.set(identity, { node, type: type.name, cBytes });
      freed.delete(identity);
      return node;
    },
    midl_user_free(node) {
      const identity = identityOf(node);
      const known = live.get(identity);
      if (known === undefined) {
        if (freed.has(identity)) doubleFrees++;
        else foreignFrees++;
        return;
      }
      frees++;
      liveOctets -= known.cBytes;
      live.delete(identity);
      freed.add(identity);
      memory.midl_user_free(node);
    },
    midl_user_orphaned(node, path) {
      orphaned.push({ node, path });
      memory.midl_user_orphaned?.(node, path);
    },
    get live() {
      return [...live.values()];
    },
    get liveCount() {
      return live.size;
    },
    get liveOctets() {
      return liveOctets;
    },
    get peakOctets() {
      return peakOctets;
    },
    get allocations() {
      return allocations;
    },
    get failedAllocations() {
      return failedAllocations;
    },
    get frees() {
      return frees;
    },
    get doubleFrees() {
      return doubleFrees;
    },
    get foreignFrees() {
      return foreignFrees;
    },
    get orphaned() {
      return orphaned;
    },
  };
}
