/** Finds every pointer that an operation carries, with who allocates and who frees what it refers to. */
import type { Interface, Operation, Parameter, Type } from "../../grammar/index.ts";
import { withoutAlias } from "../emit/typescript-types.ts";
import type { MemorySettings, OperationMemory, ParameterMemory } from "./facts.ts";
import { idlType } from "./idl-text.ts";
import { environmentOf, isSensitive } from "./models.ts";
import { ParameterWalk } from "./parameter-walk.ts";
import type { Source } from "./parameter-walk.ts";

/** The memory of an operation. */
export function operationMemory(owner: Interface, operation: Operation, settings: MemorySettings): OperationMemory {
  const sources = [...operation.parameters.map(parameterSource), ...returnSource(operation)];
  const needsMemory = sources.some((source) => takesMemory(new ParameterWalk(source)));
  const environment = environmentOf(owner, operation, settings, needsMemory);
  let firstNode = 1;
  const parameters = sources.map((source): ParameterMemory => {
    const { nodeCount, pointers, conversions } = new ParameterWalk(source, { firstNode, environment });
    firstNode += nodeCount;
    const { name, direction, type, span } = source;
    return { name, direction, form: formOf(type), type: idlType(type), span, pointers, conversions };
  });
  return { operation, environment, isSensitive: isSensitive(owner, operation, settings), parameters };
}

/** Nodes, and pointers that are more than the address of a parameter. */
function takesMemory({ nodeCount, pointers }: ParameterWalk): boolean {
  return nodeCount > 0 || pointers.some(({ pointer }) => pointer === "unique" || pointer === "ptr");
}

function parameterSource({ name, type, attributes, span, ...parameter }: Parameter): Source {
  const direction = parameter.in ? (parameter.out ? "in, out" : "in") : "out";
  return { name, direction, type, attributes, span };
}

function returnSource({ returnType, span }: Operation): Source[] {
  if (withoutAlias(returnType).kind === "void") return [];
  return [{ name: "return", direction: "return", type: returnType, attributes: new Map(), span }];
}

function formOf(type: Type): ParameterMemory["form"] {
  let current = type;
  while (current.kind === "alias" || current.kind === "pointer")
    current = current.kind === "alias" ? current.target : current.pointee;
  return current.kind === "context-handle" || current.kind === "binding-handle" || current.kind === "pipe"
    ? current.kind
    : "data";
}
