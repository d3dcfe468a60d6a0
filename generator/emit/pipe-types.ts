import type { ArrayType, IdlFile, Interface, PipeType, Type } from "../../grammar/index.ts";
import { planPipe } from "../wire-plan/pipes.ts";
import type { PipePlan } from "../wire-plan/pipes.ts";
import { NotGenerated } from "../wire-plan/plan.ts";
import { marshalElements } from "./marshal-arrays.ts";
import { safeName } from "./names.ts";
import { arrayNodeExpression } from "./node-types.ts";
import { numberNodeOf, typedArrayConstructor } from "./number-nodes.ts";
import { bodyOf, coderParameter, continued, mentions, parameterRoutine, typeRoutineName } from "./routine-context.ts";
import type { Coder, EmitContext } from "./routine-context.ts";
import { constant, functionStructure } from "./structures.ts";
import { withoutAlias } from "./typescript-types.ts";
import { unmarshalElements } from "./unmarshal-arrays.ts";

/** Prints what the stubs know of the pipes that an IDL file declares: layout of the elements, routines for chunks. */
export function pipeTypes(emit: EmitContext, file: IdlFile): void {
  const declared = file.declarations.flatMap((each) => (each.kind === "type" ? (pipeOf(each.type) ?? []) : []));
  const pipes = new Map([...declared, ...file.interfaces.flatMap(pipesOf)].map((type) => [type.name, type]));
  for (const type of pipes.values()) if (type.file === file) printPipeType(emit, type);
}

/** The pipe that a parameter is, itself or behind a [ref] pointer, which is the same on the wire. */
export function pipeOf(type: Type): PipeType | undefined {
  const known = withoutAlias(type);
  if (known.kind === "pointer") return pipeOf(known.pointee);
  return known.kind === "pipe" ? known : undefined;
}

function pipesOf({ operations }: Interface): readonly PipeType[] {
  return operations.flatMap(({ parameters }) => parameters.flatMap(({ type }) => pipeOf(type) ?? []));
}

function printPipeType(emit: EmitContext, type: PipeType): void {
  let plan: PipePlan;
  try {
    plan = planPipe(emit.planner, type, undefined);
  } catch (error) {
    if (error instanceof NotGenerated) return;
    throw error;
  }
  const declared = `${emit.module.type("PipeType")}<${emit.types.chunkText(type)}>`;
  const text = `Pipe type ${type.name}: its chunks are \`${emit.types.chunkText(type)}\`.`;
  emit.module.add(constant(safeName(type.name), initializer(emit, plan), declared, text));
}

/** The name of a pipe's constant, imported when the pipe is another module's. */
export function pipeTypeName(emit: EmitContext, type: PipeType): string {
  return emit.types.value(safeName(type.name), type.file);
}

function initializer(emit: EmitContext, plan: PipePlan): string {
  const { module } = emit;
  const { element, type } = plan;
  const name = JSON.stringify(type.name);
  const node = numberNodeOf(element);
  if (node !== undefined && element.kind === "scalar")
    return `/* @__PURE__ */ ${module.value("numberPipe")}(${name}, ${module.value(node)}, ${typedArrayConstructor(element)})`;
  const layout = (syntax: "ndr" | "ndr64"): string =>
    `{ size: ${plan.size[syntax]}, stride: ${plan.stride[syntax]}, alignment: ${plan.alignment[syntax]} }`;
  const fields = [
    `ndr: ${layout("ndr")}`,
    `ndr64: ${layout("ndr64")}`,
    `node: ${arrayNodeExpression(emit, type.element)}`,
    `unmarshal: ${elementRoutine(emit, plan, "r")}`,
    `marshal: ${elementRoutine(emit, plan, "w")}`,
  ];
  return `/* @__PURE__ */ ${module.value("elementPipe")}(${name}, { ${fields.join(", ")} })`;
}

/** The routine for the elements of a chunk; returns its name. */
function elementRoutine(emit: EmitContext, plan: PipePlan, coder: Coder): string {
  const { element, type } = plan;
  const name = typeRoutineName(coder === "r" ? "unmarshal" : "marshal", type, "Chunk");
  const routine = parameterRoutine(emit, coder, name, ["chunk", "path"], () => "undefined");
  const run = { at: "at", count: "chunk.length", first: "0" };
  const array: ArrayType = {
    kind: "array",
    element: type.element,
    size: { kind: "conformant", sizeIs: undefined },
    varying: undefined,
    string: false,
    range: undefined,
    attributes: new Map(),
  };
  const place = { text: "chunk", local: "chunk", path: "path", type: array };
  const body = continued(routine, { state: routine.state });
  if (coder === "r") unmarshalElements(body, element, run, { ...place, existing: "chunk" }, body.late);
  else marshalElements(body, element, run, place, body.late);
  const statements = bodyOf(body);
  const chunk = emit.types.chunkText(type);
  emit.module.add(
    functionStructure({
      name,
      parameters: [
        coderParameter(emit, coder),
        { name: "at", type: "number" },
        { name: "chunk", type: coder === "r" ? chunk : `readonly ${chunk}` },
        ...(mentions(statements, "path") ? [{ name: "path", type: "string" }] : []),
      ],
      returnType: "void",
      statements,
    }),
  );
  return name;
}
