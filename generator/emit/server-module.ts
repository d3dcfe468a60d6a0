import { StructureKind } from "ts-morph";
import type { MethodSignatureStructure, OptionalKind } from "ts-morph";
import type { Interface, Type } from "../../grammar/index.ts";
import { convertedFields } from "./converted-parameters.ts";
import { stubConversions } from "./conversions.ts";
import { numberText } from "./expressions.ts";
import { handleAccessText } from "./handle-access.ts";
import { interfaceConstant } from "./interface-description.ts";
import { methodName, safeName } from "./names.ts";
import { levelText } from "./multidimensional-arrays.ts";
import { arrayAsPointer, arrayNodeExpression, nodeTypeExpression, pathLiteral, visitStatements } from "./node-types.ts";
import { storageSize } from "./zero-values.ts";
import { behindRef, behindRefs, byteCountOf, controllers } from "./operation-plan.ts";
import type { OperationPlan, ParameterPlan } from "./operation-plan.ts";
import { operationText } from "./operation-text.ts";
import {
  contextsOf,
  hasStorage,
  operationTypes,
  outParameters,
  parameterType,
  requestParameters,
  responseContexts,
  returnText,
  typeArguments,
  typeParameters,
} from "./operation-types.ts";
import { marshalItem, unmarshalParameter } from "./parameters.ts";
import { pairParameter, serverPairText } from "./pair-parameter.ts";
import { managerPipe } from "./pipe-parameters.ts";
import { bodyOf, mentions, parameterRoutine } from "./routine-context.ts";
import type { EmitContext, Routine } from "./routine-context.ts";
import { documentation, functionStructure } from "./structures.ts";
import { elementOf } from "./unmarshal-arrays.ts";
import { pointeeOf } from "./unmarshal.ts";
import { withoutAlias } from "./typescript-types.ts";

/** NAME_s.ts: request and response types, the manager interface, and the server stub of each interface. */
export function serverModule(
  emit: EmitContext,
  owner: Interface,
  operations: readonly OperationPlan[],
  typesModule: string,
): void {
  const { module } = emit;
  for (const plan of operations) operationTypes(emit, plan, "server");
  const contexts = { contextHandles: [...new Set(operations.flatMap((plan) => plan.contextHandles))] };
  const manager = emit.names.manager(owner);
  module.add({
    kind: StructureKind.Interface,
    name: manager,
    isExported: true,
    typeParameters: typeParameters(contexts, "server"),
    methods: [
      ...operations.flatMap((plan) => [managerMethod(emit, plan), ...notifyMethods(plan)]),
      ...contexts.contextHandles.map(rundownMethod),
    ],
    docs: documentation(
      `Manager routines of interface ${owner.name}: what the application implements. A context handle is the state object that the manager made for it.`,
    ),
  });
  const count = Math.max(0, ...operations.map((plan) => plan.opnum + 1));
  const table = Array.from({ length: count }, (_, opnum) => {
    const plan = operations.find((each) => each.opnum === opnum);
    return plan === undefined ? "undefined" : operationEntry(emit, plan);
  });
  const stub = emit.names.serverStub(owner);
  const conversions = stubConversions(emit, owner, operations, typesModule, stub);
  module.add({
    ...functionStructure({
      name: stub,
      exported: true,
      documentation: `Server stub of interface ${owner.name}: unmarshals a request, calls the manager, marshals the reply, and frees.\n\n${serverPairText(emit)}${conversions?.text ?? ""}`,
      parameters: [
        { name: "manager", type: `${manager}${typeArguments(contexts, "server")}` },
        pairParameter(emit),
        ...(conversions === undefined ? [] : [conversions.parameter]),
      ],
      returnType: module.type("ServerStub"),
      statements: [
        `${module.value("requirePair")}(memory, ${JSON.stringify(stub)});`,
        ...(conversions === undefined ? [] : [`const kept = ${conversions.kept};`]),
        `return { interface: ${interfaceConstant(emit, owner, typesModule)}, memory, operations: [${table.join(",\n")}]${rundownText(emit, contexts.contextHandles)} };`,
      ],
    }),
    typeParameters: typeParameters(contexts, "server"),
  });
}

function managerMethod(emit: EmitContext, plan: OperationPlan): OptionalKind<MethodSignatureStructure> {
  const result = managerResult(emit, plan);
  return {
    name: methodName(plan.operation.name),
    parameters: [
      {
        name: "request",
        type: `${emit.names.request(plan.operation)}${typeArguments(contextsOf(requestParameters(plan)), "server")}`,
      },
      { name: "call", type: emit.module.type("ServerCall") },
    ],
    returnType: `${result} | Promise<${result}>`,
    docs: documentation(operationText(plan, "server")),
  };
}

