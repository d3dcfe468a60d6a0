import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { NodeType, ReferentVisitor } from "../memory/node-type.ts";
import type { RpcError } from "../rpc-error.ts";
import { routineError, type ApplicationConversions } from "./application-conversions.ts";
import type { ConvertedVisitor } from "./conversion.ts";

/** What a generated server stub visits after a call. */
export interface ConvertedWalk {
  /** An object of the application whose free routine is called. */
  readonly object: ConvertedVisitor;
  /** A node: all objects in it and behind it. */
  readonly node: ReferentVisitor;
  /** A node of an [in] parameter: only `_UserFree` is called for objects in it and behind it. */
  readonly component: ReferentVisitor;
  /** An object of the application inside an [in] parameter. */
  readonly componentObject: ConvertedVisitor;
}

/**
 * Calls the free routines for what a server stub has to free after a call (memory rule M40), each object once, in the order of the
 * parameters, before any node is freed. All are called, also when one throws.
 *
 * @returns what the first of them that failed threw
 */
export function freeConverted(
  conversions: ApplicationConversions,
  memory: MidlUserMemory,
  path: string,
  visit: (walk: ConvertedWalk) => void,
): RpcError | undefined {
  const freed = new Set<unknown>();
  let failure: RpcError | undefined;
  const free: ConvertedVisitor = (conversion, presented) => {
    if (presented === null || presented === undefined || freed.has(presented)) return;
    if (typeof presented === "object" || typeof presented === "function") freed.add(presented);
    const routines = conversions.routines(conversion);
    try {
      conversion.freePresented(routines, presented, memory);
    } catch (error) {
      failure ??= routineError(conversion.freesPresented, path, error);
    }
  };
  const freeComponent: ConvertedVisitor = (conversion, presented) => {
    if (conversion.freesComponents) free(conversion, presented);
  };
  const all = new NodeWalk(free);
  const components = new NodeWalk(freeComponent);
  visit({ object: free, node: all.visit, component: components.visit, componentObject: freeComponent });
  return failure;
}

/** Visits each node once, however many pointers refer to it, without recursion. */
class NodeWalk {
  readonly #object: ConvertedVisitor;
  readonly #seen = new Set<object>();
  readonly #pending: (() => void)[] = [];
  #isBusy = false;

  constructor(object: ConvertedVisitor) {
    this.#object = object;
  }

  readonly visit: ReferentVisitor = (node, type) => {
    if (node === null || node === undefined || this.#seen.has(node)) return;
    this.#seen.add(node);
    this.#pending.push(() => {
      this.#node(node, type);
    });
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (const step of this.#pending) step();
    this.#pending.length = 0;
    this.#isBusy = false;
  };

  #node<T extends object>(node: T, type: NodeType<T>): void {
    type.converted?.(node, this.#object);
    type.referents(node, this.visit);
  }
}
