/** Arrays of several dimensions that are conformant or varying: counts first, then row by row what an array of one dimension does. */
import type { Type } from "../../grammar/index.ts";
import { strideOf } from "../wire-plan/layout.ts";
import type { MultidimensionalArrayPlan } from "../wire-plan/plan.ts";
import { skipText, sizeText } from "./extents.ts";
import { marshalElements } from "./marshal-arrays.ts";
import type { Source } from "./marshal.ts";
import { arrayNodeExpression } from "./node-types.ts";
import { numberNodeOf, typedArrayConstructor } from "./number-nodes.ts";
import { outerArguments, outerParameters } from "./outer-values.ts";
import { dual } from "./place.ts";
import { bodyOf, coderParameter, continued, localsOf, partName } from "./routine-context.ts";
import type { EmitContext, Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import { withoutAlias } from "./typescript-types.ts";
import { argument, rangedReader } from "./unmarshal.ts";
import type { Target } from "./unmarshal.ts";
import { elementOf, unmarshalElements } from "./unmarshal-arrays.ts";

type Plan = MultidimensionalArrayPlan;

/** Bounds of all dimensions as an array literal; of conformant ones the size expressions. */
export function sizesText(routine: Routine, plan: Plan, otherwise = "undefined"): string {
  const sizes = plan.dimensions.map(({ count, sizeIs }, index) =>
    count === undefined ? argument(routine, sizeIs, index === 0 ? otherwise : "undefined") : String(count),
  );
  return `[${sizes.join(", ")}]`;
}

/** What is expected of each dimension that is varying, as an array literal. */
function expectedText(routine: Routine, plan: Plan): string {
  const runs = plan.dimensions.map(({ varying }) =>
    varying === undefined
      ? "undefined"
      : `{ first: ${argument(routine, varying.firstIs, "0")}, length: ${argument(routine, varying.lengthIs)} }`,
  );
  return `[${runs.join(", ")}]`;
}

/** What is sent of each dimension, as an array literal. */
function runsText(routine: Routine, plan: Plan, value: string): string {
  const runs = plan.dimensions.map(({ count, sizeIs, varying }, index) => {
    const size = count === undefined ? argument(routine, sizeIs, index === 0 ? `${value}.length` : "0") : String(count);
    return varying === undefined
      ? `{ first: 0, count: ${size} }`
      : `{ first: ${argument(routine, varying.firstIs, "0")}, count: ${argument(routine, varying.lengthIs, size)} }`;
  });
  return `[${runs.join(", ")}]`;
}

/** Storage of the dimensions from the outermost to the rows: an expression of `runs`, or of lengths that are known. */
export function levelText(
  emit: EmitContext,
  plan: Plan,
  type: Type,
  lengthText: (dimension: number) => string,
): string {
  const { module } = emit;
  const last = plan.dimensions.length - 1;
  const node = arrayNodeExpression(emit, rowElement(plan, type));
  const row = module.value(numberNodeOf(plan.element) === undefined ? "elementLevel" : "numberLevel");
  let text = `${row}(${node}, ${lengthText(last)})`;
  for (let dimension = last - 1; dimension >= 0; dimension--)
    text = `${module.value("rowsLevel")}(${text}, ${lengthText(dimension)})`;
  return text;
}

function arrivedLength(emit: EmitContext, plan: Plan, runs: string): (dimension: number) => string {
  return (dimension) => {
    const fixed = plan.dimensions[dimension]?.count;
    return `${emit.module.value("lengthOf")}(${runs}, ${dimension}${fixed === undefined ? "" : `, ${fixed}`})`;
  };
}

/** The type of a row: the innermost array type. */
function rowType(plan: Plan, type: Type): Type {
  let row = withoutAlias(type);
  for (let depth = 1; depth < plan.dimensions.length; depth++) row = withoutAlias(elementOf(row));
  return row;
}

/** The type of the elements. */
export function rowElement(plan: Plan, type: Type): Type {
  return elementOf(rowType(plan, type));
}

/** Unmarshals an array at the cursor: an expression. */
export function rowsReferentText(routine: Routine, plan: Plan, target: Target): string {
  const name = referentRoutine(routine, plan, target);
  const r = plan.range === undefined ? "r" : rangedReader({ range: plan.range }, target);
  const sizes = plan.isConformant ? `, ${sizesText(routine, plan)}` : "";
  const expected = plan.isVarying ? `, ${expectedText(routine, plan)}` : "";
  return `${name}(${r}, ${target.existing}, ${target.path}${sizes}${expected}${outerArguments(routine, plan.element)})`;
}

function referentRoutine(routine: Routine, plan: Plan, target: Target): string {
  const { emit } = routine;
  const { module, planner } = emit;
  const name = `${partName(routine, target.local)}$Array`;
  if (emit.printed.has(name)) return name;
  emit.printed.add(name);

  const type = emit.types.text(target.type);
  const scope = localsOf(emit, "r existing path sizes expected counts runs at end node row run wide mark".split(" "));
  const outer = outerParameters(emit, plan.element, scope);
  const inner = continued(routine, {
    name,
    scope,
    resolve: outer.resolve,
    recursion: planner.recursionOf(plan.element),
    owner: { name: "node", type },
  });
  const counts = plan.isConformant
    ? `${module.value("takeMaximumCounts")}(r, sizes, path)`
    : `[${plan.dimensions.map(({ count }) => count).join(", ")}]`;
  const level = levelText(emit, plan, target.type, arrivedLength(emit, plan, "runs"));
  inner.fixed.push(
    `const counts = ${counts};`,
    plan.isVarying
      ? `const runs = ${module.value("takeRuns")}(r, counts, expected, path);`
      : `const runs = ${module.value("wholeRuns")}(counts);`,
    ...takeElements(inner, plan),
    `const node = ${module.value("storageOfRows")}(r, existing, ${level}, r.offset - at, path);`,
  );
  const body = continued(inner, { state: inner.state });
  const place = { text: "node", existing: "node", local: "item", path: "path", type: target.type };
  unmarshalRowsInto(body, plan, { at: "at", runs: "runs" }, place, body.late);
  inner.fixed.push(...body.fixed, ...body.late, "return node;");
  module.add(
    functionStructure({
      name,
      parameters: [
        coderParameter(emit, "r"),
        { name: "existing", type: `${type} | null | undefined` },
        { name: "path", type: "string" },
        ...(plan.isConformant ? [{ name: "sizes", type: "readonly (number | undefined)[]" }] : []),
        ...(plan.isVarying
          ? [{ name: "expected", type: `readonly (${module.type("ExpectedRun")} | undefined)[]` }]
          : []),
        ...outer.parameters,
      ],
      returnType: type,
      statements: bodyOf({ ...inner, late: [] }),
    }),
  );
  return name;
}

function takeElements(routine: Routine, plan: Plan): string[] {
  const { module, planner } = routine.emit;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  const count = `${module.value("elementCount")}(runs)`;
  if (stride !== undefined && layout.size !== undefined)
    return [`const at = r.takeArray(${count}, ${dual(layout.size)}, ${dual(stride)}, ${dual(layout.start)});`];
  const skip = skipText(routine.emit, plan.element, `r.align(at, ${dual(layout.start)})`);
  return [
    `const at = r.align(r.offset, ${dual(layout.start)});`,
    `r.takeTo(${module.value("skipElements")}(at, ${count}, (at) => ${skip}));`,
  ];
}

/** Where the elements lie, and which were sent: expressions. */
interface SentRows {
  readonly at: string;
  readonly runs: string;
}

/** Unmarshals into an array that exists already, row by row. */
function unmarshalRowsInto(routine: Routine, plan: Plan, sent: SentRows, target: Target, lines: string[]): void {
  const { module, planner } = routine.emit;
  const last = plan.dimensions.length - 1;
  const at = routine.scope.coin(`${target.local}RowAt`);
  const run = routine.scope.coin(`${target.local}Run`);
  lines.push(`let ${at} = ${sent.at};`, `const ${run} = ${module.value("runOf")}(${sent.runs}, ${last});`);
  let row = target.text;
  for (let dimension = 0; dimension < last; dimension++) {
    const next = routine.scope.coin(`${target.local}Row`);
    lines.push(`for (const ${next} of ${module.value("sentRows")}(${row}, ${sent.runs}, ${dimension})) {`);
    row = next;
  }
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  if (numberNodeOf(plan.element) !== undefined)
    lines.push(`${module.value("unmarshalNumbers")}(r, ${at}, ${row}, ${run}.count, ${run}.first);`);
  else
    unmarshalElements(
      routine,
      plan.element,
      { at, count: `${run}.count`, first: `${run}.first` },
      { ...target, text: row, existing: row, type: rowType(plan, target.type) },
      lines,
    );
  const skip = skipText(routine.emit, plan.element, `r.align(at, ${dual(layout.start)})`);
  lines.push(
    stride === undefined
      ? `${at} = r.align(${module.value("skipElements")}(${at}, ${run}.count, (at) => ${skip}), ${dual(layout.start)});`
      : `${at} += ${run}.count * ${operand(dual(stride))};`,
    ...Array.from({ length: last }, () => "}"),
  );
}

function operand(text: string): string {
  return text.includes("?") ? `(${text})` : text;
}

/** Unmarshals an array that lies at `at` in its struct. */
export function unmarshalRows(routine: Routine, plan: Plan, at: string, target: Target, lines: string[]): void {
  const { emit } = routine;
  const { module, planner } = emit;
  const layout = planner.layoutOf(plan.element);
  const counts = plan.isConformant ? "count" : sizesText(routine, plan);
  const sent = routine.scope.coin(`${target.local}Sent`);
  lines.push(
    plan.isVarying
      ? `const ${sent} = ${module.value("runsAt")}(r, ${at}, ${counts}, ${expectedText(routine, plan)}, ${dual(layout.start)}, ${target.path});`
      : `const ${sent} = { runs: ${module.value("wholeRuns")}(${counts}), at: ${at} };`,
  );
  const stride = strideOf(layout);
  const taken =
    stride === undefined
      ? `r.offset - ${sent}.at`
      : `${module.value("elementCount")}(${sent}.runs) * ${operand(dual(stride))}`;
  const level = levelText(emit, plan, target.type, arrivedLength(emit, plan, `${sent}.runs`));
  lines.push(`${module.value("storageOfRows")}(r, ${target.text}, ${level}, ${taken}, ${target.path});`);
  unmarshalRowsInto(routine, plan, { at: `${sent}.at`, runs: `${sent}.runs` }, target, lines);
}

/** Marshals an array at the cursor: a statement. */
export function rowsStatement(routine: Routine, plan: Plan, source: Source): string {
  const name = marshalRoutine(routine, plan, source);
  const [size = "0", ...others] = sizesText(routine, plan, `${source.text}.length`).slice(1, -1).split(", ");
  const ranged =
    plan.range === undefined ? size : `w.range(${size}, ${plan.range.low}, ${plan.range.high}, ${source.path})`;
  const sizes = `[${[ranged, ...others].join(", ")}]`;
  return `${name}(w, ${source.text}, ${source.path}, ${sizes}, ${runsText(routine, plan, source.text)}${outerArguments(routine, plan.element)});`;
}

function marshalRoutine(routine: Routine, plan: Plan, source: Source): string {
  const { emit } = routine;
  const { module, planner } = emit;
  const name = `${partName(routine, source.local)}$Array`;
  if (emit.printed.has(name)) return name;
  emit.printed.add(name);

  const scope = localsOf(emit, "w value path sizes runs at end row wide mark".split(" "));
  const outer = outerParameters(emit, plan.element, scope);
  const inner = continued(routine, {
    name,
    scope,
    resolve: outer.resolve,
    recursion: planner.recursionOf(plan.element),
    owner: undefined,
  });
  if (plan.isConformant) inner.fixed.push(`${module.value("appendMaximumCounts")}(w, sizes, path);`);
  if (plan.isVarying) inner.fixed.push(`${module.value("appendRuns")}(w, sizes, runs, path);`);
  inner.fixed.push(...reserveElements(inner, plan));
  const body = continued(inner, { state: inner.state });
  const place = { text: "value", local: "item", path: "path", type: source.type };
  marshalRowsAt(body, plan, { at: "at", runs: "runs" }, place, body.late);
  inner.fixed.push(...body.fixed, ...body.late);
  const usesSizes = plan.isConformant || plan.isVarying;
  module.add(
    functionStructure({
      name,
      parameters: [
        coderParameter(emit, "w"),
        { name: "value", type: `Readonly<${emit.types.text(source.type)}>` },
        { name: "path", type: "string" },
        { name: usesSizes ? "sizes" : "_sizes", type: "readonly number[]" },
        { name: "runs", type: module.type("Runs") },
        ...outer.parameters,
      ],
      returnType: "void",
      statements: bodyOf({ ...inner, late: [] }),
    }),
  );
  return name;
}

function reserveElements(routine: Routine, plan: Plan): string[] {
  const { module, planner } = routine.emit;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  if (stride !== undefined && layout.size !== undefined)
    return [
      `const at = w.reserveClearedArray(${module.value("elementCount")}(runs), ${dual(layout.size)}, ${dual(stride)}, ${dual(layout.start)});`,
    ];
  return [
    `const at = w.appendGap(${dual(layout.start)});`,
    `w.reserveTo(${elementsEnd(routine, plan, "at", sentText(module.value("sentRows"), plan, "value", "runs"))});`,
  ];
}

/** Writes the elements at `at` in a run that was reserved. */
function marshalRowsAt(routine: Routine, plan: Plan, sent: SentRows, source: Source, lines: string[]): void {
  const { module, planner } = routine.emit;
  const last = plan.dimensions.length - 1;
  const at = routine.scope.coin(`${source.local}RowAt`);
  lines.push(`let ${at} = ${sent.at};`);
  let row = source.text;
  for (let dimension = 0; dimension < last; dimension++) {
    const next = routine.scope.coin(`${source.local}Row`);
    const isVarying = plan.dimensions[dimension]?.varying !== undefined;
    lines.push(
      `for (const ${next} of ${module.value("rowsToSend")}(w, ${row}, ${sent.runs}, ${dimension}, ${isVarying}, ${source.path})) {`,
    );
    row = next;
  }
  const isVarying = plan.dimensions[last]?.varying !== undefined;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  if (plan.element.kind === "scalar" && numberNodeOf(plan.element) !== undefined)
    lines.push(
      `${at} = ${module.value("marshalNumberRow")}(w, ${at}, ${row}, ${typedArrayConstructor(plan.element)}, ${sent.runs}, ${isVarying}, ${source.path});`,
    );
  else {
    const run = routine.scope.coin(`${source.local}Run`);
    lines.push(`const ${run} = ${module.value("runOf")}(${sent.runs}, ${last});`);
    marshalElements(
      routine,
      plan.element,
      { at, count: `${run}.count`, first: isVarying ? `${run}.first` : "0" },
      { ...source, text: row, type: rowType(plan, source.type) },
      lines,
    );
    lines.push(
      stride === undefined
        ? `${at} = w.align(${elementsEnd(routine, plan, at, `${module.value("sentRows")}(${row}, ${sent.runs}, ${last})`)}, ${dual(layout.start)});`
        : `${at} += ${run}.count * ${operand(dual(stride))};`,
    );
  }
  lines.push(...Array.from({ length: last }, () => "}"));
}

/** The end of elements of varying size. */
function elementsEnd(routine: Routine, plan: Plan, at: string, items: string): string {
  return `${routine.emit.module.value("sizeElements")}(${at}, ${items}, ${sizeElementText(routine, plan)})`;
}

function sizeElementText(routine: Routine, plan: Plan): string {
  const { start } = routine.emit.planner.layoutOf(plan.element);
  return `(at, item) => ${sizeText(routine, plan.element, `w.align(at, ${dual(start)})`, "item")}`;
}

/** The elements that are sent, of all rows: an expression. */
function sentText(sentRows: string, plan: Plan, value: string, runs: string, dimension = 0): string {
  const rows = `${sentRows}(${value}, ${runs}, ${dimension})`;
  if (dimension === plan.dimensions.length - 1) return rows;
  return `${rows}.flatMap((row) => ${sentText(sentRows, plan, "row", runs, dimension + 1)})`;
}

/** Marshals an array that lies at `at` in its struct. */
export function marshalRows(routine: Routine, plan: Plan, at: string, source: Source, lines: string[]): void {
  const { module, planner } = routine.emit;
  const { start } = planner.layoutOf(plan.element);
  const runs = routine.scope.coin(`${source.local}Runs`);
  lines.push(`const ${runs} = ${runsText(routine, plan, source.text)};`);
  const counts = plan.isConformant ? "count" : sizesText(routine, plan);
  const place = plan.isVarying
    ? `${module.value("marshalRuns")}(w, ${at}, ${counts}, ${runs}, ${dual(start)}, ${source.path})`
    : at;
  marshalRowsAt(routine, plan, { at: place, runs }, source, lines);
}

/** The end of an array that lies at `at` in its struct, for the reader: an expression. */
export function skipRowsText(emit: EmitContext, plan: Plan, at: string): string {
  const { module, planner } = emit;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  const counts = plan.isConformant ? "count" : `[${plan.dimensions.map(({ count }) => count).join(", ")}]`;
  if (stride !== undefined && layout.size !== undefined)
    return `${module.value("skipRows")}(r, ${at}, ${counts}, ${plan.isVarying}, ${dual(layout.size)}, ${dual(stride)}, ${dual(layout.start)})`;
  const skip = skipText(emit, plan.element, `r.align(at, ${dual(layout.start)})`);
  return `${module.value("skipRowElements")}(r, ${at}, ${counts}, ${plan.isVarying}, (at) => ${skip})`;
}

/** The end of an array written at `at` in its struct: an expression. */
export function sizeRowsText(routine: Routine, plan: Plan, at: string, value: string): string {
  const { module, planner } = routine.emit;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  if (stride === undefined || layout.size === undefined) {
    const sent = `(runs) => ${sentText(module.value("sentRows"), plan, value, "runs")}`;
    return `${module.value("sizeRowElements")}(w, ${at}, ${runsText(routine, plan, value)}, ${plan.isVarying}, ${sent}, ${sizeElementText(routine, plan)})`;
  }
  return `${module.value("sizeRows")}(w, ${at}, ${runsText(routine, plan, value)}, ${plan.isVarying}, ${dual(layout.size)}, ${dual(stride)}, ${dual(layout.start)})`;
}
