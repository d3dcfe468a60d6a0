import { layoutOf } from "../../grammar/index.ts";
import { alignUp, bySyntax } from "../wire-plan/layout.ts";
import type { UnionArmPlan, UnionPlan } from "../wire-plan/plan.ts";
import { marshalValue } from "./marshal.ts";
import { memberName } from "./names.ts";
import { armLiteral } from "./zero-values.ts";
import { dual, dualOperand } from "./place.ts";
import type { Place } from "./place.ts";
import {
  bodyOf,
  coderParameter,
  continued,
  nodeTypeName,
  typeRoutine,
  typeRoutineName,
  usesWide,
} from "./routine-context.ts";
import type { Coder, EmitContext, Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import type { ParameterText } from "./structures.ts";
import { switchOverTag } from "./union-switch.ts";
import { unmarshalValue } from "./unmarshal.ts";

/** Prints the marshaling routines of a union. */
export function unionRoutines(emit: EmitContext, plan: UnionPlan): void {
  const isEncapsulated = plan.type.encapsulated !== undefined;
  const expected = (type: string): ParameterText[] => (isEncapsulated ? [] : [{ name: "expected", type }]);
  marshalRoutine(emit, plan, expected("number"));
  marshalNodeRoutine(emit, plan, expected("number"));
  // The switch of a parameter may come after it.
  unmarshalRoutine(emit, plan, expected("number | undefined"));
  unmarshalNodeRoutine(emit, plan, expected("number | undefined"));
}

function marshalRoutine(emit: EmitContext, plan: UnionPlan, expected: ParameterText[]): void {
  const { type, discriminant } = plan;
  const path = JSON.stringify(`${type.name}.discriminant`);
  const lines: string[] = [];
  let wide = false;
  const tag = (value: string): string =>
    `w.${discriminant.method}(at, ${isBoolean(plan) ? `${value} !== 0` : value}, ${path});`;
  if (expected.length > 0) lines.push("w.agreeDiscriminant(value, expected, path);");
  lines.push(...switchOverTag(plan));
  for (const armPlan of plan.arms) {
    const { arm } = armPlan;
    for (const each of arm.cases) lines.push(`case ${each.value}:`);
    if (arm.cases.length > 0)
      lines.push("{", tag("value.discriminant"), ...armBody(emit, plan, armPlan, "w", "value"), "break;", "}");
    if (arm.isDefault)
      lines.push(
        'case "default": {',
        tag("value.discriminantValue"),
        ...armBody(emit, plan, armPlan, "w", "value"),
        "break;",
        "}",
      );
  }
  lines.push("default:", "throw w.invalidTag(value, path);", "}");
  wide = usesWide(lines);
  emit.module.add(
    functionStructure({
      name: typeRoutineName("marshal", type),
      exported: true,
      documentation: `Marshals union ${type.name} at \`at\`; what it points to is at the cursor.`,
      parameters: [
        coderParameter(emit, "w"),
        { name: "at", type: "number" },
        ...expected,
        { name: "value", type: emit.types.named(type.name, type.file) },
        { name: lines.some((line) => /\bpath\b/.test(line)) ? "path" : "_path", type: "string" },
      ],
      returnType: "void",
      statements: [...(wide ? ["const wide = w.ndr64;"] : []), ...lines],
    }),
  );
}

function unmarshalRoutine(emit: EmitContext, plan: UnionPlan, expected: ParameterText[]): void {
  const { type, discriminant } = plan;
  const typeName = emit.types.named(type.name, type.file);
  const read = `r.${discriminant.method}(at)`;
  const lines = [`const discriminant = ${isBoolean(plan) ? `Number(${read})` : read};`];
  if (expected.length > 0) lines.push(`r.agreeDiscriminant(discriminant, expected, ${JSON.stringify(type.name)});`);
  lines.push("switch (discriminant) {");
  const setArm = emit.module.value("setArm");
  let defaultLines = ["default:", `throw r.invalidTag(discriminant, ${JSON.stringify(type.name)});`];
  for (const armPlan of plan.arms) {
    const { arm } = armPlan;
    if (arm.cases.length > 0) {
      for (const each of arm.cases) lines.push(`case ${each.value}:`);
      const values = arm.cases.map((each) => each.value);
      const literal = values.length === 1 ? String(values[0]) : chain(values);
      lines.push(
        "{",
        ...unmarshalArm(emit, plan, armPlan, literal, values.length > 1 ? literal : undefined, setArm, "discriminant"),
        "}",
      );
    }
    if (arm.isDefault) {
      const withoutCases = { ...armPlan, arm: { ...arm, cases: [] } };
      defaultLines = [
        "default: {",
        ...unmarshalArm(emit, plan, withoutCases, "discriminant", "discriminant", setArm, "discriminantValue"),
        "}",
      ];
    }
  }
  lines.push(...defaultLines, "}");
  const wide = usesWide(lines);
  emit.module.add(
    functionStructure({
      name: typeRoutineName("unmarshal", type),
      exported: true,
      documentation: `Unmarshals union ${type.name} at \`at\`; what it points to is at the cursor. A node keeps its identity when the arm changes.`,
      parameters: [
        coderParameter(emit, "r"),
        { name: "at", type: "number" },
        ...expected,
        { name: "existing", type: `${typeName} | null | undefined` },
        { name: "isNode", initializer: "false" },
      ],
      returnType: typeName,
      statements: [...(wide ? ["const wide = r.ndr64;"] : []), ...lines],
    }),
  );
}

/** `discriminant === 1 ? 1 : 2`: the number as one of the literals. */
function chain(values: readonly number[]): string {
  return values
    .map((value, index) => (index === values.length - 1 ? String(value) : `discriminant === ${value} ? ${value} : `))
    .join("");
}

function unmarshalArm(
  emit: EmitContext,
  plan: UnionPlan,
  armPlan: UnionArmPlan,
  literal: string,
  changing: string | undefined,
  setArm: string,
  tagName: string,
): string[] {
  const { arm } = armPlan;
  const fresh = `${setArm}(existing, isNode, ${armLiteral(emit, arm, literal)})`;
  if (arm.name === undefined) return [`return ${fresh};`];
  const name = memberName(arm.name);
  const typeName = emit.types.named(plan.type.name, plan.type.file);
  const armType = `Extract<${typeName}, { ${name}: unknown${isDefaultArm(arm) ? '; discriminant: "default"' : `; discriminant: ${arm.cases.map((each) => each.value).join(" | ")}`} }>`;
  const reuse = isDefaultArm(arm)
    ? 'existing?.discriminant === "default"'
    : `existing && "${name}" in existing${plan.arms.some((other) => other.arm === arm || other.arm.name === arm.name) && hasDefaultTwin(plan, arm.name) ? ' && existing.discriminant !== "default"' : ""}`;
  return [
    `const arm: ${armType} = ${reuse} ? existing : ${fresh};`,
    ...(changing === undefined ? [] : [`arm.${tagName} = ${changing};`]),
    ...armBody(emit, plan, armPlan, "r", "arm", armType),
    "return arm;",
  ];
}

function isDefaultArm(arm: UnionArmPlan["arm"]): boolean {
  return arm.cases.length === 0;
}

/** An arm that has both cases and [default] stands in the type twice. */
function hasDefaultTwin(plan: UnionPlan, name: string): boolean {
  return plan.arms.some(({ arm }) => arm.name === name && arm.isDefault && arm.cases.length > 0);
}

function armBody(
  emit: EmitContext,
  plan: UnionPlan,
  armPlan: UnionArmPlan,
  coder: Coder,
  owner: string,
  ownerType?: string,
): string[] {
  const { arm, plan: part } = armPlan;
  if (arm.name === undefined || part === undefined || arm.type === undefined) return [];
  const typeName = emit.types.named(plan.type.name, plan.type.file);
  const name = memberName(arm.name);
  const type = ownerType ?? `Extract<${typeName}, { ${name}: unknown }>`;
  const base = typeRoutine(emit, coder, plan.type, { name: owner, type });
  const routine: Routine = continued(base, { state: base.state });
  const text = `${owner}.${name}`;
  const target = { text, local: arm.name, path: JSON.stringify(`${plan.type.name}.${arm.name}`), type: arm.type };
  const place = armPlace(emit, plan, armPlan, routine);
  if (coder === "r") unmarshalValue(routine, part, place, { ...target, existing: text });
  else marshalValue(routine, part, place, target);
  return bodyOf(routine).filter((line) => !line.startsWith("const wide ="));
}

function armPlace(emit: EmitContext, plan: UnionPlan, armPlan: UnionArmPlan, routine: Routine): Place {
  const tag = emit.planner.layoutOf(plan.discriminant).alignment;
  const part = armPlan.plan;
  const alignment = bySyntax(
    (syntax) => plan.armAlignment[syntax] ?? (part === undefined ? 1 : emit.planner.layoutOf(part).start[syntax]),
  );
  const { start } = plan.layout;
  if (alignment.ndr <= start.ndr && alignment.ndr64 <= start.ndr64)
    return { base: "at", offset: bySyntax((syntax) => alignUp(tag[syntax], alignment[syntax])) };
  routine.fixed.push(`const armAt = ${routine.coder}.align(at + ${dualOperand(tag)}, ${dual(alignment)});`);
  return { base: "armAt", offset: { ndr: 0, ndr64: 0 } };
}

function isBoolean(plan: UnionPlan): boolean {
  return plan.discriminant.method === "boolean";
}

function marshalNodeRoutine(emit: EmitContext, plan: UnionPlan, expected: ParameterText[]): void {
  const { type, layout } = plan;
  const given = expected.length > 0 ? "expected, " : "";
  const lines =
    layout.size === undefined
      ? [
          `const at = w.appendGap(${dual(layout.start)});`,
          `w.reserveTo(size${type.name}(w, at, value));`,
          `${typeRoutineName("marshal", type)}(w, at, ${given}value, path);`,
        ]
      : [
          `${typeRoutineName("marshal", type)}(w, w.reserveCleared(${dual(layout.size)}, ${dual(layout.start)}), ${given}value, path);`,
        ];
  emit.module.add(
    functionStructure({
      name: typeRoutineName("marshal", type, "Node"),
      exported: true,
      documentation: `Marshals union ${type.name} at the cursor.`,
      parameters: [
        coderParameter(emit, "w"),
        ...expected,
        { name: "value", type: emit.types.named(type.name, type.file) },
        { name: "path", type: "string" },
      ],
      returnType: "void",
      statements: [...(usesWide(lines) ? ["const wide = w.ndr64;"] : []), ...lines],
    }),
  );
}

function unmarshalNodeRoutine(emit: EmitContext, plan: UnionPlan, expected: ParameterText[]): void {
  const { type, layout } = plan;
  const typeName = emit.types.named(type.name, type.file);
  const given = expected.length > 0 ? "expected, " : "";
  const { size } = layoutOf(type, emit.environment);
  const lines =
    layout.size === undefined
      ? [`const at = r.align(r.offset, ${dual(layout.start)});`, `r.takeTo(skip${type.name}(r, at));`]
      : [`const at = r.take(${dual(layout.size)}, ${dual(layout.start)});`];
  lines.push(
    `const node = existing ?? ${emit.module.value("midl_user_allocate")}(r, ${size}, ${nodeTypeName(emit, type)});`,
    `return unmarshal${type.name}(r, at, ${given}node, true);`,
  );
  emit.module.add(
    functionStructure({
      name: typeRoutineName("unmarshal", type, "Node"),
      exported: true,
      documentation: `Unmarshals union ${type.name} at the cursor: into existing storage, otherwise into a node from the pair.`,
      parameters: [
        coderParameter(emit, "r"),
        ...expected,
        { name: "existing", type: `${typeName} | null | undefined` },
      ],
      returnType: typeName,
      statements: [...(usesWide(lines) ? ["const wide = r.ndr64;"] : []), ...lines],
    }),
  );
}
