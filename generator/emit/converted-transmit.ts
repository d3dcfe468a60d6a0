/** Routines of a [transmit_as] or [represent_as] type: converted, then marshaled as what it is converted to; and back. */
import type { ConvertedPlan, ValuePlan } from "../wire-plan/plan.ts";
import { sizeText } from "./extents.ts";
import { marshalValue, referentStatements } from "./marshal.ts";
import { nodeTypeExpression } from "./node-types.ts";
import { storageSize, zeroText } from "./zero-values.ts";
import { conversionName, conversionRoutine, isStorage, presentedNode, presentedSize } from "./presented.ts";
import { bodyOf, coderParameter, drainAfter, parameterRoutine } from "./routine-context.ts";
import type { EmitContext, Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import type { ParameterText } from "./structures.ts";
import { referentText, unmarshalValue } from "./unmarshal.ts";

/** Prints `marshalTYPE_xmit`, `unmarshalTYPE_xmit` and their Node forms, which begin at the cursor. */
export function transmitRoutines(emit: EmitContext, plan: ConvertedPlan): void {
  const isEmbeddable = !emit.planner.isConformant(plan.wire);
  if (isEmbeddable && emit.planner.layoutOf(plan.wire).size === undefined) sizeRoutine(emit, plan);
  if (isEmbeddable) marshalRoutine(emit, plan, "");
  marshalRoutine(emit, plan, "Node");
  if (isEmbeddable) unmarshalRoutine(emit, plan, "");
  unmarshalRoutine(emit, plan, "Node");
}

const AT = { base: "at", offset: { ndr: 0, ndr64: 0 } };

/** `sizeTYPE_xmit(w, at, value)`: objects of varying size are converted to find it, and again to marshal them. */
function sizeRoutine(emit: EmitContext, plan: ConvertedPlan): void {
  const { conversion } = plan;
  const path = JSON.stringify(conversion.type.name);
  const routine = newRoutine(emit, "w", conversionRoutine(emit, "size", conversion));
  routine.fixed.push(`return w.agreeEnd(at, ${sizeText(routine, plan.wire, "at", "transmitted")}, ${path});`);
  emit.module.add(
    functionStructure({
      name: routine.name,
      exported: true,
      documentation: `End of the fixed part of a ${conversion.type.name} at \`at\`.`,
      parameters: [coderParameter(emit, "w"), { name: "at", type: "number" }, valueParameter(emit, plan)],
      returnType: "number",
      statements: whileTransmitted(emit, plan, path, bodyOf(routine)),
    }),
  );
}

function marshalRoutine(emit: EmitContext, plan: ConvertedPlan, suffix: "" | "Node"): void {
  const { conversion, wire } = plan;
  const routine = newRoutine(emit, "w", conversionRoutine(emit, "marshal", conversion, suffix));
  const source = { text: "transmitted", local: "transmitted", path: "path", type: conversion.transmitted };
  if (suffix === "Node") {
    routine.fixed.push(...referentStatements(routine, wire, source));
    drainAfter(routine, wire, routine.late);
  } else {
    if (emit.planner.layoutOf(wire).size === undefined)
      routine.fixed.push(`w.agreeEnd(at, ${sizeText(routine, wire, "at", "transmitted")}, path);`);
    marshalValue(routine, wire, AT, source);
  }
  const { name } = conversion.type;
  emit.module.add(
    functionStructure({
      name: routine.name,
      exported: true,
      documentation: `Converts and marshals a ${name} ${suffix === "Node" ? "at the cursor" : "at `at`"}.`,
      parameters: [
        coderParameter(emit, "w"),
        ...(suffix === "Node" ? [] : [{ name: "at", type: "number" }]),
        valueParameter(emit, plan),
        { name: "path", type: "string" },
      ],
      returnType: "void",
      statements: whileTransmitted(emit, plan, "path", bodyOf(routine)),
    }),
  );
}

/** Statements between conversion and free. */
function whileTransmitted(
  emit: EmitContext,
  { conversion }: ConvertedPlan,
  path: string,
  statements: readonly string[],
): string[] {
  const { module } = emit;
  const name = conversionName(emit, conversion);
  return [
    `const transmitted = ${module.value("toTransmitted")}(w, ${name}, value, ${path});`,
    "try {",
    ...statements,
    "} finally {",
    `${module.value("freeTransmitted")}(w, ${name}, transmitted, ${path});`,
    "}",
  ];
}

function unmarshalRoutine(emit: EmitContext, plan: ConvertedPlan, suffix: "" | "Node"): void {
  const { conversion, wire } = plan;
  const { module } = emit;
  const fills = isStorage(conversion);
  const routine = newRoutine(emit, "r", conversionRoutine(emit, "unmarshal", conversion, suffix));
  if (fills) routine.fixed.push(`const presented = existing ?? ${storageText(emit, plan, suffix)};`);
  routine.fixed.push("const held = r.hold(path);");
  takeTransmitted(routine, wire, conversion.transmitted, suffix);
  const given = fills ? "transmitted, presented" : "transmitted";
  const convert = module.value(fills ? "fillPresented" : "makePresented");
  const statements = [
    ...bodyOf(routine),
    `return ${convert}(r, ${conversionName(emit, conversion)}, ${given}, held, path);`,
  ];
  const presented = emit.types.presented(conversion);
  emit.module.add(
    functionStructure({
      name: routine.name,
      exported: true,
      documentation: `Unmarshals and converts a ${conversion.type.name} ${suffix === "Node" ? "at the cursor" : "at `at`"}${fills ? ": into existing storage, otherwise into new" : ""}.`,
      parameters: [
        coderParameter(emit, "r"),
        ...(suffix === "Node" ? [] : [{ name: "at", type: "number" }]),
        ...(fills ? [{ name: "existing", type: `${presented} | null | undefined` }] : []),
        { name: "path", type: "string" },
      ],
      returnType: presented,
      statements,
    }),
  );
}

/** Storage for the application's object: a node from the pair where a pointer refers to it, a part of another node otherwise. */
export function storageText(emit: EmitContext, { conversion }: ConvertedPlan, suffix: "" | "Node"): string {
  if (suffix === "" && conversion.presented !== undefined) return zeroText(emit, conversion.presented);
  return `${emit.module.value("midl_user_allocate")}(r, ${presentedSize(emit, conversion)}, ${presentedNode(emit, conversion)})`;
}

/** Declares `transmitted` and unmarshals it. Its nodes are from the pair, and are freed when it has been converted. */
function takeTransmitted(
  routine: Routine,
  wire: ValuePlan,
  type: ConvertedPlan["conversion"]["transmitted"],
  suffix: "" | "Node",
): void {
  const { emit } = routine;
  const target = { local: "transmitted", path: "path", type };
  if (suffix === "Node") {
    const text = referentText(routine, wire, { ...target, text: "transmitted", existing: "null" });
    routine.fixed.push(`const transmitted = ${text};`);
    drainAfter(routine, wire, routine.late);
    return;
  }
  const isNode = wire.kind === "struct" || wire.kind === "fixed-array" || wire.kind === "varying-array";
  const node = isNode ? nodeTypeExpression(emit, type) : undefined;
  if (node === undefined) {
    unmarshalValue(routine, wire, AT, { ...target, text: "const transmitted", existing: "null" });
    return;
  }
  const allocate = emit.module.value("midl_user_allocate");
  routine.fixed.push(`const transmitted = ${allocate}(r, ${storageSize(emit, type)}, ${node});`);
  unmarshalValue(routine, wire, AT, { ...target, text: "transmitted", existing: "transmitted" });
}

function newRoutine(emit: EmitContext, coder: "r" | "w", name: string): Routine {
  return parameterRoutine(emit, coder, name, ["transmitted", "presented", "held"], () => "undefined");
}

function valueParameter(emit: EmitContext, { conversion }: ConvertedPlan): ParameterText {
  return { name: "value", type: emit.types.presented(conversion) };
}
