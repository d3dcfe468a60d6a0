import type { NumberArray } from "./array-node.ts";

/** What a zeroed node of a type and size looks like: enough to make a used one so again. */
export interface NodeShape {
  /** The objects that lie in a new node, at any depth, in the order in which `reset` wants them. */
  partsOf(node: object): object[];
  /** Makes a node what it was when it was new, with the parts that it had then. Returns how many of them it took. */
  reset(node: object, parts: readonly object[], from?: number): number;
}

/** The shape of a node that was just created. */
export function shapeOf(node: object): NodeShape {
  if (isNumbers(node)) return NUMBERS;
  return Array.isArray(node) ? arrayShape(node) : structShape({ ...node });
}

const NUMBERS: NodeShape = {
  partsOf: () => [],
  reset(node) {
    if (isNumbers(node)) zero(node);
    return 0;
  },
};

function zero(numbers: NumberArray): void {
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) numbers.fill(0n);
  else numbers.fill(0);
}

function isNumbers(node: object): node is NumberArray {
  return ArrayBuffer.isView(node);
}

/** A struct or a union: members that are values, and members that are objects in place. */
function structShape(zeroed: Members): NodeShape {
  const isUnion = "discriminant" in zeroed;
  const names: string[] = [];
  const values: unknown[] = [];
  const embedded: { readonly name: string; readonly shape: NodeShape }[] = [];
  for (const [name, value] of Object.entries(zeroed)) {
    if (isMembers(value)) embedded.push({ name, shape: shapeOf(value) });
    else {
      names.push(name);
      values.push(value);
    }
  }
  return {
    partsOf: (node) =>
      embedded.flatMap(({ name, shape }) => {
        const part: unknown = Reflect.get(node, name);
        return isMembers(part) ? [part, ...shape.partsOf(part)] : [];
      }),
    reset(node, parts, from = 0) {
      if (!isMembers(node)) return 0;
      // It may have got another arm.
      if (isUnion) for (const name of Object.keys(node)) if (!(name in zeroed)) Reflect.deleteProperty(node, name);
      let index = 0;
      for (const name of names) node[name] = values[index++];
      let taken = from;
      for (const { name, shape } of embedded) {
        const part = parts[taken++];
        if (part === undefined) continue;
        taken += shape.reset(part, parts, taken);
        node[name] = part;
      }
      return taken - from;
    },
  };
}

type Members = Record<string, unknown>;

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

/** An array: elements that are all alike. */
function arrayShape(zeroed: readonly unknown[]): NodeShape {
  const count = zeroed.length;
  const [first] = zeroed;
  const shape = typeof first === "object" && first !== null ? shapeOf(first) : undefined;
  return {
    partsOf: (node) =>
      shape === undefined || !Array.isArray(node)
        ? []
        : node.flatMap((item: unknown) =>
            typeof item === "object" && item !== null ? [item, ...shape.partsOf(item)] : [],
          ),
    reset(node, parts, from = 0) {
      if (!Array.isArray(node)) return 0;
      const items: unknown[] = node;
      let taken = from;
      items.length = 0;
      for (let index = 0; index < count; index++) {
        const part = shape === undefined ? undefined : parts[taken++];
        if (part !== undefined && shape !== undefined) taken += shape.reset(part, parts, taken);
        items.push(part ?? first);
      }
      return taken - from;
    },
  };
}
