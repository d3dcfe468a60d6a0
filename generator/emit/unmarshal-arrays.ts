import type { Type } from "../../grammar/index.ts";
import { strideOf } from "../wire-plan/layout.ts";
import type { ConformantArrayPlan, FixedArrayPlan, ValuePlan, VaryingArrayPlan } from "../wire-plan/plan.ts";
import { arrayNodeExpression } from "./node-types.ts";
import { storageSize } from "./zero-values.ts";
import { dual } from "./place.ts";
import {
  bodyOf,
  coderParameter,
  continued,
  deferral,
  drainAfter,
  localsOf,
  mentions,
  partName,
  routineName,
} from "./routine-context.ts";
import type { Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import { isStructureString, terminatorStatements } from "./structure-strings.ts";
import { skipText } from "./extents.ts";
import { withoutAlias } from "./typescript-types.ts";
import { unmarshalValue } from "./unmarshal.ts";
import type { Target } from "./unmarshal.ts";
import { outerArguments, outerParameters } from "./outer-values.ts";

/** Elements as they lie on the wire, all as expressions. */
export interface ElementRun {
  /** Offset of the first element that was sent. */
  readonly at: string;
  /** Number of elements that were sent. */
  readonly count: string;
  /** Index of the first of them. */
  readonly first: string;
}

/** Unmarshals the elements of an array that exists already (`target.text`), one after the other. */
export function unmarshalElements(
  routine: Routine,
  element: ValuePlan,
  run: ElementRun,
  target: Target,
  lines: string[],
): void {
  const at = routine.scope.coin(`${target.local}At`);
  const array = target.text;
  const elementType = elementOf(target.type);
  lines.push(`let ${at} = ${run.at};`);
  const advance = advanceText(routine, element, at);
  const items = run.first === "0" ? array : `${array}.slice(${run.first}, ${run.first} + ${run.count})`;
  if (element.kind === "struct") {
    const item = routine.scope.coin(`${target.local}Item`);
    const name = routineName(routine.emit, "unmarshal", element.struct);
    const isDeferred = deferElements(routine, element);
    const call = isDeferred ? `r.defer(${name}, ${at}, ${item});` : `${name}(r, ${at}, ${item});`;
    lines.push(`for (const ${item} of ${items}) {`, call, ...advance, "}");
    drainAfter(routine, element, lines);
    return;
  }
  const { deferring } = routine.state;
  const isRow = element.kind === "fixed-array" || element.kind === "varying-array"; // filled where it is; the others are assigned
  const index = routine.scope.coin(`${target.local}${isRow ? "Row" : "Index"}`);
  const limit = run.first === "0" ? run.count : `${run.first} + ${run.count}`;
  lines.push(
    isRow
      ? `for (const ${index} of ${items}) {`
      : `for (let ${index} = ${run.first}; ${index} < ${limit}; ${index}++) {`,
  );
  const slot = (owner: string, position: string): Target => {
    const text = isRow ? position : `${owner}[${position}]`;
    return { text, existing: text, local: `${target.local}Element`, path: target.path, type: elementType };
  };
  if (deferElements(routine, element)) {
    const outer = outerParameters(routine.emit, element, routine.scope);
    const elementRoutine = continued(routine, {
      resolve: outer.resolve,
      owner: { name: "value", type: isRow ? routine.emit.types.text(elementType) : arrayText(routine, target.type) },
      recursion: routine.emit.planner.recursionOf(element),
      state: routine.state,
    });
    const build = (inner: Routine): void => {
      const path = JSON.stringify(`${routine.name}[]`);
      unmarshalValue(
        inner,
        element,
        { base: "at", offset: { ndr: 0, ndr64: 0 } },
        { ...slot("value", isRow ? "value" : "index"), path },
      );
    };
    lines.push(
      deferral(elementRoutine, `${target.local}Element`, at, build, isRow ? [index] : [array, index], {
        parameters: outer.parameters,
        text: outerArguments(routine, element),
      }),
    );
  } else {
    const inner = continued(routine, { state: routine.state });
    unmarshalValue(inner, element, { base: at, offset: { ndr: 0, ndr64: 0 } }, slot(array, index));
    lines.push(...inner.fixed, ...inner.late);
  }
  lines.push(...advance, "}");
  routine.state.deferring = deferring;
  drainAfter(routine, element, lines);
}

/** Elements of a recursive type are deferred even from outside: the next element comes after all that the first one leads to. */
function deferElements(routine: Routine, element: ValuePlan): boolean {
  const { planner } = routine.emit;
  return planner.hasReferents(element) && (routine.state.deferring || planner.recursionOf(element) !== undefined);
}

function advanceText(routine: Routine, element: ValuePlan, at: string): string[] {
  const layout = routine.emit.planner.layoutOf(element);
  const stride = strideOf(layout);
  if (stride !== undefined) return [`${at} += ${dual(stride)};`];
  return [`${at} = r.align(${skipText(routine.emit, element, at)}, ${dual(layout.start)});`];
}

/** The routine for an array behind a pointer: takes the counts, then the elements, then the storage, and fills it. */
export function arrayReferentRoutine(
  routine: Routine,
  plan: ConformantArrayPlan | FixedArrayPlan | VaryingArrayPlan,
  target: Target,
): string {
  const { emit } = routine;
  const { module, planner } = emit;
  const elementType = elementOf(target.type);
  const varying = plan.kind === "fixed-array" ? undefined : plan.kind === "varying-array" ? plan : plan.varying;
  const name =
    plan.element.kind === "struct"
      ? `unmarshal${plan.element.struct.name}$${plan.kind === "conformant-array" ? "" : `Fixed${plan.count}`}${isStructureString(plan) ? "String" : varying === undefined ? "Array" : "VaryingArray"}`
      : `${partName(routine, target.local)}$Array`;
  if (emit.printed.has(name)) return name;
  emit.printed.add(name);

  const array = arrayText(routine, target.type);
  const scope = localsOf(
    emit,
    "r existing path expected first length count at node run end wide mark capacity".split(" "),
  );
  const outer = outerParameters(emit, plan.element, scope);
  const inner = continued(routine, {
    name,
    scope,
    resolve: outer.resolve,
    recursion: planner.recursionOf(plan.element),
    owner: { name: "node", type: array },
  });
  const lines = inner.fixed;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  const elements = takeElements(routine, plan, stride);
  lines.push(...elements.lines);
  const node = arrayNodeExpression(emit, elementType);
  const octets = storageSize(emit, elementType);
  const capacity =
    plan.kind !== "conformant-array" ? "" : varying === undefined ? ", capacity" : ", capacity ?? Infinity";
  lines.push(
    `const node = existing ? ${module.value("existingArray")}(r, existing, ${node}, ${elements.length}, path${capacity}) : ${module.value("midl_user_allocate")}(r, ${octets === 1 ? elements.length : `${elements.length.includes("+") ? `(${elements.length})` : elements.length} * ${octets}`}, ${node});`,
  );
  const body = continued(inner, { state: inner.state });
  unmarshalElements(
    body,
    plan.element,
    elements.run,
    { text: "node", existing: "node", local: "item", path: "path", type: target.type },
    body.late,
  );
  lines.push(
    ...body.fixed,
    ...body.late,
    ...terminatorStatements(emit, plan, "node", elements.run.count, "path"),
    "return node;",
  );
  const statements = bodyOf({ ...inner, late: [] });
  module.add(
    functionStructure({
      name,
      parameters: [
        coderParameter(emit, "r"),
        { name: "existing", type: `${array} | null | undefined` },
        { name: mentions(statements, "path") ? "path" : "_path", type: "string" },
        ...(plan.kind === "conformant-array" ? [{ name: "expected", type: "number | undefined" }] : []),
        ...(varying === undefined
          ? []
          : [
              { name: "first", type: "number" },
              { name: "length", type: "number | undefined" },
            ]),
        ...outer.parameters,
        ...(plan.kind === "conformant-array" ? [{ name: "capacity", type: "number", hasQuestionToken: true }] : []),
      ],
      returnType: array,
      statements,
    }),
  );
  return name;
}

function takeElements(
  routine: Routine,
  plan: ConformantArrayPlan | FixedArrayPlan | VaryingArrayPlan,
  stride: ReturnType<typeof strideOf>,
): { readonly lines: string[]; readonly run: ElementRun; readonly length: string } {
  const { planner, module } = routine.emit;
  const layout = planner.layoutOf(plan.element);
  const lines: string[] = [];
  const isConformant = plan.kind === "conformant-array";
  const varying = plan.kind === "fixed-array" ? undefined : plan.kind === "varying-array" ? plan : plan.varying;
  const maximum = isConformant ? "r.takeMaximumCount(expected, path)" : String(plan.count);
  if (varying === undefined) lines.push(`const count = ${maximum};`);
  else lines.push(`const run = ${module.value("takeVariance")}(r, ${maximum}, first, length, path);`);
  const count = varying === undefined ? "count" : "run.count";
  if (stride !== undefined && layout.size !== undefined) {
    const { size } = layout;
    const same = size.ndr === stride.ndr && size.ndr64 === stride.ndr64;
    lines.push(
      same
        ? `const at = r.takeElements(${count}, ${dual(size)}, ${dual(layout.start)});`
        : `const at = r.takeArray(${count}, ${dual(size)}, ${dual(stride)}, ${dual(layout.start)});`,
    );
  } else {
    lines.push(
      `const at = r.align(r.offset, ${dual(layout.start)});`,
      "let end = at;",
      `for (let index = 0; index < ${count}; index++) end = ${skipText(routine.emit, plan.element, `r.align(end, ${dual(layout.start)})`)};`,
      "r.takeTo(end);",
    );
  }
  const run = { at: "at", count, first: varying === undefined ? "0" : "run.first" };
  return { lines, run, length: varying === undefined ? "count" : "run.first + run.count" };
}

/** The element type of an array type. */
export function elementOf(type: Type): Type {
  const array = withoutAlias(type);
  return array.kind === "array" ? array.element : array;
}

function arrayText(routine: Routine, type: Type): string {
  const text = routine.emit.types.text(elementOf(type));
  return text.includes("|") ? `(${text})[]` : `${text}[]`;
}
