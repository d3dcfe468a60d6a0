/** Routines of a [wire_marshal] or [user_marshal] type: the application's own write and read the octets, the stub sees to place and pointer. */
import type { ConvertedPlan } from "../wire-plan/plan.ts";
import { storageText } from "./converted-transmit.ts";
import { skipText } from "./extents.ts";
import { zeroText } from "./zero-values.ts";
import { dual } from "./place.ts";
import { conversionName, conversionRoutine, isStorage } from "./presented.ts";
import { bodyOf, coderParameter, parameterRoutine } from "./routine-context.ts";
import type { Coder, EmitContext } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";

/** Prints `marshalTYPE_user`, `unmarshalTYPE_user` and their Node forms, which begin at the cursor. */
export function userRoutines(emit: EmitContext, plan: ConvertedPlan): void {
  const { planner } = emit;
  const isFlat = !planner.hasReferents(plan.wire) && !planner.isConformant(plan.wire);
  const isEmbeddable = plan.pointer !== undefined || isFlat;
  if (isEmbeddable && planner.layoutOf(plan).size === undefined) sizeRoutine(emit, plan);
  for (const coder of ["w", "r"] as const) {
    if (isEmbeddable) printRoutine(emit, plan, coder, "");
    printRoutine(emit, plan, coder, "Node");
  }
}

/** `sizeTYPE_user(w, at, value)`: the routine of an object of varying size writes it to find its end, and again to marshal it. */
function sizeRoutine(emit: EmitContext, { conversion }: ConvertedPlan): void {
  const name = conversionName(emit, conversion);
  emit.module.add(
    functionStructure({
      name: conversionRoutine(emit, "size", conversion),
      exported: true,
      documentation: `End of a ${conversion.type.name} at \`at\`.`,
      parameters: [
        coderParameter(emit, "w"),
        { name: "at", type: "number" },
        { name: "value", type: emit.types.presented(conversion) },
      ],
      returnType: "number",
      statements: [
        `return ${emit.module.value("sizeUser")}(w, ${name}, value, at, ${JSON.stringify(conversion.type.name)});`,
      ],
    }),
  );
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

/** How the octets of the object lie: at a place of known size, at a place that ends where its value says, or from the cursor on. */
type Extent =
  | { readonly kind: "fixed"; readonly size: string; readonly alignment: string }
  | { readonly kind: "varying" }
  | { readonly kind: "appended" };

function extentOf({ planner }: EmitContext, { pointer, wire }: ConvertedPlan, suffix: "" | "Node"): Extent {
  if (pointer !== undefined || planner.hasReferents(wire) || planner.isConformant(wire)) return { kind: "appended" };
  const { size, alignment } = planner.layoutOf(wire);
  if (size !== undefined) return { kind: "fixed", size: dual(size), alignment: dual(alignment) };
  return { kind: suffix === "" ? "varying" : "appended" };
}

/** `w.reserve(4, 4)` or `r.take(4, 4)`: the place of the identifier of a pointer at the cursor. */
function pointerPlace(emit: EmitContext, coder: Coder): string {
  const octets = dual(emit.planner.pointerLayout.alignment);
  return `${coder === "w" ? "w.reserve" : "r.take"}(${octets}, ${octets})`;
}

function marshalStatements(emit: EmitContext, plan: ConvertedPlan, suffix: "" | "Node"): string[] {
  const { module } = emit;
  const name = conversionName(emit, plan.conversion);
  const extent = extentOf(emit, plan, suffix);
  if (extent.kind === "fixed") {
    const { size, alignment } = extent;
    const at = suffix === "Node" ? `w.reserve(${size}, ${alignment})` : "at";
    return [`${module.value("marshalUser")}(w, ${name}, value, ${at}, ${size}, path);`];
  }
  if (extent.kind === "varying") {
    const end = `${conversionRoutine(emit, "size", plan.conversion)}(w, at, value)`;
    return [`${module.value("marshalUser")}(w, ${name}, value, at, ${end} - at, path);`];
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
  const extent = extentOf(emit, plan, suffix);
  if (extent.kind !== "appended") {
    const [at, octets] =
      extent.kind === "varying"
        ? ["at", `${skipText(emit, plan.wire, "at")} - at`]
        : [suffix === "Node" ? `r.take(${extent.size}, ${extent.alignment})` : "at", extent.size];
    return [
      ...lines,
      `return ${module.value(fills ? "fillUser" : "makeUser")}(r, ${name}${given}, ${at}, ${octets}, path);`,
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
