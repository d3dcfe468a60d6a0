import type { Interface } from "../../grammar/index.ts";
import { StructureKind } from "ts-morph";
import type { MethodDeclarationStructure, OptionalKind } from "ts-morph";
import type { ValuePlan } from "../wire-plan/plan.ts";
import { stubConversions } from "./conversions.ts";
import { numberText, readsMembers, references } from "./expressions.ts";
import { interfaceConstant } from "./interface-description.ts";
import { methodName } from "./names.ts";
import { behindRef, byteCountOf, controllers } from "./operation-plan.ts";
import type { OperationPlan, ParameterPlan } from "./operation-plan.ts";
import {
  operationTypes,
  outParameters,
  parameterType,
  requestParameters,
  resultText,
  returnText,
} from "./operation-types.ts";
import { arrayAsPointer, hasNodes, pathLiteral, visitStatements } from "./node-types.ts";
import { operationText } from "./operation-text.ts";
import { marshalParameter, unmarshalParameter } from "./parameters.ts";
import { clientPairText, pairParameter } from "./pair-parameter.ts";
import { callPipes } from "./pipe-parameters.ts";
import { bodyOf, parameterRoutine } from "./routine-context.ts";
import type { EmitContext, Routine } from "./routine-context.ts";
import { procedureSerialization, serializationOf } from "./procedure-serialization.ts";
import { documentation } from "./structures.ts";
import { withoutAlias } from "./typescript-types.ts";
import type { Capacity } from "./unmarshal.ts";

/** NAME_c.ts: request and response types, and the client stub of each interface. */
export function clientModule(
  emit: EmitContext,
  owner: Interface,
  operations: readonly OperationPlan[],
  typesModule: string,
): void {
  const remote = operations.filter(({ operation }) => serializationOf(owner, operation) === undefined);
  for (const plan of operations) procedureSerialization(emit, owner, plan, typesModule);
  if (remote.length === 0) return;
  for (const plan of remote) operationTypes(emit, plan, "client");
  const { module } = emit;
  const name = emit.names.client(owner);
  const conversions = stubConversions(emit, owner, remote, typesModule, name);
  module.add({
    kind: StructureKind.Class,
    name,
    isExported: true,
    extends: module.value("ClientStub"),
    docs: documentation(
      `Client stub of interface ${owner.name}, ${owner.uuid} version ${owner.version.major}.${owner.version.minor}.${owner.documentation === undefined ? "" : `\n\n${owner.documentation}`}`,
    ),
    ctors: [
      {
        parameters: [
          { name: "binding", type: module.type("RpcBinding") },
          pairParameter(emit),
          ...(conversions === undefined ? [] : [conversions.parameter]),
        ],
        statements: [
          `super(${interfaceConstant(emit, owner, typesModule)}, binding, memory);`,
          ...(conversions === undefined ? [] : [`this.#conversions = ${conversions.kept};`]),
        ],
        docs: documentation(`${clientPairText(emit)}${conversions?.text ?? ""}`),
      },
    ],
    ...(conversions === undefined
      ? {}
      : { properties: [{ name: "#conversions", isReadonly: true, type: module.type("ApplicationConversions") }] }),
    methods: remote.map((plan) => method(emit, plan)),
  });
}

function method(emit: EmitContext, plan: OperationPlan): OptionalKind<MethodDeclarationStructure> {
  const { operation, opnum } = plan;
  const request = requestParameters(plan);
  const isOptional =
    plan.pipes.length === 0 &&
    request.every((parameter) => parameter.isNullable || parameter.derivedFrom !== undefined || !parameter.in);
  const usesRequest = request.length > 0 || plan.pipes.length > 0;
  const handle = handleOfRequest(plan);
  const flags = ["idempotent", "maybe"]
    .filter((flag) => operation.attributes.has(flag))
    .map((flag) => `, ${flag}: true`);
  if (plan.memory.isSensitive) flags.push(", sensitive: true");
  const name = methodName(operation.name);
  const invocation = [
    `{ opnum: ${opnum}, name: ${JSON.stringify(operation.name)}${flags.join("")}${callPipes(emit, operation.name, plan.pipes)} }`,
    "options",
    marshalText(emit, plan),
    unmarshalText(emit, plan),
  ];
  const storage = storageText(emit, plan);
  if (handle !== undefined || storage !== undefined) invocation.push(handle ?? "undefined");
  if (storage !== undefined) invocation.push(storage);
  return {
    name,
    parameters: [
      {
        name: usesRequest ? "request" : "_request",
        type: emit.names.request(plan.operation),
        ...(isOptional ? { initializer: "{}" } : {}),
      },
      { name: "options", type: emit.module.type("CallOptions"), hasQuestionToken: true },
    ],
    returnType: `Promise<${resultText(plan, (text) => text, emit)}>`,
    statements: [
      ...(plan.hasFullPointers ? [`const fullPointers = new ${emit.module.value("FullPointerTable")}();`] : []),
      `return this.invoke(${invocation.join(", ")});`,
    ],
    docs: documentation(operationText(plan, "client")),
  };
}

