/** What is known of an operation's memory, one line a pointer, for tests to compare. */
import type { OperationMemory, PointerMemory } from "../../../generator/ownership/facts.ts";
import { operationMemory } from "../../../generator/ownership/ownership.ts";
import type { MemorySettings } from "../../../generator/ownership/facts.ts";
import { presumedPosition, type AnalyzeOptions } from "../../../grammar/index.ts";
import { inInterface, modelOf } from "../../grammar/compile.ts";

/** What an operation is compiled with. */
export interface Compiled extends Partial<MemorySettings> {
  /** The body of the .acf. */
  readonly acf?: string;
  /** Attributes of the interface in the .acf. */
  readonly acfInterface?: string;
  readonly options?: AnalyzeOptions;
}

/** The memory of the first operation of an interface with this body. */
export function memoryOf(
  body: string,
  { acf, acfInterface = "", options = {}, ...rest }: Compiled = {},
): OperationMemory {
  const attributes = acfInterface === "" ? "" : `[${acfInterface}] `;
  const configuration =
    acf === undefined && acfInterface === "" ? undefined : `${attributes}interface test {\n${acf ?? ""}\n}\n`;
  const sources = {
    "main.idl": inInterface(body),
    ...(configuration === undefined ? {} : { "main.acf": configuration }),
  };
  const acfPath = configuration === undefined ? undefined : "main.acf";
  const [owner] = modelOf(sources, { ...options, acfPath }).main.interfaces;
  const [operation] = owner?.operations ?? [];
  if (owner === undefined || operation === undefined) throw new Error("no operation");
  return operationMemory(owner, operation, { osf: false, rpcss: false, ...rest });
}

/** Every pointer as a line: `path kind -> referent | client | server | models | orphans`. */
export function factsOf(body: string, compiled: Compiled = {}): readonly string[] {
  return memoryOf(body, compiled).parameters.flatMap(({ pointers }) => pointers.map(pointerText));
}

function pointerText({ path, pointer, referent, client, server, models, orphans }: PointerMemory): string {
  const what = `${path} ${pointer} -> ${referentText(referent)}`;
  if (client.allocates === "holder") return what;
  const reuse = client.reusesExisting ? ", into existing storage" : "";
  const view = server.mayBeView ? ", may be a view" : "";
  return [
    what,
    `client ${client.allocates} / ${client.frees}${reuse}`,
    `server ${server.allocates} / ${server.frees}${view}`,
    models.map(choiceText).join(" and "),
    ...orphans.map(({ side, cause, by }) => `orphan on the ${side}: ${cause}${by === undefined ? "" : ` by ${by}`}`),
  ].join(" | ");
}

function referentText(referent: PointerMemory["referent"]): string {
  switch (referent.kind) {
    case "node":
      return `node ${referent.id} ${referent.type}`;
    case "again":
      return `${referent.isAround ? "around" : "like"} node ${referent.id}`;
    default:
      return `${referent.kind} ${referent.type}`;
  }
}

function choiceText({ model, text, span }: PointerMemory["models"][number]): string {
  if (span === undefined) return text === "" ? model : text;
  const { path, line } = presumedPosition(span.file, span.start);
  return `${text} at ${path}:${line}`;
}
