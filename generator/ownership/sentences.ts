/** What the comments of generated code say of a parameter's memory: short sentences for one who calls or implements the operation. */
import { memberName } from "../emit/names.ts";
import type { Side } from "../emit/typescript-types.ts";
import type { Choice, OperationMemory, ParameterMemory, PointerMemory } from "./facts.ts";
import { freeingCall } from "./freeing-call.ts";

/** One line for each parameter that involves memory; none for plain scalars and strings. */
export function memoryLines({ environment, isSensitive, parameters }: OperationMemory, side: Side): readonly string[] {
  const lines = parameters.flatMap((parameter) => {
    const text = side === "client" ? clientSentence(parameter) : serverSentence(parameter, environment);
    const name = parameter.direction === "return" ? "returnValue" : memberName(parameter.name);
    return text === undefined ? [] : [`- \`${name}\`: ${text}`];
  });
  const comesBack = parameters.some((parameter) => parameter.direction !== "in" && nodesOf(parameter).length > 0);
  if (side === "server" || !isSensitive || !comesBack) return lines;
  return [...lines, SENSITIVE, ...(environment?.model === "osf" ? [PAIRLESS] : [])];
}

const SENSITIVE =
  "- With an RpcSs environment enabled, `RpcSsAllocate` takes the place of the pair: new nodes go with the environment.";

const PAIRLESS = "- Without a pair (/osf), new nodes are ordinary objects, and nothing is to be freed.";

/** The same in a few words, for the property of the request. */
export function requestNote(parameter: ParameterMemory, side: Side): string | undefined {
  const [first] = nodesOf(parameter);
  if (first === undefined) return undefined;
  if (side === "server") return serverNote(first);
  if (parameter.direction === "in") return "Yours; the stub neither allocates nor frees it.";
  return first.client.reusesExisting ? "Yours; the reply is written into it." : undefined;
}

/** The same in a few words, for the property of the response. */
export function responseNote(parameter: ParameterMemory, side: Side): string | undefined {
  const [first] = nodesOf(parameter);
  if (first === undefined) return undefined;
  if (side === "server") return serverNote(first);
  return first.client.frees === "application-buffer" ? "Lies in your buffer." : "Yours to free.";
}

function serverNote({ server }: PointerMemory): string {
  switch (server.frees) {
    case "manager":
      return "The stub never frees it.";
    case "environment":
      return "Goes with the RpcSs environment after the reply.";
    default:
      return "The stub frees it after the reply.";
  }
}

/** The pointers of a parameter that refer to nodes, each before those in its node. */
export function nodesOf({ pointers }: ParameterMemory): readonly PointerMemory[] {
  return pointers.filter(({ referent }) => referent.kind === "node" || referent.kind === "again");
}

function clientSentence(parameter: ParameterMemory): string | undefined {
  const converted = conversionSentence(parameter);
  const nodes = nodesOf(parameter);
  const [first] = nodes;
  if (first === undefined) return converted ?? handleSentence(parameter, "client");
  return joined([converted, clientAllocation(parameter, first, nodes.length === 1), orphanSentence(parameter)]);
}

function clientAllocation(parameter: ParameterMemory, first: PointerMemory, isAlone: boolean): string {
  const { allocates, reusesExisting } = first.client;
  const call = freeingCall(parameter);
  const taken = isAlone ? `the stub takes it from ${PAIR}` : `the stub takes each node from ${PAIR}`;
  switch (allocates) {
    case "application":
      return "yours; the stub neither allocates nor frees it.";
    case "application-or-stub":
      return `written into what you pass; without it ${taken}. Free it with ${call}.`;
    case "application-then-stub":
      if (!reusesExisting)
        return `you allocate what is sent; the reply comes in a new block from ${PAIR} (${textOf(first)}). Free the old memory and the new.`;
      if (isAlone && first.pointer === "ref") return "yours; the reply is written into it.";
      return `you allocate what is sent; the reply is written into it, and new nodes come from ${PAIR}. Free it with ${call}.`;
    case "stub":
      return first.models.some(({ model }) => model === "all-nodes")
        ? `the stub takes one block for all nodes from ${PAIR} (${textOf(first)}). Free it with \`memory.midl_user_free(${nameOf(parameter)})\`.`
        : `${taken}. Free it with ${call}.`;
    case "application-buffer":
      return `placed in the buffer that you pass (${textOf(first)}); the stub neither allocates nor frees it.`;
    case "holder":
      return "";
    default:
      return allocates satisfies never;
  }
}

const PAIR = "`midl_user_allocate`";

