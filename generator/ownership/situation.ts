/** What a pointer's share of the rules depends on: its way from the parameter, and how that travels. */
import type { PointerKind, SourceSpan, Type } from "../../grammar/index.ts";
import type { ClientShare, Direction, Orphan, PointerMemory, ServerShare } from "./facts.ts";
import type { Models } from "./models.ts";

/** A place in the data of a parameter. */
export interface Situation {
  readonly type: Type;
  readonly path: string;
  readonly label: string;
  readonly direction: Direction;
  readonly isTopLevel: boolean;
  readonly holder: number | undefined;
  /** Only [ref] pointers of an [out] parameter lead here: the server stub allocates the referent, zeroed. */
  readonly isInitialized: boolean;
  /** The caller's storage may have something here before the call. */
  readonly mayExist: boolean;
  readonly isInArm: boolean;
  /** What decides the length of the innermost array around the place, when the reply can make it shorter. */
  readonly shortenedBy: string | undefined;
  readonly models: Models;
  /** A pointer around this one began the block or the buffer in which its referent lies. */
  readonly isInBlock: boolean;
  readonly span: SourceSpan;
}

type PointerText = PointerMemory["pointer"];

/** The reply never overwrites nodes of the caller where everything comes in one piece: [allocate(all_nodes)], [byte_count]. */
export function reusesExisting({ mayExist, models }: Situation): boolean {
  return mayExist && models.placing.model === "node-by-node";
}

/** Whether a node lies in a block that began at a node around it. */
function isInside({ isInBlock, models }: Situation): boolean {
  return isInBlock && models.placing.model !== "node-by-node";
}

/** The client's share of a node. */
export function clientShare(situation: Situation): ClientShare {
  const { direction, models } = situation;
  if (direction === "in") return { allocates: "application", frees: "application", reusesExisting: false };
  if (models.placing.model === "byte-count")
    return { allocates: "application-buffer", frees: "application-buffer", reusesExisting: false };
  const frees = isInside(situation) ? "application-block" : "application";
  const reuses = reusesExisting(situation);
  if (direction === "in, out") return { allocates: "application-then-stub", frees, reusesExisting: reuses };
  return { allocates: reuses ? "application-or-stub" : "stub", frees, reusesExisting: reuses };
}

/** The server's share of a node. */
export function serverShare(situation: Situation, pointer: PointerText, hasEnvironment: boolean): ServerShare {
  const { direction, models, type } = situation;
  const isSent = direction === "in" || direction === "in, out";
  const isView =
    isSent &&
    models.placing.model === "node-by-node" &&
    models.dontFree === undefined &&
    models.forceAllocate === undefined;
  return {
    allocates: serverAllocates(situation, pointer),
    frees: hasEnvironment
      ? "environment"
      : models.dontFree !== undefined
        ? "manager"
        : isInside(situation) && (isSent || models.placing.model === "byte-count")
          ? "stub-block"
          : "stub",
    mayBeView: isView && isPlainNumbers(type),
  };
}

function serverAllocates({ direction, isInitialized }: Situation, pointer: PointerText): ServerShare["allocates"] {
  switch (direction) {
    case "in":
      return "stub";
    case "in, out":
      return "stub-then-manager";
    case "out":
      return isInitialized && (pointer === "ref" || pointer === "array") ? "stub" : "manager";
    case "return":
      return "manager";
  }
}

/** What an array of numbers is on the wire, it is in storage; varying arrays and [range] elements are copied. */
function isPlainNumbers(pointerOrArray: Type): boolean {
  let type = pointerOrArray;
  while (type.kind === "alias" || type.kind === "pointer") type = type.kind === "alias" ? type.target : type.pointee;
  if (type.kind !== "array" || type.string || type.varying !== undefined) return false;
  let { element } = type;
  while (element.kind === "alias") {
    if (element.attributes.has("range")) return false;
    element = element.target;
  }
  return element.kind === "base" && !NOT_AS_SENT.has(element.base);
}

/** boolean is no number in TypeScript, and integers of pointer size differ between NDR and storage. */
const NOT_AS_SENT: ReadonlySet<string> = new Set(["boolean", "int3264", "uint3264"]);

/** How the referent of a node's pointer may lose its owner (RPC "Memory Orphaning"). */
export function orphansOf(situation: Situation, pointer: PointerKind | "array"): readonly Orphan[] {
  const { direction, models, isInBlock, isInArm, shortenedBy } = situation;
  if (models.placing.model === "all-nodes" && direction === "in, out" && !isInBlock)
    return [{ side: "client", cause: "reallocated", by: undefined }];
  const found: Orphan[] = [];
  if (reusesExisting(situation) && direction !== "in") {
    if (pointer === "unique") found.push({ side: "client", cause: "null", by: undefined });
    if (pointer === "ptr") found.push({ side: "client", cause: "null-unless-aliased", by: undefined });
    if (isInArm) found.push({ side: "client", cause: "arm", by: undefined });
    if (shortenedBy !== undefined) found.push({ side: "client", cause: "shorter", by: shortenedBy });
  }
  if (direction === "in, out" && shortenedBy !== undefined)
    found.push({ side: "server", cause: "shorter", by: shortenedBy });
  return found;
}
