import { requestNote, responseNote } from "../ownership/sentences.ts";
import { safeName } from "./names.ts";
import { byteCountOf } from "./operation-plan.ts";
import type { OperationPlan, ParameterPlan } from "./operation-plan.ts";
import { pipeProperty } from "./pipe-parameters.ts";
import type { EmitContext } from "./routine-context.ts";
import type { Side } from "./typescript-types.ts";
import { documentation, interfaceStructure, typeAlias } from "./structures.ts";
import type { PropertyText } from "./structures.ts";

/** Parameters that come back. */
export function outParameters(plan: OperationPlan): readonly ParameterPlan[] {
  return plan.parameters.filter((parameter) => parameter.out);
}

/** Parameters of the request object: what is sent, and the storage of [out] nodes. */
export function requestParameters(plan: OperationPlan): readonly ParameterPlan[] {
  return plan.parameters.filter((parameter) => parameter.in || hasStorage(parameter));
}

/** An [out] parameter whose referent the caller may bring, and the server stub allocates (a pointer that may be null is not followed). */
export function hasStorage(parameter: ParameterPlan): boolean {
  return parameter.isNode && !parameter.isNullable;
}

/** `Promise<...>` of what, or what a manager routine returns. */
export function resultText(plan: OperationPlan, printed: (name: string) => string, emit: EmitContext): string {
  if (outParameters(plan).length > 0) return printed(emit.names.response(plan.operation));
  return returnText(emit, plan);
}

/** The TypeScript type of the return value. */
export function returnText(emit: EmitContext, { returns }: OperationPlan): string {
  if (returns === undefined) return "void";
  if (returns.contextHandle === undefined) return emit.types.text(returns.type);
  return `${emit.types.handle(returns.contextHandle)} | null`;
}

/** Prints the request and response interfaces of an operation. */
export function operationTypes(emit: EmitContext, plan: OperationPlan, side: Side): void {
  const request = [
    ...requestParameters(plan).map((parameter) => requestProperty(emit, plan, parameter, side)),
    ...plan.pipes.map((pipe) => pipeProperty(emit, pipe, side)),
  ];
  const text = `Parameters of {@link ${plan.operation.name}} that the caller gives.`;
  const generics = typeParameters(contextsOf(requestParameters(plan)), side);
  emit.module.add(
    request.length === 0
      ? typeAlias(emit.names.request(plan.operation), "Readonly<Record<string, never>>", text)
      : interfaceStructure(emit.names.request(plan.operation), request, text, generics),
  );
  const out = outParameters(plan);
  if (out.length === 0) return;
  const response = out.map((parameter) => responseProperty(emit, plan, parameter, side));
  if (plan.returns !== undefined) response.push({ name: "returnValue", type: returnText(emit, plan) });
  emit.module.add(
    interfaceStructure(
      emit.names.response(plan.operation),
      response,
      `What {@link ${plan.operation.name}} returns.`,
      typeParameters(responseContexts(plan), side),
    ),
  );
}

/** The context handle types among parameters. */
export function contextsOf(parameters: readonly ParameterPlan[]): { readonly contextHandles: readonly string[] } {
  return { contextHandles: [...new Set(parameters.flatMap((parameter) => parameter.contextHandles))] };
}

/** The context handle types of a response. */
export function responseContexts(plan: OperationPlan): { readonly contextHandles: readonly string[] } {
  const { contextHandles } = contextsOf(outParameters(plan));
  return { contextHandles: [...new Set([...contextHandles, plan.returns?.contextHandle ?? []].flat())] };
}

/** The state types of context handles: type parameters on the server. */
export function typeParameters(plan: { readonly contextHandles: readonly string[] }, side: Side): string[] {
  return side === "server" ? plan.contextHandles.map((name) => `${safeName(name)} extends object = object`) : [];
}

/** The same as arguments. */
export function typeArguments(plan: { readonly contextHandles: readonly string[] }, side: Side): string {
  return side === "server" && plan.contextHandles.length > 0 ? `<${plan.contextHandles.map(safeName).join(", ")}>` : "";
}

function requestProperty(emit: EmitContext, plan: OperationPlan, parameter: ParameterPlan, side: Side): PropertyText {
  const type = parameterType(emit, parameter);
  const isOptional =
    side === "client" && (parameter.isNullable || parameter.derivedFrom !== undefined || !parameter.in);
  const docs = documentation(requestText(plan, parameter, side));
  if (side === "client" && byteCountOf(parameter) !== undefined)
    return { name: parameter.name, type: emit.module.type("ByteCountBuffer"), docs };
  if (!isOptional) return { name: parameter.name, type, docs };
  const nullable = type.endsWith("| null") ? type : `${type} | null`;
  return { name: parameter.name, type: `${nullable} | undefined`, hasQuestionToken: true, docs };
}

function requestText(plan: OperationPlan, parameter: ParameterPlan, side: Side): string {
  const direction = parameter.in && parameter.out ? "[in, out]" : parameter.in ? "[in]" : "[out]";
  if (side === "client" && byteCountOf(parameter) !== undefined)
    return `${direction} The buffer that the reply is placed in.`;
  if (!parameter.in)
    return side === "client"
      ? `${direction} Existing storage that the reply is written into; without it the stub takes a node from the pair.`
      : `${direction} The node that the stub allocated; the manager may fill it and need not return it.`;
  if (side === "client" && parameter.derivedFrom !== undefined)
    return `${direction} Taken from \`${parameter.derivedFrom.name}\` when left out.`;
  return noted(direction, plan, parameter, requestNote, side);
}

function noted(
  direction: string,
  { memory }: OperationPlan,
  { parameter }: ParameterPlan,
  note: typeof requestNote,
  side: Side,
): string {
  const known = memory.parameters.find(({ name }) => name === parameter.name);
  const text = known === undefined ? undefined : note(known, side);
  return text === undefined ? direction : `${direction} ${text}`;
}

function responseProperty(emit: EmitContext, plan: OperationPlan, parameter: ParameterPlan, side: Side): PropertyText {
  const type = parameterType(emit, parameter);
  const direction = parameter.in ? "[in, out]" : "[out]";
  const docs = documentation(noted(direction, plan, parameter, responseNote, side));
  if (side === "server" && hasStorage(parameter))
    return { name: parameter.name, type: `${type} | undefined`, hasQuestionToken: true, docs };
  if (side === "server" && parameter.in && parameter.holdsNode)
    return { name: parameter.name, type: `${type} | undefined`, hasQuestionToken: true, docs };
  return { name: parameter.name, type, docs };
}

/** The TypeScript type of a parameter. */
export function parameterType(emit: EmitContext, parameter: ParameterPlan): string {
  if (parameter.contextHandle === undefined) return emit.types.text(parameter.type);
  const handle = emit.types.handle(parameter.contextHandle);
  return parameter.out ? `${handle} | null` : handle;
}
