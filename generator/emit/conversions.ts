/**
 * What a module declares for a typedef in whose place another type travels: the interface of the application's routines, under their documented
 * names; what the stubs know of them; the node type of storage that they fill; and the routines that marshal and unmarshal.
 *
 * A routine is handed the pair as its last parameter, for what it allocates and frees. Where the application's object is storage (a struct,
 * a union, an array), the stub allocates it and the routine fills it, as in C; a value (a pointer, a number, a type of JavaScript's or the
 * application's) is what the routine returns.
 */
import { StructureKind } from "ts-morph";
import type { Interface, TypeDeclaration } from "../../grammar/index.ts";
import { NotGenerated } from "../wire-plan/plan.ts";
import type { ConvertedPlan, ValuePlan } from "../wire-plan/plan.ts";
import { transmitRoutines } from "./converted-transmit.ts";
import { userRoutines } from "./converted-user.ts";
import { nodeTypeExpression } from "./node-types.ts";
import { conversionsIn } from "./operation-plan.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { conversionName, isStorage, presentedNode, routinesName } from "./presented.ts";
import type { EmitContext } from "./routine-context.ts";
import { constant, documentation, typeAlias } from "./structures.ts";
import type { ParameterText } from "./structures.ts";
import { withoutAlias } from "./typescript-types.ts";

/** Prints the conversions of a typedef. */
export function conversionDeclaration(emit: EmitContext, { type }: TypeDeclaration): void {
  if (type.kind !== "alias") return;
  let plan: ValuePlan;
  try {
    plan = emit.planner.value(type);
    conversionsIn(emit.planner, plan); // plans all that it leads to
  } catch (error) {
    if (error instanceof NotGenerated) return;
    throw error;
  }
  for (; plan.kind === "converted" && plan.conversion.type.name === type.name; plan = plan.wire) {
    routinesInterface(emit, plan);
    description(emit, plan);
    storageNode(emit, plan);
    if (plan.conversion.kind === "user") userRoutines(emit, plan);
    else transmitRoutines(emit, plan);
  }
}

/** Prints what the stubs of an interface ask the application for, when its operations convert anything. */
export function interfaceConversions(emit: EmitContext, owner: Interface, operations: readonly OperationPlan[]): void {
  const plans = conversionsOf(operations);
  if (plans.length === 0) return;
  const names = new Set(plans.map(({ conversion }) => routinesName(emit, conversion)));
  emit.module.add(
    typeAlias(
      emit.names.conversions(owner),
      [...names].join(" & "),
      `The application's conversion routines for interface ${owner.name}, under the names that MIDL gives them.`,
    ),
  );
}

/** How a stub asks for the routines of the application. */
export interface StubConversions {
  /** The parameter of the client's constructor, and of the function that makes a server stub. */
  readonly parameter: ParameterText;
  /** An expression that keeps them with the pair. */
  readonly kept: string;
  /** The parameter's documentation. */
  readonly text: string;
}

/** What a stub asks the application for; undefined when its operations convert nothing. */
export function stubConversions(
  emit: EmitContext,
  owner: Interface,
  operations: readonly OperationPlan[],
  typesModule: string,
  stub: string,
): StubConversions | undefined {
  const plans = conversionsOf(operations);
  if (plans.length === 0) return undefined;
  return asked(emit, plans, emit.module.type(emit.names.conversions(owner), typesModule), stub, "memory");
}

/** What a routine that serializes a type asks the application for; undefined when it converts nothing. */
export function valueConversions(emit: EmitContext, plan: ValuePlan, routine: string): StubConversions | undefined {
  return serializedConversions(emit, conversionsIn(emit.planner, plan), routine);
}

/** The same for a procedure that is serialized. */
export function serializedConversions(
  emit: EmitContext,
  conversions: readonly ConvertedPlan[],
  routine: string,
): StubConversions | undefined {
  const plans = distinct(conversions);
  if (plans.length === 0) return undefined;
  const type = [...new Set(plans.map(({ conversion }) => routinesName(emit, conversion)))].join(" & ");
  return asked(emit, plans, type, routine, `${emit.module.value("managedMemory")}()`);
}

function asked(
  emit: EmitContext,
  plans: readonly ConvertedPlan[],
  type: string,
  stub: string,
  memory: string,
): StubConversions {
  const names = plans.map(({ conversion }) => conversionName(emit, conversion));
  return {
    parameter: { name: "conversions", type },
    kept: `${emit.module.value("applicationConversions")}(${JSON.stringify(stub)}, conversions, ${memory}, [${names.join(", ")}])`,
    text: "\n@param conversions the application's routines for types in whose place others travel",
  };
}