/** Where a client stub keeps the application's conversion routines. */
const OF_THE_CLIENT = "this.#conversions";

/** The context handle of a request that says which server it is for: an expression. */
function handleOfRequest({ parameters }: OperationPlan): string | undefined {
  const incoming = parameters.filter((parameter) => parameter.in);
  const single = incoming.find((parameter) => parameter.contextHandle !== undefined);
  if (single !== undefined) return `request.${single.name}`;
  const array = incoming.find(({ plan }) => isHandleArray(behindRef(plan)));
  return array === undefined ? undefined : `request.${array.name}?.find((handle) => handle !== null)`;
}

function isHandleArray(plan: ValuePlan): boolean {
  return "element" in plan && plan.element.kind === "context-handle";
}

/**
 * The function that marshals the [in] parameters of `request`.
 *
 * @param conversions the application's conversion routines, as an expression
 */
export function marshalText(emit: EmitContext, plan: OperationPlan, conversions = OF_THE_CLIENT): string {
  const sent = plan.parameters.filter((parameter) => parameter.in);
  if (sent.length === 0) return "() => undefined";
  const derived = new Map<object, string>();
  const routine = parameterRoutine(
    emit,
    "w",
    `marshal$${plan.operation.name}`,
    plan.parameters.map((each) => each.name),
    (target) => derived.get(target) ?? `request.${nameOf(plan, target)}`,
  );
  if (plan.hasFullPointers) routine.fixed.push("w.fullPointers = fullPointers;");
  for (const { name, parameter } of plan.parameters.filter((each) => byteCountOf(each) !== undefined))
    routine.fixed.push(`w.required(request.${name}, ${JSON.stringify(`${plan.operation.name}.${parameter.name}`)});`);
  if (plan.conversions.length > 0) routine.fixed.push(`w.conversions = ${conversions};`);
  for (const parameter of sent) {
    if (parameter.derivedFrom === undefined) continue;
    const local = routine.scope.coin(`${parameter.name}Value`);
    routine.fixed.push(`const ${local} = request.${parameter.name} ?? ${derivedText(emit, parameter)};`);
    derived.set(parameter.parameter, local);
  }
  for (const parameter of sent)
    marshalParameter(routine, plan, parameter, derived.get(parameter.parameter) ?? `request.${parameter.name}`);
  return arrow("w", routine);
}

function derivedText(emit: EmitContext, parameter: ParameterPlan): string {
  const { derivedFrom } = parameter;
  if (derivedFrom === undefined) return "0";
  const source = `request.${derivedFrom.name}`;
  const name = { count: "countOf", string: "stringCountOf", discriminant: "discriminantOf" }[derivedFrom.role];
  return `${emit.module.value(name)}(${source})`;
}

/**
 * The function that unmarshals the [out] parameters.
 *
 * @param beside whether there is a request: it has existing storage, and values that sizes depend on
 * @param conversions the application's conversion routines, as an expression
 */
