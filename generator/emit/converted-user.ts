/** Routines of a [wire_marshal] or [user_marshal] type: the application's own write and read the octets, the stub sees to place and pointer. */
import type { ConvertedPlan } from "../wire-plan/plan.ts";
import { storageText } from "./converted-transmit.ts";
import { zeroText } from "./node-types.ts";
import { dual } from "./place.ts";
import { conversionName, conversionRoutine, isStorage } from "./presented.ts";
import { bodyOf, coderParameter, parameterRoutine } from "./routine-context.ts";
import type { Coder, EmitContext } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";

/** Prints `marshalTYPE_user`, `unmarshalTYPE_user` and their Node forms, which begin at the cursor. */
export function userRoutines(emit: EmitContext, plan: ConvertedPlan): void {
  const { planner } = emit;
  const isEmbeddable = plan.pointer !== undefined || planner.layoutOf(plan.wire).size !== undefined;
  for (const coder of ["w", "r"] as const) {
    if (isEmbeddable && !planner.isConformant(plan)) printRoutine(emit, plan, coder, "");
    printRoutine(emit, plan, coder, "Node");
  }
}

function printRoutine(emit: EmitContext, plan: ConvertedPlan, coder: Coder, suffix: "" | "Node"): void {
  const { conversion } = plan;
  const name = conversionRoutine(emit, coder === "w" ? "marshal" : "unmarshal", conversion, suffix);
  const routine = parameterRoutine(emit, coder, name, [], () => "undefined");
  routine.fixed.push(
    ...(coder === "w" ? marshalStatements(emit, plan, suffix) : unmarshalStatements(emit, plan, suffix)),
  );
  const presented = emit.types.presented(conversion);
  const existing = isStorage(conversion) ? [{ name: "existing", type: `${presented} | null | undefined` }] : [];
  const place = suffix === "Node" ? "at the cursor" : "at `at`";
  emit.module.add(
    functionStructure({
      name,
      exported: true,
      documentation: `Has the application ${coder === "w" ? "marshal" : "unmarshal"} a ${conversion.type.name} ${place}.`,
      parameters: [
        coderParameter(emit, coder),
        ...(suffix === "Node" ? [] : [{ name: "at", type: "number" }]),
        ...(coder === "w" ? [{ name: "value", type: presented }] : existing),
        { name: "path", type: "string" },
      ],
      returnType: coder === "w" ? "void" : presented,
      statements: bodyOf(routine),
    }),
  );
}

/** Octets and alignment where the object has a fixed place, undefined when its data begin at the cursor. */
function fixedSize(emit: EmitContext, { pointer, wire }: ConvertedPlan): readonly [string, string] | undefined {
  const { size, alignment } = emit.planner.layoutOf(wire);
  return pointer !== undefined || size === undefined || emit.planner.isConformant(wire)
    ? undefined
    : [dual(size), dual(alignment)];
}

/** `w.reserve(4, 4)` or `r.take(4, 4)`: the place of the identifier of a pointer at the cursor. */
function pointerPlace(emit: EmitContext, coder: Coder): string {
  const octets = dual(emit.planner.pointerLayout.alignment);
  return `${coder === "w" ? "w.reserve" : "r.take"}(${octets}, ${octets})`;
}

function marshalStatements(emit: EmitContext, plan: ConvertedPlan, suffix: "" | "Node"): string[] {
  const { module } = emit;
  const name = conversionName(emit, plan.conversion);
  const fixed = fixedSize(emit, plan);
  if (fixed !== undefined) {
    const [size, alignment] = fixed;
    const at = suffix === "Node" ? `w.reserve(${size}, ${alignment})` : "at";
    return [`${module.value("marshalUser")}(w, ${name}, value, ${at}, ${size}, path);`];
  }
  const append = `${module.value("appendUser")}(w, ${name}, value, path);`;
  const hasIdentifier = plan.pointer !== undefined && (suffix === "" || plan.pointer !== "ref");
  if (!hasIdentifier) return [append];
  return [`w.pointer(${suffix === "Node" ? pointerPlace(emit, "w") : "at"}, true);`, append];
}

function unmarshalStatements(emit: EmitContext, plan: ConvertedPlan, suffix: "" | "Node"): string[] {
  const { module } = emit;
  const { conversion, pointer } = plan;
  const name = conversionName(emit, conversion);
  const fills = isStorage(conversion);
  const lines = fills ? [`const presented = existing ?? ${storageText(emit, plan, suffix)};`] : [];
  const given = fills ? ", presented" : "";
  const fixed = fixedSize(emit, plan);
  if (fixed !== undefined) {
    const [size, alignment] = fixed;
    const at = suffix === "Node" ? `r.take(${size}, ${alignment})` : "at";
    return [
      ...lines,
      `return ${module.value(fills ? "fillUser" : "makeUser")}(r, ${name}${given}, ${at}, ${size}, path);`,
    ];
  }
  const at = suffix === "Node" ? pointerPlace(emit, "r") : "at";
  if (pointer === "unique") {
    const { presented } = conversion;
    const zero = fills
      ? "presented"
      : presented === undefined
        ? `${module.value("unsetLocal")}()`
        : zeroText(emit, presented);
    lines.push(`if (r.pointer(${at}) === 0) return ${zero};`);
  }
  return [...lines, `return ${module.value(fills ? "takeUserInto" : "takeUser")}(r, ${name}${given}, path);`];
}