/** The conversions of operations, each once. */
function conversionsOf(operations: readonly OperationPlan[]): readonly ConvertedPlan[] {
  return distinct(operations.flatMap(({ conversions }) => conversions));
}

function distinct(plans: readonly ConvertedPlan[]): readonly ConvertedPlan[] {
  return [...new Map(plans.map((plan) => [`${plan.conversion.kind} ${plan.conversion.type.name}`, plan])).values()];
}

function routinesInterface(emit: EmitContext, { conversion }: ConvertedPlan): void {
  const name = routinesName(emit, conversion);
  if (emit.printed.has(name)) return;
  emit.printed.add(name);
  emit.module.add({
    kind: StructureKind.Interface,
    name,
    isExported: true,
    docs: documentation(
      `The application's routines for ${conversion.type.name}, [${conversion.attribute}(${conversion.argument})].`,
    ),
    methods: signatures(emit, conversion).map(({ name: method, parameters, returns, text }) => ({
      name: method,
      parameters: parameters.map(([parameter, type]) => ({ name: parameter, type })),
      returnType: returns,
      docs: documentation(text),
    })),
  });
}

interface Signature {
  readonly name: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly returns: string;
  readonly text: string;
}

function signatures(emit: EmitContext, conversion: ConvertedPlan["conversion"]): readonly Signature[] {
  return conversion.kind === "user" ? userSignatures(emit, conversion) : transmitSignatures(emit, conversion);
}

/** The four routines in the order of their page: to, from, free for the application's object, free for the transmitted one. */
function transmitNames({ kind, prefix }: ConvertedPlan["conversion"]): readonly [string, string, string, string] {
  return kind === "xmit"
    ? [`${prefix}_to_xmit`, `${prefix}_from_xmit`, `${prefix}_free_inst`, `${prefix}_free_xmit`]
    : [`${prefix}_from_local`, `${prefix}_to_local`, `${prefix}_free_local`, `${prefix}_free_inst`];
}

function transmitSignatures(emit: EmitContext, conversion: ConvertedPlan["conversion"]): readonly Signature[] {
  const [to, from, freePresented, freeTransmitted] = transmitNames(conversion);
  const memory = ["memory", emit.module.type("MidlUserMemory")] as const;
  const presented = ["presented", emit.types.presented(conversion)] as const;
  const transmitted = ["transmitted", emit.types.text(conversion.transmitted)] as const;
  const fills = isStorage(conversion);
  return [
    {
      name: to,
      parameters: [presented, memory],
      returns: transmitted[1],
      text: "Before a value is sent: allocates the transmitted object and what lies behind it.",
    },
    {
      name: from,
      parameters: fills ? [transmitted, presented, memory] : [transmitted, memory],
      returns: fills ? "void" : presented[1],
      text: fills
        ? "When a value has come: fills `presented`, which the stub allocated, and allocates what lies behind it."
        : "When a value has come: makes the application's, and allocates what lies behind it.",
    },
    {
      name: freePresented,
      parameters: [presented, memory],
      returns: "void",
      text: "Frees what lies behind the application's object, not the object: on the server, after the reply.",
    },
    {
      name: freeTransmitted,
      parameters: [transmitted, memory],
      returns: "void",
      text: `Frees what ${to} allocated, as soon as it has been marshaled.`,
    },
  ];
}

/** The four routines in the order of their pages. */
function userNames({ prefix }: ConvertedPlan["conversion"]): readonly [string, string, string, string] {
  return [`${prefix}_UserSize`, `${prefix}_UserMarshal`, `${prefix}_UserUnmarshal`, `${prefix}_UserFree`];
}

function userSignatures(emit: EmitContext, conversion: ConvertedPlan["conversion"]): readonly Signature[] {
  const [size, marshal, unmarshal, free] = userNames(conversion);
  const memory = ["memory", emit.module.type("MidlUserMemory")] as const;
  const presented = ["presented", emit.types.presented(conversion)] as const;
  const flags = ["flags", "number"] as const;
  const pointer = withoutAlias(conversion.transmitted);
  const wire = emit.types.text(pointer.kind === "pointer" ? pointer.pointee : conversion.transmitted);
  const fills = isStorage(conversion);
  const reader = ["buffer", emit.module.type("NdrReader")] as const;
  return [
    {
      name: size,
      parameters: [flags, ["startingSize", "number"], presented],
      returns: "number",
      text: `The size of the buffer with the object in it, padding included; may be too large. Called only where the size of the wire type, ${wire}, is not known beforehand.`,
    },
    {
      name: marshal,
      parameters: [flags, ["buffer", emit.module.type("NdrWriter")], presented],
      returns: "void",
      text: `Writes the octets of ${wire} at the cursor of the buffer; the generated routine of the wire type may do that.`,
    },
    {
      name: unmarshal,
      parameters: fills ? [flags, reader, presented, memory] : [flags, reader, memory],
      returns: fills ? "void" : presented[1],
      text: `Reads the octets of ${wire} at the cursor of the buffer, ${fills ? "fills `presented`, which the stub allocated," : "makes the application's object"} and allocates what lies behind it.`,
    },
    {
      name: free,
      parameters: [flags, presented, memory],
      returns: "void",
      text: "Frees what lies behind the application's object, not the object: on the server, after the reply.",
    },
  ];
}