export function unmarshalText(
  emit: EmitContext,
  plan: OperationPlan,
  beside: "request" | "alone" = "request",
  conversions = OF_THE_CLIENT,
): string {
  const out = outParameters(plan);
  if (out.length === 0 && plan.returns === undefined) return "(r) => { r.end(); }";
  const known = new Map<object, string>();
  const isAlone = beside === "alone";
  for (const parameter of plan.parameters) {
    if (!parameter.in || parameter.out || isAlone) continue;
    const given = `request.${parameter.name}`;
    known.set(
      parameter.parameter,
      parameter.derivedFrom === undefined ? given : `(${given} ?? ${derivedText(emit, parameter)})`,
    );
  }
  const routine = parameterRoutine(
    emit,
    "r",
    `unmarshal$${plan.operation.name}`,
    [],
    (target) => known.get(target) ?? `request.${nameOf(plan, target)}`,
  );
  const locals: string[] = [];
  if (plan.hasFullPointers) routine.fixed.push("r.fullPointers = fullPointers;");
  if (plan.conversions.length > 0) routine.fixed.push(`r.conversions = ${conversions};`);
  if (!isAlone && out.some((parameter) => parameter.contextHandle === undefined && hasExisting(parameter)))
    routine.fixed.push("r.existing(request);");
  for (const parameter of out) {
    const local = routine.scope.coin(parameter.name);
    const isKnown = controllers(parameter).every((each) => known.has(each));
    const existing = !isAlone && hasExisting(parameter) ? `request.${parameter.name}` : "null";
    routine.fixed.push(
      ...unmarshalParameter(routine, parameter, {
        local,
        existing,
        isKnown,
        type: parameterType(emit, parameter),
        wasSent: !isAlone && parameter.in,
        capacity: isAlone ? undefined : capacityOf(emit, plan, parameter),
      }),
    );
    known.set(parameter.parameter, local);
    locals.push(local === parameter.name ? local : `${parameter.name}: ${local}`);
  }
  if (plan.returns !== undefined) {
    const local = routine.scope.coin("returnValue");
    routine.fixed.push(
      ...unmarshalParameter(
        routine,
        { plan: plan.returns.plan, type: plan.returns.type, name: "returnValue" },
        { local, existing: "null", isKnown: true, type: returnText(emit, plan) },
      ),
    );
    locals.push(local === "returnValue" ? local : `returnValue: ${local}`);
  }
  routine.fixed.push("r.end();", out.length === 0 ? "return returnValue;" : `return { ${locals.join(", ")} };`);
  return arrow("r", routine);
}

/** The capacity of existing storage: what the size expression gives in the request (M15). */
function capacityOf(emit: EmitContext, plan: OperationPlan, parameter: ParameterPlan): Capacity | undefined {
  const cBytes = byteCountOf(parameter);
  const { sizeIs } = cBytes === undefined ? { sizeIs: undefined, ...behindRef(parameter.plan) } : { sizeIs: cBytes };
  const replaces = parameter.in && behindRef(parameter.plan).kind === "conformant-string";
  if (sizeIs === undefined || readsMembers(sizeIs)) return undefined;
  if (cBytes === undefined && !replaces && !hasExisting(parameter)) return undefined;
  const sizes = plan.parameters.filter((each) => references(sizeIs).some((target) => target === each.parameter));
  if (sizes.length === 0 || !sizes.every((each) => each.in)) return undefined;
  const given = (target: object): string => {
    const size = sizes.find((each) => each.parameter === target);
    if (size === undefined) return "0";
    const text = `request.${size.name}`;
    return size.derivedFrom === undefined ? text : `(${text} ?? ${derivedText(emit, size)})`;
  };
  return { existing: `request.${parameter.name}`, count: numberText(sizeIs, given) };
}

/** Visits the pointers that a reply may sever: those in and behind existing storage (M20). Undefined when there are none. */
function storageText(emit: EmitContext, plan: OperationPlan): string | undefined {
  const lines = outParameters(plan).flatMap((parameter) => {
    if (!hasExisting(parameter) || !mayOrphan(emit, parameter)) return [];
    return visitStatements(emit, arrayAsPointer(parameter), `(response ?? request).${parameter.name}`, {
      visit: "visit",
      path: (tail) => pathLiteral(`${plan.operation.name}.${parameter.parameter.name}${tail}`),
      resolve: undefined,
    });
  });
  return lines.length === 0 ? undefined : `(visit, response) => {\n${lines.join("\n")}\n}`;
}

/** Whether a pointer to a node can be severed: the parameter itself, or one behind it. */
function mayOrphan(emit: EmitContext, { type, contextHandle }: ParameterPlan): boolean {
  if (contextHandle !== undefined) return false;
  const known = withoutAlias(type);
  if (known.kind !== "pointer") return hasNodes(emit, known);
  return known.pointer === "ref" ? hasNodes(emit, known.pointee) : hasNodes(emit, known);
}

function hasExisting(parameter: ParameterPlan): boolean {
  if (parameter.contextHandle !== undefined || (parameter.in && parameter.holdsNode)) return parameter.in;
  return parameter.isNode && !parameter.isNullable && byteCountOf(parameter) === undefined;
}

function nameOf(plan: OperationPlan, target: object): string {
  return plan.parameters.find((each) => each.parameter === target)?.name ?? "";
}

function arrow(coder: "r" | "w", routine: Routine): string {
  return `(${coder}) => {\n${bodyOf(routine).join("\n")}\n}`;
}
