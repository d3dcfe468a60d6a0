import type { Expression, Interface, Operation, Parameter, Type } from "../../grammar/index.ts";
import type { MemorySettings, OperationMemory } from "../ownership/facts.ts";
import { operationMemory } from "../ownership/ownership.ts";
import type { ConvertedPlan, PointerPlan, ValuePlan } from "../wire-plan/plan.ts";
import { rejectSystemHandle } from "../wire-plan/storage-attributes.ts";
import type { Planner } from "../wire-plan/planner.ts";
import { plainReference } from "./expressions.ts";
import { memberName } from "./names.ts";
import { isNode, pointsToNode } from "./node-types.ts";
import { outerReferences } from "./outer-values.ts";
import { pipeParameter } from "./pipe-parameters.ts";
import type { PipeParameter } from "./pipe-parameters.ts";
import { pipeOf } from "./pipe-types.ts";
import { withoutAlias } from "./typescript-types.ts";

/** An operation as the stubs need it. */
export interface OperationPlan {
  readonly interface: Interface;
  readonly operation: Operation;
  readonly opnum: number;
  /** Parameters that are sent, in the order of the wire. */
  readonly parameters: readonly ParameterPlan[];
  /** Parameters that are pipes, in the order of the IDL. */
  readonly pipes: readonly PipeParameter[];
  /** Undefined for void. */
  readonly returns: ReturnPlan | undefined;
  /** Names of the context handle types that occur. */
  readonly contextHandles: readonly string[];
  /** What routines of the application convert, in parameters and what they lead to. */
  readonly conversions: readonly ConvertedPlan[];
  /** Full pointers occur: their numbers hold for the whole call. */
  readonly hasFullPointers: boolean;
  /** Who allocates and who frees, and with what. */
  readonly memory: OperationMemory;
}

/** What an operation returns. */
export interface ReturnPlan {
  readonly plan: ValuePlan;
  readonly type: Type;
  /** Name of the context handle type when it is one. */
  readonly contextHandle: string | undefined;
}

export interface ParameterPlan {
  readonly parameter: Parameter;
  /** Property of the request and the response. */
  readonly name: string;
  readonly plan: ValuePlan;
  readonly type: Type;
  readonly in: boolean;
  readonly out: boolean;
  /** The outermost pointer may be null. */
  readonly isNullable: boolean;
  /** What the parameter refers to is a node: storage with an identity, that the caller may bring and the stub may allocate. */
  readonly isNode: boolean;
  /** The value of the property is a node or null: also when a [ref] pointer leads to the pointer that may be null. */
  readonly holdsNode: boolean;
  /** Name of the context handle type when the parameter is one. */
  readonly contextHandle: string | undefined;
  /** Names of the context handle types that it is or that its arrays consist of. */
  readonly contextHandles: readonly string[];
  /** The [in] parameter that this one can be taken from when the caller leaves it out. */
  readonly derivedFrom: { readonly name: string; readonly role: "count" | "string" | "discriminant" } | undefined;
}

/**
 * Plans an operation.
 *
 * @throws NotGenerated with the reason, for what the stubs cannot carry
 */
export function planOperation(
  planner: Planner,
  owner: Interface,
  operation: Operation,
  settings: MemorySettings = { osf: false, rpcss: false },
): OperationPlan | undefined {
  if (operation.opnum === undefined || operation.callback || operation.attributes.has("local")) return undefined;
  const sent = operation.parameters.filter(
    (parameter) => !isBindingHandle(parameter.type) && pipeOf(parameter.type) === undefined,
  );
  const plain = sent.map((parameter) => planParameter(planner, parameter));
  const parameters = plain.map((each) => ({ ...each, derivedFrom: derivation(each, plain) }));
  const returns = planReturn(planner, operation.returnType);
  const plans = [...parameters, ...(returns === undefined ? [] : [returns])].map((each) => each.plan);
  const reached = plans.flatMap((plan) => reachable(planner, plan));
  return {
    interface: owner,
    operation,
    opnum: operation.opnum,
    parameters,
    pipes: operation.parameters.flatMap((parameter) => pipeParameter(planner, parameter) ?? []),
    returns,
    contextHandles: [
      ...new Set([...parameters.flatMap((each) => each.contextHandles), returns?.contextHandle ?? []].flat()),
    ],
    conversions: reached.filter((each) => each.kind === "converted"),
    hasFullPointers: reached.some((each) => each.kind === "pointer" && each.pointer === "ptr"),
    memory: operationMemory(owner, operation, settings),
  };
}

function planReturn(planner: Planner, type: Type): ReturnPlan | undefined {
  if (withoutAlias(type).kind === "void") return undefined;
  const plan = planner.value(type);
  return { plan, type, contextHandle: contextHandleOf(plan) };
}

function planParameter(planner: Planner, parameter: Parameter): ParameterPlan {
  rejectSystemHandle(parameter.name, parameter.attributes);
  const plan = withDirection(planner.value(parameter.type, parameter), parameter);
  const isPointer = plan.kind === "pointer";
  return {
    parameter,
    name: memberName(parameter.name),
    plan,
    type: parameter.type,
    in: parameter.in,
    out: parameter.out,
    isNullable: isPointer && plan.pointer !== "ref",
    isNode: isPointer
      ? isStorage(plan, parameter.type)
      : withoutAlias(parameter.type).kind === "array" && isNode(parameter.type),
    holdsNode: holdsNode(parameter.type),
    contextHandle: contextHandleOf(plan),
    contextHandles: reachable(planner, plan).flatMap((each) => (each.kind === "context-handle" ? each.name : [])),
    derivedFrom: undefined,
  };
}

