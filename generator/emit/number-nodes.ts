/** Arrays of numbers: typed arrays, and the node types that the runtime has for them. */
import type { ScalarPlan, ValuePlan } from "../wire-plan/plan.ts";

/** The node type of the runtime for an array of numbers, undefined when such an array is no typed array. */
export function numberNodeOf(element: ValuePlan): string | undefined {
  return element.kind === "scalar" && element.enumType === undefined ? NUMBER_NODES[element.method] : undefined;
}

/** The constructor of the typed array for an array of numbers. */
export function typedArrayConstructor(element: ScalarPlan): string {
  const name = NUMBER_NODES[element.method] ?? "uint8ArrayNode";
  return TYPED_ARRAY_OF_NODE[name] ?? "Uint8Array";
}

const NUMBER_NODES: Readonly<Partial<Record<ScalarPlan["method"], string>>> = {
  int8: "int8ArrayNode",
  uint8: "uint8ArrayNode",
  int16: "int16ArrayNode",
  uint16: "uint16ArrayNode",
  int32: "int32ArrayNode",
  uint32: "uint32ArrayNode",
  int64: "int64ArrayNode",
  uint64: "uint64ArrayNode",
  float: "float32ArrayNode",
  double: "float64ArrayNode",
};

/** The number node of a typed array. */
export function nodeOfTypedArray(typedArray: string): string {
  return Object.entries(TYPED_ARRAY_OF_NODE).find(([, array]) => array === typedArray)?.[0] ?? "uint8ArrayNode";
}

const TYPED_ARRAY_OF_NODE: Readonly<Record<string, string>> = {
  int8ArrayNode: "Int8Array",
  uint8ArrayNode: "Uint8Array",
  int16ArrayNode: "Int16Array",
  uint16ArrayNode: "Uint16Array",
  int32ArrayNode: "Int32Array",
  uint32ArrayNode: "Uint32Array",
  int64ArrayNode: "BigInt64Array",
  uint64ArrayNode: "BigUint64Array",
  float32ArrayNode: "Float32Array",
  float64ArrayNode: "Float64Array",
};
