import type { Interface, TypeDeclaration } from "../../grammar/index.ts";
import type { Type } from "../../grammar/index.ts";
import { NotGenerated } from "../wire-plan/plan.ts";
import type { ValuePlan } from "../wire-plan/plan.ts";
import { valueConversions } from "./conversions.ts";
import { marshalItem, unmarshalParameter } from "./parameters.ts";
import { bodyOf, parameterRoutine } from "./routine-context.ts";
import type { EmitContext } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";

/**
 * Prints `TYPE_Encode`, `TYPE_Decode` and `TYPE_AlignSize` for a type with [encode] or [decode], on itself or on its interface (MIDL
 * "encode", "Type Serialization").
 */
export function typeSerialization(emit: EmitContext, declaration: TypeDeclaration, owner: Interface): void {
  const { type, name } = declaration;
  if (type.kind === "pipe") return;
  const own = type.kind === "enum" ? owner.attributes : type.attributes;
  const encodes = own.has("encode") || owner.attributes.has("encode");
  const decodes = own.has("decode") || owner.attributes.has("decode");
  if (!encodes && !decodes) return;
  const plan = planOf(emit, type);
  if (plan === undefined) return;
  if (encodes) encodeRoutines(emit, name, type, plan, owner);
  if (decodes) decodeRoutine(emit, name, type, plan, owner);
}

function planOf(emit: EmitContext, type: Type): ValuePlan | undefined {
  try {
    const plan = emit.planner.value(type);
    if (plan.kind === "struct") emit.planner.struct(plan.struct);
    if (plan.kind === "union") emit.planner.union(plan.union);
    return plan;
  } catch (error) {
    if (error instanceof NotGenerated) return undefined;
    throw error;
  }
}

function encodeRoutines(emit: EmitContext, name: string, type: Type, plan: ValuePlan, owner: Interface): void {
  const { module } = emit;
  const conversions = valueConversions(emit, plan, `${name}_Encode`);
  const routine = parameterRoutine(emit, "w", `encode${name}`, ["value", "conversions"], () => "undefined");
  if (conversions !== undefined) routine.fixed.push(`w.conversions = ${conversions.kept};`);
  routine.fixed.push(...marshalItem(routine, { name: "value", plan, type }, "value", JSON.stringify(name)));
  const given = [
    { name: "value", type: emit.types.text(type) },
    ...(conversions === undefined ? [] : [conversions.parameter]),
  ];
  const marshal = `(w) => {\n${bodyOf(routine).join("\n")}\n}`;
  const isConstructed = String(plan.kind !== "scalar");
  module.add(
    functionStructure({
      name: `${name}_Encode`,
      exported: true,
      documentation: `Serializes a value of type ${name}. The caller keeps the value and frees it.${conversions?.text ?? ""}`,
      parameters: [{ name: "handle", type: module.type("MesEncodeHandle") }, ...given],
      returnType: "void",
      statements: [`handle.encode(${emit.names.description(owner)}, ${isConstructed}, ${marshal});`],
    }),
    functionStructure({
      name: `${name}_AlignSize`,
      exported: true,
      documentation: `Octets that {@link ${name}_Encode} would add to a handle, headers included.`,
      parameters: [...given, { name: "ndr64", initializer: "false" }],
      returnType: "number",
      statements: [
        "let size = 0;",
        `const handle = ${module.value("MesEncodeIncrementalHandleCreate")}((octets) => { size += octets.length; }, { ndr64 });`,
        `${name}_Encode(handle, value${conversions === undefined ? "" : ", conversions"});`,
        "return size;",
      ],
    }),
  );
}

function decodeRoutine(
  emit: EmitContext,
  name: string,
  type: TypeDeclaration["type"],
  plan: ValuePlan,
  owner: Interface,
): void {
  const { module } = emit;
  const conversions = valueConversions(emit, plan, `${name}_Decode`);
  const routine = parameterRoutine(emit, "r", `decode${name}`, ["conversions"], () => "undefined");
  if (conversions !== undefined) routine.fixed.push(`r.conversions = ${conversions.kept};`);
  const text = emit.types.text(type);
  // MIDL hands out a pointer to what it decoded: a struct is a node from the pair, not storage of the caller.
  const asReferent: Type = { kind: "pointer", pointer: "ref", pointee: type, attributes: new Map() };
  const isStruct = plan.kind === "struct";
  const item = isStruct
    ? {
        name,
        plan: { kind: "pointer", pointer: "ref", referent: plan, storage: undefined, refusesSizedNull: true } as const,
        type: asReferent,
      }
    : { name, plan, type };
  routine.fixed.push(
    ...unmarshalParameter(routine, item, { local: "value", existing: "null", isKnown: true, type: text }),
    "return value;",
  );
  const layout = emit.planner.layoutOf(plan);
  const size = plan.kind === "scalar" ? String(layout.size?.ndr64 ?? 8) : "undefined";
  module.add(
    functionStructure({
      name: `${name}_Decode`,
      exported: true,
      documentation: `Reads a value of type ${name}: nodes come from the handle's pair, and the caller frees them.${conversions?.text ?? ""}`,
      parameters: [
        { name: "handle", type: module.type("MesDecodeHandle") },
        ...(conversions === undefined ? [] : [conversions.parameter]),
      ],
      returnType: text,
      statements: [
        `return handle.decode(${emit.names.description(owner)}, ${size}, (r) => {\n${bodyOf(routine).join("\n")}\n});`,
      ],
    }),
  );
}