function managerResult(emit: EmitContext, plan: OperationPlan): string {
  const out = outParameters(plan);
  if (out.length > 0) return `${emit.names.response(plan.operation)}${typeArguments(responseContexts(plan), "server")}`;
  return returnText(emit, plan);
}

function rundownMethod(name: string): OptionalKind<MethodSignatureStructure> {
  return {
    name: `${name}_rundown`,
    hasQuestionToken: true,
    parameters: [{ name: "state", type: safeName(name) }],
    returnType: "void | Promise<void>",
    docs: documentation(`Called for each ${name} that is still open when the last connection of its client goes.`),
  };
}

function rundownText(emit: EmitContext, names: readonly string[]): string {
  if (names.length === 0) return "";
  const entries = names.map(
    (name) =>
      `${JSON.stringify(name)}: ${emit.module.value("rundownRoutine")}((state: ${safeName(name)}) => manager.${name}_rundown?.(state))`,
  );
  return `, rundown: ${emit.module.value("rundownTable")}({ ${entries.join(", ")} })`;
}

/** One entry of the operation table. */
function operationEntry(emit: EmitContext, plan: OperationPlan): string {
  const { operation } = plan;
  const request = `${emit.names.request(plan.operation)}${typeArguments(contextsOf(requestParameters(plan)), "server")}`;
  const managed = managerResult(emit, plan);
  const result = managed === "void" ? "unknown" : managed; // lint allows void as what a function returns, nowhere else
  const pulls = plan.pipes.some((pipe) => pipe.in);
  const fields = [
    `name: ${JSON.stringify(operation.name)}`,
    ...(plan.memory.environment !== undefined ? ["enableAllocate: true"] : []),
    ...(plan.pipes.length === 0 ? [] : [`pulls: ${pulls}`]),
    `unmarshal: ${unmarshalText(emit, plan)}`,
    `call: (request, call) => manager.${methodName(operation.name)}(request, call)`,
    `marshal: ${marshalText(emit, plan)}`,
    `free: ${freeText(emit, plan)}`,
    ...handleAccessText(plan),
    ...notifyText(plan),
    ...convertedFields(emit, plan),
  ];
  return `// opnum ${plan.opnum}: ${operation.signature.replaceAll(/\s+/g, " ")}\n${emit.module.value(plan.pipes.length === 0 ? "managerOperation" : "pipedOperation")}<${request}, ${result}>({ ${fields.join(", ")} })`;
}

/** The notification routines of an operation, in the order of the documentation (MIDL "notify", "notify_flag"). */
function notifications({ operation }: OperationPlan): readonly { readonly name: string; readonly hasFlag: boolean }[] {
  return [
    { attribute: "notify", hasFlag: false },
    { attribute: "notify_flag", hasFlag: true },
  ].flatMap(({ attribute, hasFlag }) =>
    operation.attributes.has(attribute) ? [{ name: `${operation.name}_${attribute}`, hasFlag }] : [],
  );
}

function notifyText(plan: OperationPlan): string[] {
  const routines = notifications(plan);
  if (routines.length === 0) return [];
  const calls = routines.map(({ name, hasFlag }) => `manager.${name}(${hasFlag ? "managerWasCalled" : ""});`);
  return [`notify: (${routines.some(({ hasFlag }) => hasFlag) ? "managerWasCalled" : ""}) => { ${calls.join(" ")} }`];
}

function notifyMethods(plan: OperationPlan): OptionalKind<MethodSignatureStructure>[] {
  const { name: operation } = plan.operation;
  return notifications(plan).map(({ name, hasFlag }) => ({
    name,
    parameters: hasFlag ? [{ name: "managerWasCalled", type: "boolean" }] : [],
    returnType: "void",
    docs: documentation(
      `Called at the end of each ${operation}, after the reply was marshaled and everything was freed, also when the request could not be unmarshaled.${hasFlag ? " The flag is true when the manager routine was called, even if it threw." : ""}`,
    ),
  }));
}

