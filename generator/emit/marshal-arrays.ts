import { strideOf } from "../wire-plan/layout.ts";
import type { ConformantArrayPlan, FixedArrayPlan, ValuePlan, VaryingArrayPlan } from "../wire-plan/plan.ts";
import { sizeText } from "./extents.ts";
import { marshalValue } from "./marshal.ts";
import type { Source } from "./marshal.ts";
import { outerArguments, outerParameters } from "./outer-values.ts";
import { dual } from "./place.ts";
import {
  bodyOf,
  coderParameter,
  continued,
  deferral,
  drainAfter,
  localsOf,
  partName,
  routineName,
} from "./routine-context.ts";
import type { Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import { isStructureString } from "./structure-strings.ts";
import { elementOf } from "./unmarshal-arrays.ts";
import type { ElementRun } from "./unmarshal-arrays.ts";

/** Marshals the elements of an array into a run that was reserved, one after the other. */
export function marshalElements(
  routine: Routine,
  element: ValuePlan,
  run: ElementRun,
  source: Source,
  lines: string[],
): void {
  const { module, planner } = routine.emit;
  const at = routine.scope.coin(`${source.local}At`);
  const item = routine.scope.coin(`${source.local}Item`);
  lines.push(`let ${at} = ${run.at};`);
  const items = `${module.value("elementsOf")}(w, ${source.text}, ${run.count}, ${source.path}${run.first === "0" ? "" : `, ${run.first}`})`;
  lines.push(`for (const ${item} of ${items}) {`);
  const { deferring } = routine.state;
  const elementType = elementOf(source.type);
  if (planner.hasReferents(element) && (routine.state.deferring || planner.recursionOf(element) !== undefined)) {
    if (element.kind === "struct") {
      lines.push(`w.defer(${routineName(routine.emit, "marshal", element.struct)}, ${at}, ${item});`);
    } else {
      const owner = { name: "value", type: `(${routine.emit.types.text(elementType)})` };
      const outer = outerParameters(routine.emit, element, routine.scope);
      const elementRoutine = continued(routine, {
        owner,
        resolve: outer.resolve,
        recursion: planner.recursionOf(element),
        state: routine.state,
      });
      const build = (inner: Routine): void => {
        marshalValue(inner, element, ELEMENT_PLACE, {
          text: "value",
          local: `${source.local}Element`,
          path: JSON.stringify(`${routine.name}[]`),
          type: elementType,
        });
      };
      lines.push(
        deferral(elementRoutine, `${source.local}Element`, at, build, [item], {
          parameters: outer.parameters,
          text: outerArguments(routine, element),
        }),
      );
    }
  } else {
    const inner = continued(routine, { state: routine.state });
    marshalValue(
      inner,
      element,
      { ...ELEMENT_PLACE, base: at },
      { text: item, local: `${source.local}Element`, path: source.path, type: elementType },
    );
    lines.push(...inner.fixed, ...inner.late);
  }
  lines.push(...advanceText(routine, element, at, item), "}");
  routine.state.deferring = deferring;
  drainAfter(routine, element, lines);
}

const ELEMENT_PLACE = { base: "at", offset: { ndr: 0, ndr64: 0 } };

function advanceText(routine: Routine, element: ValuePlan, at: string, item: string): string[] {
  const layout = routine.emit.planner.layoutOf(element);
  const stride = strideOf(layout);
  if (stride !== undefined) return [`${at} += ${dual(stride)};`];
  return [`${at} = w.align(${sizeText(routine, element, at, item)}, ${dual(layout.start)});`];
}

/** The routine for an array behind a pointer: appends the counts, then the elements. */
export function arrayMarshalRoutine(
  routine: Routine,
  plan: ConformantArrayPlan | FixedArrayPlan | VaryingArrayPlan,
  source: Source,
): string {
  const { emit } = routine;
  const { module, planner } = emit;
  const varying = plan.kind === "fixed-array" ? undefined : plan.kind === "varying-array" ? plan : plan.varying;
  const isConformant = plan.kind === "conformant-array";
  const name =
    plan.element.kind === "struct"
      ? `marshal${plan.element.struct.name}$${isConformant ? "" : `Fixed${plan.count}`}${isStructureString(plan) ? "String" : varying === undefined ? "Array" : "VaryingArray"}`
      : `${partName(routine, source.local)}$Array`;
  if (emit.printed.has(name)) return name;
  emit.printed.add(name);

  const scope = localsOf(emit, "w value path count first length at end wide mark item".split(" "));
  const outer = outerParameters(emit, plan.element, scope);
  const inner = continued(routine, {
    name,
    scope,
    resolve: outer.resolve,
    recursion: planner.recursionOf(plan.element),
    owner: undefined,
  });
  const lines = inner.fixed;
  const sent = varying === undefined ? "count" : "length";
  const maximum = isConformant ? "count" : String(plan.count);
  if (isConformant) lines.push("w.appendCount(count, path);");
  if (varying !== undefined) lines.push(`${module.value("appendVariance")}(w, ${maximum}, first, length, path);`);
  const count = isConformant || varying !== undefined ? sent : maximum;
  const first = varying === undefined ? "0" : "first";
  lines.push(...reserveElements(inner, plan.element, count, first));
  const body = continued(inner, { state: inner.state });
  marshalElements(
    body,
    plan.element,
    { at: "at", count, first },
    { text: "value", local: "item", path: "path", type: source.type },
    body.late,
  );
  lines.push(...body.fixed, ...body.late);
  const element = emit.types.text(elementOf(source.type));
  module.add(
    functionStructure({
      name,
      parameters: [
        coderParameter(emit, "w"),
        { name: "value", type: `readonly ${element.includes("|") ? `(${element})` : element}[]` },
        { name: "path", type: "string" },
        ...(isConformant ? [{ name: "count", type: "number" }] : []),
        ...(varying === undefined
          ? []
          : [
              { name: "first", type: "number" },
              { name: "length", type: "number" },
            ]),
        ...outer.parameters,
      ],
      returnType: "void",
      statements: bodyOf({ ...inner, late: [] }),
    }),
  );
  return name;
}

function reserveElements(routine: Routine, element: ValuePlan, count: string, first: string): string[] {
  const { planner, module } = routine.emit;
  const layout = planner.layoutOf(element);
  const stride = strideOf(layout);
  if (stride === undefined || layout.size === undefined) {
    const items = first === "0" ? "value" : `value.slice(first, first + ${count})`;
    const align = dual(layout.start);
    return [
      `const at = w.appendGap(${dual(layout.start)});`,
      `w.reserveTo(${module.value("sizeElements")}(at, ${items}, (at, item) => ${sizeText(routine, element, `w.align(at, ${align})`, "item")}));`,
    ];
  }
  const { size } = layout;
  const hasGaps = planner.hasGaps(element) || size.ndr !== stride.ndr || size.ndr64 !== stride.ndr64;
  return [
    `const at = w.${hasGaps ? "reserveClearedArray" : "reserveArray"}(${count}, ${dual(size)}, ${dual(stride)}, ${dual(layout.start)});`,
  ];
}
