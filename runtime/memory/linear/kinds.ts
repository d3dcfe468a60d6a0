import type { NumberArray } from "../array-node.ts";
import type { ArrayNodeType, NodeType } from "../node-type.ts";
import { ArrayKind } from "./array-kind.ts";
import { codecOf } from "./codecs.ts";
import type { Heap } from "./heap.ts";
import type { NodeKind } from "./node-kind.ts";
import { NumberKind } from "./number-kind.ts";
import { StructKind } from "./struct-kind.ts";
import { UnionKind } from "./union-kind.ts";

/** What a heap knows of a node type. */
export function kindOf(heap: Heap, type: NodeType<object>): NodeKind {
  const { layout } = type;
  switch (layout.kind) {
    case "struct":
      return new StructKind(heap, type, layout);
    case "union":
      return new UnionKind(heap, type, layout);
    case "array": {
      const array = requireArray(type);
      const context = { heap, label: type.name, pointerSize: layout.pointerSize };
      return new ArrayKind(heap, array, codecOf(context, layout.element()));
    }
    case "numbers": {
      const { elementSize, view } = requireArray(type);
      if (view === undefined) throw new TypeError(`${type.name} has no typed array`);
      return new NumberKind(heap, type, elementSize, view);
    }
    default:
      return layout satisfies never;
  }
}

function requireArray(type: NodeType<object>): ArrayNodeType<never, NumberArray> {
  if (isArrayNodeType(type)) return type;
  throw new TypeError(`${type.name} has the layout of an array and is none`);
}

/** A layout of numbers comes with a typed array, and one of elements says how large they are. */
function isArrayNodeType(type: NodeType<object>): type is ArrayNodeType<never, NumberArray> {
  return "elementSize" in type;
}