function unmarshalText(emit: EmitContext, plan: OperationPlan): string {
  const known = new Map<object, string>();
  const routine = parameterRoutine(
    emit,
    "r",
    `unmarshal$${plan.operation.name}`,
    [...(plan.pipes.length === 0 ? [] : ["pipes"]), ...(plan.conversions.length === 0 ? [] : ["kept", "conversions"])],
    (target) => known.get(target) ?? "undefined",
  );
  if (plan.conversions.length > 0) routine.fixed.push("r.conversions = kept;");
  const properties: string[] = [];
  const late: (() => string[])[] = [];
  for (const parameter of plan.parameters) {
    if (!parameter.in) continue;
    const local = routine.scope.coin(parameter.name);
    const isKnown = controllers(parameter).every((each) => known.has(each));
    routine.fixed.push(
      ...unmarshalParameter(routine, parameter, {
        local,
        existing: "null",
        isKnown,
        type: parameterType(emit, parameter),
      }),
    );
    if (!isKnown) late.push(() => lateChecks(emit, plan, parameter, local, (target) => known.get(target) ?? "0"));
    known.set(parameter.parameter, local);
    properties.push(local === parameter.name ? local : `${parameter.name}: ${local}`);
  }
  if (!plan.pipes.some((pipe) => pipe.in)) routine.fixed.push("r.end();");
  routine.fixed.push(...late.flatMap((checks) => checks()));
  for (const parameter of plan.parameters) {
    if (parameter.in || !hasStorage(parameter)) continue;
    const local = routine.scope.coin(parameter.name);
    routine.fixed.push(`const ${local} = ${storageText(emit, routine, parameter)};`);
    known.set(parameter.parameter, local);
    properties.push(local === parameter.name ? local : `${parameter.name}: ${local}`);
  }
  properties.push(...plan.pipes.map((pipe) => managerPipe(emit, plan.operation.name, pipe)));
  routine.fixed.push(`return { ${properties.join(", ")} };`);
  const body = bodyOf(routine);
  const parameters = plan.pipes.length === 0 ? "r" : mentions(body, "r") ? "r, pipes" : "_r, pipes";
  return `(${parameters}) => {\n${body.join("\n")}\n}`;
}

/** The size or the switch of a parameter whose controlling parameter came after it. */
function lateChecks(
  emit: EmitContext,
  plan: OperationPlan,
  parameter: ParameterPlan,
  local: string,
  resolve: (target: object) => string,
): string[] {
  const referent = behindRef(parameter.plan);
  const path = JSON.stringify(`${plan.operation.name}.${parameter.parameter.name}`);
  if (referent.kind === "union" && referent.switchIs !== undefined) {
    const discriminant = `${emit.module.value("discriminantOf")}(${local})`;
    const check = `r.agreeDiscriminant(${discriminant}, ${numberText(referent.switchIs, resolve)}, ${path});`;
    return [parameter.isNullable ? `if (${local} !== null) ${check}` : check];
  }
  if (referent.kind === "multidimensional-array") {
    return referent.dimensions.flatMap(({ sizeIs, varying }, dimension) => {
      if (sizeIs === undefined || varying !== undefined) return [];
      const row = dimension === 0 ? local : `${local}${"?.[0]".repeat(dimension)} ?? null`;
      return `${emit.module.value("agreeLength")}(r, ${row}, () => ${numberText(sizeIs, resolve)}, ${path});`;
    });
  }
  if (referent.kind !== "conformant-array" || referent.sizeIs === undefined || referent.varying !== undefined)
    return [];
  const { sizeIs } = referent;
  return [`${emit.module.value("agreeLength")}(r, ${local}, () => ${numberText(sizeIs, resolve)}, ${path});`];
}

/** The storage of an [out] parameter: zeroed, sized by the [in] sizes (M9). */
function storageText(emit: EmitContext, routine: Routine, parameter: ParameterPlan): string {
  const { module } = emit;
  const known = withoutAlias(parameter.type);
  let type = withoutAlias(known.kind === "pointer" ? pointeeOf(known) : known);
  while (type.kind === "pointer" && type.pointer === "ref") type = withoutAlias(type.pointee);
  const referent = behindRefs(parameter.plan);
  if (referent.kind === "multidimensional-array") {
    const level = levelText(emit, referent, type, (dimension) => {
      const { count, sizeIs } = referent.dimensions[dimension] ?? {};
      return count === undefined ? (sizeIs === undefined ? "0" : numberText(sizeIs, routine.resolve)) : String(count);
    });
    return `${module.value("storageOfRows")}(r, null, ${level}, 0, ${JSON.stringify(parameter.parameter.name)})`;
  }
  if (type.kind === "array") {
    const node = arrayNodeExpression(emit, elementOf(type));
    const count =
      referent.kind === "conformant-array" && referent.sizeIs !== undefined
        ? numberText(referent.sizeIs, routine.resolve)
        : type.size.kind === "fixed"
          ? String(type.size.count)
          : "0";
    const octets = storageSize(emit, elementOf(type));
    const element = withoutAlias(elementOf(type));
    if (element.kind === "context-handle")
      return `${module.value("allocateContextHandles")}<${emit.types.handle(element.name)}>(r, r.capacity(${count}, ${octets}, ${JSON.stringify(parameter.parameter.name)}), ${node})`;
    return `${module.value("midl_user_allocate")}(r, r.capacity(${count}, ${octets}, ${JSON.stringify(parameter.parameter.name)}), ${node})`;
  }
  const node = nodeTypeExpression(emit, type) ?? "undefined";
  const cBytes = byteCountOf(parameter);
  if (cBytes !== undefined)
    return `${module.value("bufferStorage")}(r, r.capacity(${numberText(cBytes, routine.resolve)}, 1, ${JSON.stringify(parameter.parameter.name)}), ${node}, ${storageSize(emit, type)})`;
  return `${module.value("midl_user_allocate")}(r, ${storageSize(emit, type)}, ${node})`;
}

