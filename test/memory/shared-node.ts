import type { NodeType } from "../../runtime/index.ts";
import { structNode } from "../../runtime/stub.ts";

/** A node of shared memory, as a generated module has it. */
export interface SharedNode {
  value: number;
  name: string | null;
  next: SharedNode | null;
}

/** Its node type: 24 octets in C layout. */
export const SHARED_NODE: NodeType<SharedNode> = structNode<SharedNode>({
  name: "NODE",
  size: 24,
  alignment: 8,
  create: () => ({ value: 0, name: null, next: null }),
  referents: (node, visit, path) => {
    visit(node.next, SHARED_NODE, path && `${path}next`);
  },
  layout: () => ({ value: [0, "int32"], name: [8, "string16"], next: [16, "pointer", SHARED_NODE] }),
});