/** Prints what the stubs know of the conversion. */
function description(emit: EmitContext, plan: ConvertedPlan): void {
  const { conversion } = plan;
  const presented = emit.types.presented(conversion);
  const fields = conversion.kind === "user" ? userFields(emit, conversion) : transmitFields(conversion);
  const base = conversion.kind === "user" ? "UserMarshal" : "Transmit";
  const type = emit.module.type(`${isStorage(conversion) ? "Filling" : "Making"}${base}`);
  const transmitted = conversion.kind === "user" ? "" : `, ${emit.types.text(conversion.transmitted)}`;
  emit.module.add(
    constant(
      conversionName(emit, conversion),
      `{ name: ${JSON.stringify(conversion.type.name)}, ${fields.join(", ")} }`,
      `${type}<${routinesName(emit, conversion)}, ${presented}${transmitted}>`,
      `How ${conversion.type.name} is converted.`,
    ),
  );
}

function transmitFields(conversion: ConvertedPlan["conversion"]): readonly string[] {
  const names = transmitNames(conversion);
  const [to, from, freePresented, freeTransmitted] = names;
  const fills = isStorage(conversion);
  return [
    `routines: ${JSON.stringify(names)}`,
    `makesTransmitted: "${to}"`,
    `makesPresented: "${from}"`,
    `freesPresented: "${freePresented}"`,
    `freesTransmitted: "${freeTransmitted}"`,
    "freesComponents: false",
    `toTransmitted: (routines, presented, memory) => routines.${to}(presented, memory)`,
    fills
      ? `fill: (routines, transmitted, presented, memory) => { routines.${from}(transmitted, presented, memory); }`
      : `make: (routines, transmitted, memory) => routines.${from}(transmitted, memory)`,
    `freePresented: (routines, presented, memory) => { routines.${freePresented}(presented, memory); }`,
    `freeTransmitted: (routines, transmitted, memory) => { routines.${freeTransmitted}(transmitted, memory); }`,
  ];
}

function userFields(emit: EmitContext, conversion: ConvertedPlan["conversion"]): readonly string[] {
  const names = userNames(conversion);
  const [size, marshal, unmarshal, free] = names;
  const fills = isStorage(conversion);
  const flags = emit.module.value("USER_MARSHAL_FLAGS");
  return [
    `routines: ${JSON.stringify(names)}`,
    `sizes: "${size}"`,
    `marshals: "${marshal}"`,
    `unmarshals: "${unmarshal}"`,
    `freesPresented: "${free}"`,
    "freesComponents: true",
    `size: (routines, flags, startingSize, presented) => routines.${size}(flags, startingSize, presented)`,
    `marshal: (routines, flags, buffer, presented) => { routines.${marshal}(flags, buffer, presented); }`,
    fills
      ? `fill: (routines, flags, buffer, presented, memory) => { routines.${unmarshal}(flags, buffer, presented, memory); }`
      : `make: (routines, flags, buffer, memory) => routines.${unmarshal}(flags, buffer, memory)`,
    `freePresented: (routines, presented, memory) => { routines.${free}(${flags}, presented, memory); }`,
  ];
}

/** Prints the node type of storage that a routine fills. */
function storageNode(emit: EmitContext, { conversion }: ConvertedPlan): void {
  const { presented, type } = conversion;
  if (presented === undefined || !isStorage(conversion)) return;
  const plain = nodeTypeExpression(emit, presented);
  if (plain === undefined) return;
  emit.module.add(
    constant(
      presentedNode(emit, conversion),
      `/* @__PURE__ */ ${emit.module.value("convertedNode")}(${conversionName(emit, conversion)}, ${plain})`,
      `${emit.module.type("NodeType")}<${emit.types.presented(conversion)}>`,
      `Node type of ${type.name}: what lies behind it is not the stub's.`,
    ),
  );
}