function marshalText(emit: EmitContext, plan: OperationPlan): string {
  const out = outParameters(plan);
  if (out.length === 0 && plan.returns === undefined) return "() => undefined";
  const known = new Map<object, string>();
  const returned = (parameter: ParameterPlan): string => {
    if (hasStorage(parameter)) return `(response.${parameter.name} ?? request.${parameter.name})`;
    if (parameter.in && parameter.holdsNode)
      return `(response.${parameter.name} === undefined ? request.${parameter.name} : response.${parameter.name})`;
    return `response.${parameter.name}`;
  };
  for (const parameter of plan.parameters)
    known.set(parameter.parameter, parameter.out ? returned(parameter) : `request.${parameter.name}`);
  const routine = parameterRoutine(
    emit,
    "w",
    `marshal$${plan.operation.name}`,
    plan.parameters.map((each) => each.name),
    (target) => known.get(target) ?? "0",
  );
  if (plan.conversions.length > 0) routine.fixed.push("w.conversions = kept;");
  for (const parameter of out) {
    const path = JSON.stringify(`${plan.operation.name}.${parameter.parameter.name}`);
    if (parameter.contextHandle !== undefined) {
      const previous = parameter.in ? `, request.${parameter.name}` : "";
      routine.fixed.push(
        `${emit.module.value("marshalContextHandle")}(w, response.${parameter.name}, ${JSON.stringify(parameter.contextHandle)}${previous});`,
      );
      continue;
    }
    const previous = parameter.in && parameter.contextHandles.length > 0 ? `request.${parameter.name}` : undefined;
    routine.fixed.push(...marshalItem(routine, parameter, returned(parameter), path, previous));
  }
  if (plan.returns !== undefined) {
    const text = out.length === 0 ? "response" : "response.returnValue";
    routine.fixed.push(
      ...marshalItem(
        routine,
        { name: "returnValue", plan: plan.returns.plan, type: plan.returns.type },
        text,
        JSON.stringify(`${plan.operation.name}.return`),
      ),
    );
  }
  const body = bodyOf(routine);
  const usesRequest = body.some((line) => line.includes("request."));
  return `(w, ${usesRequest ? "request" : "_request"}, response) => {\n${body.join("\n")}\n}`;
}

/** Visits what the stub frees: the request as the manager left it, and the response. */
function freeText(emit: EmitContext, plan: OperationPlan): string {
  const out = outParameters(plan);
  const known = new Map<object, string>();
  for (const parameter of plan.parameters) known.set(parameter.parameter, valueAfter(parameter, out.length > 0));
  const visit = (type: Type, text: string, name: string): string[] =>
    visitStatements(emit, type, text, {
      visit: "midl_user_free",
      path: (tail) => pathLiteral(`${plan.operation.name}.${name}${tail}`),
      resolve: (target) => known.get(target) ?? "0",
    });
  const ofParameter = (parameter: ParameterPlan, owner: string): string[] =>
    visit(arrayAsPointer(parameter), `${owner}.${parameter.name}`, parameter.parameter.name);
  const requested = plan.parameters.filter(
    (parameter) => parameter.contextHandle === undefined && (parameter.in || hasStorage(parameter)),
  );
  const lines = requested.flatMap((parameter) =>
    byteCountOf(parameter) === undefined
      ? ofParameter(parameter, "request")
      : [
          `midl_user_free(${emit.module.value("byteCountBuffer")}(request.${parameter.name}), ${emit.module.value("uint8ArrayNode")});`,
        ],
  );
  const returned = out.flatMap((parameter) =>
    parameter.contextHandle === undefined ? ofParameter(parameter, "response") : [],
  );
  if (plan.returns !== undefined)
    returned.push(...visit(plan.returns.type, out.length === 0 ? "response" : "response.returnValue", "return"));
  if (returned.length > 0) lines.push("if (response !== undefined) {", ...returned, "}");
  if (lines.length === 0) return "() => undefined";
  const uses = (name: string): boolean => lines.some((line) => new RegExp(`\\b${name}\\b`).test(line));
  return `(midl_user_free, ${uses("request") ? "request" : "_request"}${uses("response") ? ", response" : ""}) => {\n${lines.join("\n")}\n}`;
}

/** A parameter as it stands after the manager routine: what it returned, otherwise what it was given. */
function valueAfter(parameter: ParameterPlan, hasResponse: boolean): string {
  const given = parameter.in || hasStorage(parameter) ? `request.${parameter.name}` : "0";
  return parameter.out && hasResponse ? `(response?.${parameter.name} ?? ${given})` : given;
}