function serverSentence(parameter: ParameterMemory, environment: Choice | undefined): string | undefined {
  const converted = conversionSentence(parameter);
  const nodes = nodesOf(parameter);
  const [first] = nodes;
  if (first === undefined) return converted ?? handleSentence(parameter, "server");
  if (first.server.allocates === "stub" && first.server.frees === "stub" && parameter.direction === "in")
    return joined([
      converted,
      `the stub allocates it${blockText(first)}, and frees it after the reply: copy what you keep.`,
      forcedSentence(first),
    ]);
  const isInBuffer = first.models.some(({ model }) => model === "byte-count");
  const ofCall = environment === undefined ? "`call.memory`" : "`RpcSsAllocate`";
  const pair = isInBuffer ? `\`byteCountMemory(request.${nameOf(parameter)})\`` : ofCall;
  const isOut = parameter.direction !== "in";
  return joined([
    converted,
    serverAllocation(parameter, first, nodes.length === 1, pair),
    serverRelease(first, isOut ? "return copies of what you keep." : "copy what you keep."),
    forcedSentence(first),
  ]);
}

function serverAllocation(
  { direction }: ParameterMemory,
  first: PointerMemory,
  isAlone: boolean,
  pair: string,
): string {
  const { allocates } = first.server;
  switch (allocates) {
    case "stub":
      if (direction === "in") return `the stub allocates it${blockText(first)}.`;
      return isAlone
        ? "the stub allocates it, zeroed, for you to fill in."
        : `the stub allocates the first node, zeroed, for you to fill in; take the others from ${pair}.`;
    case "stub-then-manager":
      return isAlone && first.pointer === "ref"
        ? "the stub allocates it; change it in place."
        : `the stub allocates what was sent${blockText(first)}; take new nodes from ${pair}.`;
    case "manager":
      return isAlone ? `take it from ${pair}.` : `take each node from ${pair}.`;
    case "holder":
      return "";
    default:
      return allocates satisfies never;
  }
}

function serverRelease(first: PointerMemory, advice: string): string {
  const { frees } = first.server;
  switch (frees) {
    case "stub":
      return `The stub frees it after the reply: ${advice}`;
    case "stub-block":
      return `The stub frees it, as one block, after the reply: ${advice}`;
    case "manager":
      return `The stub never frees it (${keptText(first)}): it is yours after the call.`;
    case "environment":
      return `It goes with the RpcSs environment after the reply: ${advice}`;
    case "holder":
      return "";
    default:
      return frees satisfies never;
  }
}

/** Where what was sent lies under [allocate(all_nodes)]. */
function blockText({ models }: PointerMemory): string {
  const block = models.find(({ model }) => model === "all-nodes");
  return block === undefined ? "" : ` as one block (${block.text})`;
}

function forcedSentence({ models }: PointerMemory): string | undefined {
  const force = models.find(({ model }) => model === "force-allocate");
  return force === undefined ? undefined : `You may free or replace its nodes (${force.text}).`;
}

/** Orphans on the client: one sentence for all pointers of an [in, out] parameter. */
function orphanSentence({ direction, pointers }: ParameterMemory): string | undefined {
  if (direction !== "in, out") return undefined;
  const causes = new Set(
    pointers.flatMap(({ orphans }) => orphans.filter(({ side }) => side === "client")).map(({ cause }) => cause),
  );
  const told = [
    causes.has("null") || causes.has("null-unless-aliased") ? "a pointer that comes back null" : undefined,
    causes.has("arm") ? "an arm of a union that changes" : undefined,
    causes.has("shorter") ? "the end of an array that comes back shorter" : undefined,
  ].filter((each) => each !== undefined);
  if (told.length === 0) return undefined;
  return `Left to you (orphaned): what lay behind ${told.join(", or ")}.`;
}

function conversionSentence({ conversions }: ParameterMemory): string | undefined {
  if (conversions.length === 0) return undefined;
  const each = new Set(conversions.map(({ presented, attribute }) => `\`${presented}\` ([${attribute}])`));
  return `your routines allocate and free what lies behind ${[...each].join(", ")}; the stub holds the object itself.`;
}

function handleSentence({ form, direction }: ParameterMemory, side: Side): string | undefined {
  if (form !== "context-handle" || direction === "in") return undefined;
  return side === "client"
    ? "a context handle: it stays open until the server gives null back."
    : "your own state object: it stays until you give null back, or it is run down.";
}

/** The attribute that keeps the server stub from freeing. */
function keptText({ models }: PointerMemory): string {
  return models.find(({ model }) => model === "dont-free")?.text ?? "";
}

/** The attribute or switch that put the nodes of a pointer where they are. */
function textOf({ models }: PointerMemory): string {
  const chosen = models.find(
    ({ model, text }) => text !== "" && model !== "force-allocate" && model !== "node-by-node",
  );
  return chosen?.text ?? "";
}

function nameOf({ name, direction }: ParameterMemory): string {
  return direction === "return" ? "returnValue" : memberName(name);
}

/** Sentences after a colon: the first begins in lower case. */
function joined(parts: readonly (string | undefined)[]): string {
  const told = parts.flatMap((each) => each ?? []).filter((each) => each !== "");
  return told.map((text, index) => (index === 0 ? text : text.charAt(0).toUpperCase() + text.slice(1))).join(" ");
}
