/** The facts of memory in the words of the report. Four parties: caller and client stub, manager and server stub. */
import { presumedPosition, type SourceSpan } from "../../grammar/index.ts";
import type { Choice, ClientShare, OperationMemory, Orphan, PointerMemory, ServerShare } from "../ownership/facts.ts";

/** Who a word speaks of: each has a colour in the picture. */
export type Party = "caller" | "client-stub" | "manager" | "server-stub" | "environment";

/** A party at work, in words. */
export interface Doing {
  readonly parties: readonly Party[];
  readonly text: string;
}

/** Who allocates on the client. */
export function clientAllocates({ allocates }: ClientShare): Doing {
  switch (allocates) {
    case "application":
      return { parties: ["caller"], text: "caller" };
    case "application-then-stub":
      return { parties: ["caller", "client-stub"], text: "caller what is sent, stub what is new" };
    case "application-or-stub":
      return { parties: ["caller", "client-stub"], text: "caller if it passes storage, else stub" };
    case "stub":
      return { parties: ["client-stub"], text: "stub" };
    case "application-buffer":
      return { parties: ["caller"], text: "caller, one buffer" };
    case "holder":
      return { parties: [], text: "held by value" };
    default:
      return allocates satisfies never;
  }
}

/** Who frees on the client, and when. */
export function clientFrees({ frees }: ClientShare): Doing {
  switch (frees) {
    case "application":
      return { parties: ["caller"], text: "caller, when done" };
    case "application-block":
      return { parties: ["caller"], text: "caller, with its block" };
    case "application-buffer":
      return { parties: ["caller"], text: "caller, with its buffer" };
    case "holder":
      return { parties: [], text: "with its holder" };
    default:
      return frees satisfies never;
  }
}

/** Who allocates on the server. */
export function serverAllocates({ allocates, frees }: ServerShare): Doing {
  const from = frees === "environment" ? ", from RpcSs" : "";
  switch (allocates) {
    case "stub":
      return { parties: ["server-stub"], text: `stub${from}` };
    case "stub-then-manager":
      return { parties: ["server-stub", "manager"], text: `stub what was sent, manager what is new${from}` };
    case "manager":
      return { parties: ["manager"], text: `manager${from}` };
    case "holder":
      return { parties: [], text: "held by value" };
    default:
      return allocates satisfies never;
  }
}

/** Who frees on the server, and when. */
export function serverFrees({ frees }: ServerShare): Doing {
  switch (frees) {
    case "stub":
      return { parties: ["server-stub"], text: "stub, after the reply" };
    case "stub-block":
      return { parties: ["server-stub"], text: "stub, with its block, after the reply" };
    case "manager":
      return { parties: ["manager"], text: "manager, when done" };
    case "environment":
      return { parties: ["environment"], text: "RpcSs environment, after the reply" };
    case "holder":
      return { parties: [], text: "with its holder" };
    default:
      return frees satisfies never;
  }
}

/** `node by node`, `[allocate(all_nodes)]`, `/osf`. */
export function modelText({ model, text }: Choice): string {
  return text === "" ? "node by node" : model === "node-by-node" ? `node by node ${text}` : text;
}

/** What chose a model: `tree.acf:3`, `switch`, `default`. */
export function chosenBy({ text, span }: Choice): string {
  if (span !== undefined) return placeText(span);
  return text === "" ? "default" : "switch";
}

/** File and line: `phonebook.idl:58`. Folders are left out, so that a page does not depend on where it was made. */
export function placeText({ file, start }: SourceSpan): string {
  const { path, line } = presumedPosition(file, start);
  return `${path.replace(/^.*[\\/]/, "")}:${line}`;
}

/** What else holds for a pointer. */
export function notesOf({ client, server, models }: PointerMemory): readonly string[] {
  return [
    ...(client.reusesExisting ? ["client: the reply goes into existing storage"] : []),
    ...(server.mayBeView ? ["server: may be a view of the received data"] : []),
    ...(models.some(({ model }) => model === "force-allocate") ? ["server: the manager may free or replace it"] : []),
  ];
}

/** What the RpcSs package has to do with a call, in sentences; empty where it has nothing. */
export function environmentText({ environment, isSensitive }: OperationMemory): string {
  const told = [
    environment === undefined
      ? ""
      : `On the server an RpcSs environment is around the call (${environment.text}, ${chosenBy(environment)}): nodes come from it, and it frees all of them after the reply.`,
    isSensitive
      ? "On the client, RpcSsAllocate takes the place of midl_user_allocate while the caller has an RpcSs environment enabled."
      : "",
  ];
  return told.filter((each) => each !== "").join(" ");
}

/** How an orphan comes about, in a sentence. */
export function orphanText({ side, cause, by }: Orphan): string {
  const left = side === "client" ? "left to the caller" : "left to the manager";
  switch (cause) {
    case "null":
      return `${left} when the pointer comes back null`;
    case "null-unless-aliased":
      return `${left} when the pointer comes back null and no other pointer refers to the node`;
    case "arm":
      return `${left} when another arm of the union comes back`;
    case "shorter":
      return side === "client"
        ? `${left} when the array comes back shorter (${by ?? ""})`
        : `${left} when the manager makes the array shorter (${by ?? ""})`;
    case "reallocated":
      return `${left}: the reply comes in new memory, what was sent stays`;
    default:
      return cause satisfies never;
  }
}