/** A context handle that only goes in must be open. */
function withDirection(plan: ValuePlan, parameter: Parameter): ValuePlan {
  if (plan.kind === "pointer" && plan.referent.kind === "context-handle")
    return { ...plan, referent: withDirection(plan.referent, parameter) };
  return plan.kind === "context-handle" ? { ...plan, mayBeNull: parameter.out } : plan;
}

/** The conversions that a plan leads to. */
export function conversionsIn(planner: Planner, plan: ValuePlan): readonly ConvertedPlan[] {
  return reachable(planner, plan).filter((each) => each.kind === "converted");
}

/** Every plan that a plan leads to, itself included. */
function reachable(planner: Planner, root: ValuePlan): readonly ValuePlan[] {
  const seen = new Set<object>();
  const found: ValuePlan[] = [];
  const pending: ValuePlan[] = [root];
  for (let plan = pending.pop(); plan !== undefined; plan = pending.pop()) {
    found.push(plan);
    switch (plan.kind) {
      case "pointer":
        pending.push(plan.referent);
        break;
      case "fixed-array":
      case "varying-array":
      case "conformant-array":
      case "multidimensional-array":
        pending.push(plan.element);
        break;
      case "converted":
        pending.push(plan.wire);
        break;
      case "struct":
        if (seen.has(plan.struct)) break;
        seen.add(plan.struct);
        pending.push(...planner.struct(plan.struct).items.map((item) => item.plan));
        break;
      case "union":
        if (seen.has(plan.union)) break;
        seen.add(plan.union);
        pending.push(...planner.union(plan.union).arms.flatMap((arm) => arm.plan ?? []));
        break;
      default:
    }
  }
  return found;
}

function derivation(target: ParameterPlan, all: readonly ParameterPlan[]): ParameterPlan["derivedFrom"] {
  if (!target.in || !isInteger(target.type)) return undefined;
  for (const each of all) {
    if (!each.in || each === target) continue;
    const referent = behindRef(each.plan);
    const is = (expression: Expression | undefined): boolean => plainReference(expression) === target.parameter;
    if (referent.kind === "conformant-array" && (is(referent.sizeIs) || is(referent.varying?.lengthIs)))
      return { name: each.name, role: "count" };
    if (referent.kind === "multidimensional-array") {
      const [outermost] = referent.dimensions;
      if (is(outermost?.sizeIs) || is(outermost?.varying?.lengthIs)) return { name: each.name, role: "count" };
    }
    if (referent.kind === "conformant-string" && is(referent.sizeIs)) return { name: each.name, role: "string" };
    if (referent.kind === "union" && is(referent.switchIs)) return { name: each.name, role: "discriminant" };
  }
  return undefined;
}

/** The plan behind the pointers of a parameter. */
export function behindRef(plan: ValuePlan): ValuePlan {
  return plan.kind === "pointer" ? plan.referent : plan;
}

/** The plan behind every [ref] pointer that the parameter begins with. */
export function behindRefs(plan: ValuePlan): ValuePlan {
  const referent = behindRef(plan);
  return plan.kind === "pointer" && referent.kind === "pointer" && referent.pointer === "ref"
    ? behindRefs(referent)
    : referent;
}

/** Parameters that the size, length and switch expressions of this parameter read. */
export function controllers(parameter: ParameterPlan): readonly Parameter[] {
  return outerReferences(parameter.plan).filter((each) => each.kind === "parameter");
}

function isInteger(type: Type): boolean {
  const known = withoutAlias(type);
  if (known.kind === "pointer") return known.pointer === "ref" && isInteger(known.pointee);
  if (known.kind === "enum") return true;
  return (
    known.kind === "base" &&
    !["boolean", "float", "double", "int64", "uint64", "int3264", "uint3264"].includes(known.base)
  );
}

function contextHandleOf(plan: ValuePlan): string | undefined {
  const referent = behindRef(plan);
  return referent.kind === "context-handle" ? referent.name : undefined;
}

function isBindingHandle(type: Type): boolean {
  const known = withoutAlias(type);
  return known.kind === "binding-handle" || (known.kind === "pointer" && isBindingHandle(known.pointee));
}

function holdsNode(type: Type): boolean {
  const known = withoutAlias(type);
  if (known.kind === "array") return isNode(known);
  if (known.kind !== "pointer") return false;
  const inner = withoutAlias(known.pointee);
  return known.pointer === "ref" && inner.kind === "pointer" ? holdsNode(inner) : pointsToNode(known);
}

/** A [ref] pointer to a pointer that may be null refers to no node of its own: it is the inner pointer that counts. One to a [ref] pointer is followed. */
function isStorage(plan: PointerPlan, type: Type): boolean {
  const { referent } = plan;
  if (plan.pointer !== "ref" || referent.kind !== "pointer") return pointsToNode(type);
  return referent.pointer === "ref" && isStorage(referent, pointee(type));
}

function pointee(type: Type): Type {
  const known = withoutAlias(type);
  return known.kind === "pointer" ? known.pointee : known;
}

/** The expression for the octets of a [byte_count] parameter's buffer; undefined for other parameters. */
export function byteCountOf({ parameter }: ParameterPlan): Expression | undefined {
  return parameter.attributes.get("byte_count")?.arguments[0];
}
